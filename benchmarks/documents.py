"""A progress report of five hundred initiatives, each with a review that was answered: from the query to the file."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from sqlalchemy import select

from benchmarks.result import Result, against, median_ms
from benchmarks.town import MUNICIPALITY_ID
from portfolio.cli.context import now
from portfolio.core.database import open_session
from portfolio.core.rights import operator
from portfolio.documents import queries
from portfolio.documents.report import WRITERS, Kind, build
from portfolio.organisation.models import Municipality
from portfolio.register.models import Initiative, Portfolio
from portfolio.register.rules import Status
from portfolio.reviews.models import Review
from portfolio.reviews.operations import create_round, open_round, submit_reviews
from portfolio.reviews.rules import STAYING, Health, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.town import Town

REVIEWED, PORTFOLIOS = 500, 3
INITIATIVES = REVIEWED * PORTFOLIOS
"""A generated municipality has three portfolios of the same size."""
LIMITS_MS = {"pdf": 3_000, "docx": 5_000, "xlsx": 5_000}
HEALTH = (Health.GREEN, Health.GREEN, Health.YELLOW, Health.RED)
TEXT = "Työ eteni suunnitellusti: tapa sovittiin palvelualueiden kesken, ja henkilöstö koulutettiin. " * 3


def reports(town: Town) -> Iterator[Result]:
    """Write the report in every format."""
    _answer_round(town)
    for kind, limit in LIMITS_MS.items():
        ours = median_ms(lambda kind=kind: _file(town, kind), runs=3, warm_up=1)  # type: ignore[misc] # mypy infers no lambda with a default
        yield against(f"{kind}: progress report of {REVIEWED} initiatives, query to file, ms", ours, limit, 1)


def _answer_round(town: Town) -> None:
    """Open a round over one portfolio and answer it."""
    today = now().date()
    days = {"period_first": dt.date(today.year, 1, 1), "period_last": dt.date(today.year, 12, 31)}
    with open_session(town.engine, write=True) as session:
        actor = operator(now()).within(MUNICIPALITY_ID)
        values = {
            "portfolio_id": 1,
            "name_fi": "Katselmus",
            "opens_on": today,
            "due_on": today,
            "statuses": set(Status),
        }
        identity = create_round(session, actor, values | days)
        session.commit()
        asked = open_round(session, actor, identity)
        if asked != REVIEWED:
            message = f"{asked} reviews where {REVIEWED} were to be reported"
            raise RuntimeError(message)
        session.commit()
        reviewed = select(Review.id, Initiative.status).join(Initiative, Initiative.id == Review.initiative_id)
        found = session.execute(reviewed.where(Review.round_id == identity)).all()
        session.commit()
        submit_reviews(session, actor, {one: _answer(one, status) for one, status in found}, today=today)
        session.commit()


def _answer(number: int, status: Status) -> dict[str, object]:
    health, verdict = HEALTH[number % len(HEALTH)], STAYING.get(status, Verdict.CONTINUE)
    told = {"done": TEXT, "results": TEXT, "next_goals": TEXT, "health_reason": TEXT, "verdict": verdict}
    return {**told, "health": health, "progress": number % 100}


def _file(town: Town, kind: str) -> bytes:
    with open_session(town.engine, write=False) as session:
        municipality = session.get_one(Municipality, MUNICIPALITY_ID)
        portfolio = session.get_one(Portfolio, 1)
        wanted = queries.WantedReport(Kind.PROGRESS, municipality, portfolio, "fi", now().date(), now())
        facts = queries.read_facts(session, wanted)
    return WRITERS[kind](build(facts))
