"""A round of reviews in a town, taken out as a workbook and brought back."""

import datetime as dt

from sqlalchemy import select

from portfolio.core import history
from portfolio.core.database import open_session
from portfolio.exchange.export import export_round, make_workbook
from portfolio.organisation.models import Unit
from portfolio.register.models import Initiative, Portfolio
from portfolio.reviews import operations
from portfolio.reviews.models import Review, ReviewRound
from portfolio.reviews.rules import Health, ReviewState, Verdict
from tests.exchange.returns import TODAY

SHEET = "Reviews"
HEALTH, VERDICT, REASON, SUBMIT = "How does it go?", "What is to become of it?", "Reason", "Submit"
GREEN, YELLOW, CONTINUE = "Etenee suunnitellusti", "Riski: vaatii huomiota", "Jatketaan"
WHOLE = {"health": Health.GREEN, "verdict": Verdict.CONTINUE}
MEASURES = tuple((number, f"Toimenpide {number}", "tekninen", "Menossa", 10 * number, None) for number in range(1, 5))


def open_round(town, year=2026, *, question=None, rows=MEASURES):
    """Open a round of the town's programme, asking a question of its own too; gives the round's id."""
    if not town.rows():
        town.put(rows=rows)
    with open_session(town.engine, write=True) as session:
        actor = town.actor(session)
        template = None
        if question:
            template = operations.create_template(session, actor, {"name_fi": "Omat kysymykset"})
            operations.add_question(session, actor, template, {"text_fi": question})
        values = {
            "portfolio_id": session.scalars(select(Portfolio.id)).one(),
            "name_fi": f"Vuosiraportti {year}",
            "period_first": dt.date(year, 1, 1),
            "period_last": dt.date(year, 12, 31),
            "opens_on": dt.date(year, 9, 1),
            "due_on": dt.date(year, 9, 30),
            "template_id": template,
        }
        identity = operations.create_round(session, actor, values)
        operations.open_round(session, actor, identity)
        session.commit()
    return identity


def take_out_round(town, round_id, *roles, unit=None, language="fi"):
    """Give the workbook of a round, or of one unit's part of it, as the person's cells are open in it."""
    with open_session(town.engine, write=True) as session:
        asked = session.get_one(ReviewRound, round_id)
        actor = town.actor(session, *roles, unit=unit)
        export = export_round(session, actor, asked, language, unit_id=unit)
        data = make_workbook(session, export, actor, TODAY)
        session.commit()
    return data


def write_review(town, operation, review_id, answer, *roles, **options):
    """Answer a review as the screen does."""
    with open_session(town.engine, write=True) as session:
        operation(session, town.actor(session, *roles), {review_id: answer}, today=TODAY, **options)
        session.commit()


def review_of(town, number=1):
    """The latest review of a measure by its number."""
    with open_session(town.engine, write=False) as session:
        found = select(Review).join(Initiative, Initiative.id == Review.initiative_id)
        own = found.where(Initiative.number == str(number)).order_by(Review.id.desc())
        return session.scalars(own.limit(1)).one()


def states(town):
    """How far the reviews are, in the order of their measures."""
    return [row.state for row in town.rows(Review)]


def unit_id(town, code):
    with open_session(town.engine, write=False) as session:
        return history.rows(session, Unit, town.municipality(session).id, code=code)[0].id


WAITING = ReviewState.WAITING
SUBMITTED = ReviewState.SUBMITTED
