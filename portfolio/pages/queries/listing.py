"""What the register list shows: a page of initiatives, their money and health, and the sums of all that match."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portfolio.budgets import queries as budgets
from portfolio.budgets.rules import Sum, Total, total_of
from portfolio.core import history
from portfolio.pages.rules import HEALTH
from portfolio.register import queries as register
from portfolio.register.models import Initiative
from portfolio.register.queries import Page
from portfolio.register.queries.page import BESIDE
from portfolio.register.rules import InitiativeFilter
from portfolio.reviews.queries import latest_health
from portfolio.reviews.rules import Health

SORTS = register.SORTS | {HEALTH}
"""What the list may be sorted by; health from the best to the worst, what is not assessed last both ways."""


@dataclass(frozen=True, slots=True)
class WantedList:
    """A list that is asked for: which initiatives, on which day, the year of their budget, and which part of the list.

    ``per_page`` None is everything on one page. ``beside`` names what the rows refer to and the list shows.
    """

    filter: InitiativeFilter
    today: dt.date
    year: int
    sort: str = "title"
    page: int = 1
    per_page: int | None = None
    beside: frozenset[str] = BESIDE


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of the list, its rows' budget, the sum of all that match, and how many initiatives there are at all.

    ``health`` is of the rows, or of every initiative where the list is sorted by it.
    """

    page: Page
    money: Mapping[int, Sum]
    total: Total
    everything: int
    health: Mapping[int, Health]


def read_listing(session: Session, municipality_id: int, wanted: WantedList, *, at: int | None = None) -> Listing:
    """Read a list now or after revision ``at``, in a number of statements that rows do not make grow."""
    chosen, today = wanted.filter, wanted.today
    sorted_by = wanted.sort.removeprefix("-") == HEALTH
    health = latest_health(session, municipality_id, at=at) if sorted_by else {}
    found = register.find_initiatives(
        session,
        municipality_id,
        chosen,
        today=today,
        sort=wanted.sort,
        page=wanted.page,
        per_page=wanted.per_page,
        at=at,
        beside=wanted.beside,
        ranks=_ranks(health, wanted.sort) if sorted_by else None,
    )
    if HEALTH in wanted.beside and not sorted_by:
        health = latest_health(session, municipality_id, [row.id for row in found.rows], at=at)
    money = budgets.sums_by_initiative(session, municipality_id, [row.id for row in found.rows], wanted.year, at=at)
    if len(found.rows) == found.total:
        total = total_of(money.values(), found.total)
    else:
        total = budgets.total(
            session, municipality_id, chosen, wanted.year, today=today, at=at, initiatives=found.total
        )
    everything = found.total if chosen.is_empty else _count(session, municipality_id, today, at)
    return Listing(found, money, total, everything, health)


def _ranks(health: Mapping[int, Health], sort: str) -> dict[int, int]:
    """Give the place of each initiative by its health, the worst first where the order is turned round."""
    sign = -1 if sort.startswith("-") else 1
    return {identity: sign * one.rank for identity, one in health.items()}


def _count(session: Session, municipality_id: int, today: dt.date, at: int | None) -> int:
    """Count a municipality's initiatives."""
    if at is not None:
        return len(history.rows(session, Initiative, municipality_id, at))
    every = register.matching_ids(municipality_id, InitiativeFilter(), today=today)
    return session.scalar(select(func.count()).select_from(every.subquery())) or 0
