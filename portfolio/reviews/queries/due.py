"""Which initiatives a round asks about, as things stand now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portfolio.organisation.queries import expand_units
from portfolio.register.models import Initiative
from portfolio.register.rules import Status
from portfolio.reviews.models import Review
from portfolio.reviews.rules import Candidate, ReviewState, Scope, due_initiatives


def due_in(session: Session, municipality_id: int, asked: Mapping[str, Any]) -> list[int]:
    """Return the ids of what a round's row asks about: portfolio, statuses, unit tree and interval."""
    statuses = frozenset(map(Status, asked["statuses"]))
    unit = asked["unit_id"]
    units = None if unit is None else frozenset(expand_units(session, municipality_id, [unit]))
    scope = Scope(asked["due_on"], statuses, units, asked["interval_months"])
    return due_initiatives(_candidates(session, municipality_id, asked["portfolio_id"]), scope)


def _candidates(session: Session, municipality_id: int, portfolio_id: int) -> list[Candidate]:
    """Read a portfolio's initiatives with the day of the last approved review of each."""
    last = (
        select(Review.initiative_id, func.max(Review.approved_on).label("day"))
        .where(
            Review.municipality_id == municipality_id,
            Review.removed.is_(False),
            Review.state == ReviewState.APPROVED,
        )
        .group_by(Review.initiative_id)
        .subquery()
    )
    rows = session.execute(
        select(Initiative.id, Initiative.status, Initiative.unit_id, last.c.day)
        .outerjoin(last, last.c.initiative_id == Initiative.id)
        .where(
            Initiative.municipality_id == municipality_id,
            Initiative.portfolio_id == portfolio_id,
            Initiative.removed.is_(False),
        )
        .order_by(Initiative.title_sort, Initiative.id)
    )
    return [Candidate(row.id, row.status, row.unit_id, row.day) for row in rows]
