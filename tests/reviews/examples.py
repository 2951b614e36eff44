"""Examples of the addresses of the yearly cycle."""

import datetime as dt
from dataclasses import replace

from portfolio.core.jobs import create_job
from portfolio.register.rules import Status
from portfolio.reviews import operations
from portfolio.reviews.models import Review, ReviewTemplate, RoundExtension
from portfolio.reviews.queries.reminded import OF_ROUND
from tests import factories
from tests.web.examples import example


def office(municipality):
    return replace(factories.acting(municipality.id, "office"), user_id=None)


@example("reviews.edit_question", "reviews.move_question", "reviews.remove_question", "reviews.restore_question")
def question(session, municipality):
    owner = factories.write(session, ReviewTemplate, {"municipality_id": municipality.id, "name_fi": "Kysymykset"})
    return {"question": operations.add_question(session, office(municipality), owner.id, {"text_fi": "Palaute?"})}


@example("reviews.template", "reviews.new_question", "reviews.remove_template")
def template(session, municipality):
    names = {"municipality_id": municipality.id, "name_fi": "Vuosikysymykset"}
    return {"template": factories.write(session, ReviewTemplate, names).id}


@example(
    *("reviews.follow", "reviews.follow_workbook", "reviews.edit_round", "reviews.remove_round"),
    *("reviews.restore_round", "reviews.open_round", "reviews.close_round", "reviews.reopen_round"),
    *("reviews.extensions", "reviews.remove_extension", "reviews.ask_also", "reviews.approve_many"),
    *("reviews.review", "reviews.paper", "reviews.answer", "reviews.keep_draft", "reviews.delegate"),
    *("reviews.discard_draft", "reviews.approve", "reviews.give_back", "reviews.rate"),
    *("reviews.reminders", "reviews.send_reminders", "reviews.settle_reminder"),
    *("reviews.sending", "reviews.stop_sending", "reviews.sending_again"),
)
def opened(session, municipality):
    home = {"municipality_id": municipality.id}
    portfolio = factories.create_portfolio(session, **home)
    factories.create_initiative(session, portfolio_id=portfolio.id, status=Status.UNDER_WAY, **home)
    unit = factories.create_unit(session, **home)
    values = {
        "portfolio_id": portfolio.id,
        "name_fi": "Vuosiraportti",
        "period_first": dt.date(2026, 1, 1),
        "period_last": dt.date(2026, 12, 31),
        "opens_on": dt.date(2026, 4, 1),
        "due_on": dt.date(2026, 9, 30),
    }
    actor = office(municipality)
    asked = operations.create_round(session, actor, values)
    operations.open_round(session, actor, asked)
    extension = factories.write(
        session, RoundExtension, home | {"round_id": asked, "unit_id": unit.id, "due_on": dt.date(2026, 10, 31)}
    )
    review = session.query(Review).filter_by(round_id=asked).one()
    job = create_job(session, OF_ROUND, asked, municipality_id=municipality.id, user_id=None, at=factories.MORNING)
    return {"asked": asked, "review": review.id, "extension": extension.id, "job": job.id}
