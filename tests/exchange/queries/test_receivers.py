import datetime as dt

import pytest

from portfolio.core.rights import Role
from portfolio.exchange.queries.receivers import receivers_of
from tests import factories
from tests.exchange.collected import create_export, create_owner, create_reporter

TODAY = dt.date(2026, 5, 4)


@pytest.fixture
def home(any_db):
    return factories.create_municipality(any_db)


def asked(session, home, export):
    found = receivers_of(session, home.id, [export], TODAY)[export.id]
    return [one.name for one in found.users], [one.title_fi for one in found.without]


def test_the_reporters_of_a_unit_are_asked_by_name(any_db, home):
    unit = factories.create_unit(any_db, municipality_id=home.id)
    create_reporter(any_db, unit, name="Öljymäki")
    create_reporter(any_db, unit, name="Aalto")
    export = create_export(any_db, municipality_id=home.id, unit_id=unit.id)
    assert asked(any_db, home, export) == (["Aalto", "Öljymäki"], [])


def test_without_own_reporters_those_of_the_unit_above_are_asked(any_db, home):
    above = factories.create_unit(any_db, municipality_id=home.id)
    below = factories.create_unit(any_db, municipality_id=home.id, parent_id=above.id)
    create_reporter(any_db, above, name="Toimialan raportoija")
    export = create_export(any_db, municipality_id=home.id, unit_id=below.id)
    assert asked(any_db, home, export) == (["Toimialan raportoija"], [])


def test_nobody_is_asked_who_may_not_sign_in_or_has_another_role(any_db, home):
    unit = factories.create_unit(any_db, municipality_id=home.id)
    gone = create_reporter(any_db, unit, name="Lähtenyt")
    gone.active = False
    factories.create_access(any_db, municipality_id=home.id, role=Role.OFFICE)
    old = factories.create_user(any_db, name="Entinen")
    factories.create_access(
        any_db,
        municipality_id=home.id,
        user_id=old.id,
        role=Role.REPORTER,
        unit_id=unit.id,
        valid_to=dt.date(2026, 5, 3),
    )
    any_db.flush()
    export = create_export(any_db, municipality_id=home.id, unit_id=unit.id)
    assert asked(any_db, home, export) == ([], [])


def test_where_nobody_reports_the_responsible_are_asked_and_who_cannot_be_reached_is_named_by_post(any_db, home):
    place = {"municipality_id": home.id}
    unit = factories.create_unit(any_db, **place)
    user = factories.create_user(any_db, email="johtaja@koekunta.example", name="Johtaja")
    factories.create_access(any_db, user_id=user.id, role=Role.VIEWER, **place)
    posts = [
        create_owner(any_db, home.id, user.email),
        create_owner(any_db, home.id, None, title_fi="Rehtori"),
        create_owner(any_db, home.id, "ei-tunnusta@koekunta.example", title_fi="Kirjastonhoitaja"),
        factories.create_post(any_db, title_fi="Avoin virka", **place),
    ]
    items = [
        factories.create_initiative(
            any_db, unit_id=unit.id, owner_post_id=post.id, title_fi=f"Kohde {post.id}", **place
        )
        for post in posts
    ]
    export = create_export(any_db, unit_id=unit.id, item_ids=[one.id for one in items], **place)
    assert asked(any_db, home, export) == (["Johtaja"], ["Avoin virka", "Kirjastonhoitaja", "Rehtori"])
