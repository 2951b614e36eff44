"""What the register list shows: a page of initiatives, their money, and the sums of all that match."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portfolio.budgets import queries as budgets
from portfolio.budgets.rules import Sum, Total, total_of
from portfolio.core import history
from portfolio.register import queries as register
from portfolio.register.models import Initiative
from portfolio.register.queries import Page
from portfolio.register.queries.page import BESIDE
from portfolio.register.rules import InitiativeFilter


@dataclass(frozen=True, slots=True)
class Wanted:
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
    """A page of the list, its rows' budget, the sum of all that match, and how many initiatives there are at all."""

    page: Page
    money: Mapping[int, Sum]
    total: Total
    everything: int


def read_listing(session: Session, municipality_id: int, wanted: Wanted, *, at: int | None = None) -> Listing:
    """Read a list now or after revision ``at``, in a number of statements that rows do not make grow."""
    chosen, today = wanted.filter, wanted.today
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
    )
    money = budgets.sums_by_initiative(session, municipality_id, [row.id for row in found.rows], wanted.year, at=at)
    if len(found.rows) == found.total:
        total = total_of(money.values(), found.total)
    else:
        total = budgets.total(
            session, municipality_id, chosen, wanted.year, today=today, at=at, initiatives=found.total
        )
    everything = found.total if chosen.is_empty else _count(session, municipality_id, today, at)
    return Listing(found, money, total, everything)


def _count(session: Session, municipality_id: int, today: dt.date, at: int | None) -> int:
    """Count a municipality's initiatives."""
    if at is not None:
        return len(history.rows(session, Initiative, municipality_id, at))
    every = register.matching_ids(municipality_id, InitiativeFilter(), today=today)
    return session.scalar(select(func.count()).select_from(every.subquery())) or 0
