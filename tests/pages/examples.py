import datetime as dt

from portfolio.core import history
from portfolio.organisation.models import Unit
from portfolio.pages.operations.feedback import send_feedback
from portfolio.register.models import Milestone
from tests import factories
from tests.exchange.collected import create_batch
from tests.web.examples import example


@example("pages.ask_undo", "pages.undo")
def undo(session, municipality):
    """A revision of its own, made on a page: what other examples wrote is committed first."""
    session.commit()
    code = f"kumottava-{history.latest_revision(session)}"
    values = {"municipality_id": municipality.id, "code": code, "name_fi": "Kumottava yksikkö"}
    actor = factories.acting(municipality.id, "office", source="form")
    revision = history.write_many(session, actor, inserts=[history.Insert(Unit, values)]).revision_id
    session.commit()
    return {"revision": revision}


@example(
    "pages.card",
    "pages.panel",
    "pages.initiative_history",
    "pages.edit_initiative",
    "pages.copy_initiative",
    "pages.remove_initiative",
    "pages.restore_initiative",
    "pages.budget",
)
def initiative(session, municipality):
    return {"initiative": factories.create_initiative(session, municipality_id=municipality.id).id}


@example("pages.add_part")
def new_part(session, municipality):
    return initiative(session, municipality) | {"kind": "milestones"}


@example("pages.edit_part", "pages.remove_part")
def part(session, municipality):
    home = {"municipality_id": municipality.id}
    owner = factories.create_initiative(session, **home)
    values = {"initiative_id": owner.id, "title_fi": "Väliraportti"}
    row = factories.write(session, Milestone, home | values)
    return {"initiative": owner.id, "kind": "milestones", "part": row.id}


@example("pages.answer_feedback")
def message(session, municipality):
    now = dt.datetime(2026, 5, 4, 6, tzinfo=dt.UTC)
    return {"message": send_feedback(session, municipality.id, now, message="Kiitos", email=None, page=None)}


@example("pages.batch", "pages.ask_undo_batch", "pages.undo_batch")
def batch(session, municipality):
    """An import that wrote one unit."""
    session.commit()
    values = {"municipality_id": municipality.id, "code": "tuotu", "name_fi": "Tuotu yksikkö"}
    actor = factories.acting(municipality.id, "office", source="import", source_ref="yksikot.xlsx")
    revision = history.write_many(session, actor, inserts=[history.Insert(Unit, values)]).revision_id
    found = create_batch(session, municipality_id=municipality.id, revision_id=revision)
    session.commit()
    return {"batch": found.id}
