"""Rows for tests of collecting: exports, collections, imports and the people who answer them."""

from itertools import count

from portfolio.core import history
from portfolio.core.rights import Role
from portfolio.exchange.models import Collection, Export, ImportBatch
from portfolio.register.models import Initiative
from tests import factories

_numbers = count(1)


def create_collection(session, **overrides):
    usual = {"name": "Kevään seuranta", "made_at": factories.MORNING}
    return added(session, Collection(**usual | overrides))


def create_export(session, **overrides):
    number = next(_numbers)
    usual = {"token": f"vienti-{number}", "revision_id": 1, "made_at": factories.MORNING, "asked": {}, "item_ids": []}
    usual |= {"language": "fi", "file_name": f"vienti-{number}.xlsx"}
    return added(session, Export(**usual | overrides))


def create_batch(session, **overrides):
    """An import of a file; give its revision where it changed something."""
    usual = {"file_name": "sivistys.xlsx", "content_hash": "0" * 64, "profile": "export"}
    usual |= {"applied_at": factories.MORNING, "base_revision_id": 1, "counts": {"changed": 3, "added": 0}}
    return added(session, ImportBatch(**usual | overrides))


def change(session, initiative, **values):
    """Change an initiative past the rules and give the revision."""
    actor = factories.acting(initiative.municipality_id, "office", source="import")
    written = history.write_many(session, actor, updates=[history.Update(Initiative, initiative.id, values)])
    return written.revision_id


def create_reporter(session, unit, **overrides):
    """A user who reports for a unit."""
    user = factories.create_user(session, **overrides)
    home = {"municipality_id": unit.municipality_id, "unit_id": unit.id}
    factories.create_access(session, user_id=user.id, role=Role.REPORTER, **home)
    return user


def create_owner(session, municipality_id, email, **overrides):
    """A post, held by a person with this e-mail."""
    post = factories.create_post(session, municipality_id=municipality_id, **overrides)
    person = factories.create_person(session, municipality_id=municipality_id, email=email)
    factories.create_holding(session, municipality_id=municipality_id, post_id=post.id, person_id=person.id)
    return post


def added(session, row):
    session.add(row)
    session.flush()
    return row
