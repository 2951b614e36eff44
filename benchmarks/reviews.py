"""The promises of the yearly cycle: a round over many initiatives opens at once, and its follow-up answers at once."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from sqlalchemy import select

from benchmarks.result import Result, against, median_ms, once_ms
from benchmarks.town import MUNICIPALITY_ID
from portfolio.cli.context import now
from portfolio.core.database import open_session
from portfolio.core.rights import Actor, operator
from portfolio.register.models import Initiative, Portfolio
from portfolio.register.rules import Status
from portfolio.reviews import operations
from portfolio.reviews.models import Review
from portfolio.reviews.rules import STAYING, Health, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from benchmarks.town import Town

INITIATIVES = 6_000
"""A generated municipality has three portfolios: 2,000 initiatives in each."""
OPEN_LIMIT_MS = 2_000.0
FOLLOW_LIMIT_MS = 100.0
THIS_YEAR = dt.datetime.now(dt.UTC).year


def rounds(town: Town) -> Iterator[Result]:
    """Open a round over every initiative of a portfolio; half of last year's round and of this one is answered."""
    with open_session(town.engine, write=True) as session:
        portfolio = session.scalars(select(Portfolio.id).where(Portfolio.municipality_id == MUNICIPALITY_ID)).first()
        before, asked = (_draft(session, portfolio or 0, year) for year in (THIS_YEAR - 1, THIS_YEAR))
        operations.open_round(session, _actor(), before)
        _answer(session, before)
        opened = once_ms(lambda: operations.open_round(session, _actor(), asked))
        count = _answer(session, asked)
        session.commit()
    yield against(f"a round over {count} initiatives opened, ms", opened, OPEN_LIMIT_MS, 1)
    page = median_ms(lambda: town.get(f"/reviews/{asked}"))
    yield against(f"follow-up of a round of {count} reviews, ms", page, FOLLOW_LIMIT_MS, 1)


def _draft(session: Session, portfolio: int, year: int) -> int:
    values = {
        "portfolio_id": portfolio,
        "name_fi": f"Vuosiraportti {year} ({portfolio})",
        "period_first": dt.date(year, 1, 1),
        "period_last": dt.date(year, 12, 31),
        "opens_on": dt.date(year, 1, 1),
        "due_on": dt.date(year, 1, 31),
        "statuses": frozenset(map(str, Status)),
    }
    return operations.create_round(session, _actor(), values)


def _answer(session: Session, round_id: int) -> int:
    """Answer every other review of a round, and return how many reviews it has."""
    statuses = dict(
        session.execute(
            select(Review.id, Initiative.status)
            .join(Initiative, Initiative.id == Review.initiative_id)
            .where(Review.round_id == round_id)
        ).all()
    )
    told = {"health": Health.YELLOW, "health_reason": "Viive", "progress": 40}
    answers = {
        one: {
            **told,
            "health": Health.GREEN if one % 3 else Health.YELLOW,
            "verdict": STAYING.get(statuses[one], Verdict.CONTINUE),
        }
        for one in list(statuses)[::2]
    }
    operations.submit_reviews(session, _actor(), answers, today=dt.date(THIS_YEAR, 2, 1))
    return len(statuses)


def _actor() -> Actor:
    return operator(now()).within(MUNICIPALITY_ID)
