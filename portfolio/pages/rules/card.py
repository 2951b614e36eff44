"""What an initiative's card tells of time and money. Pure."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from portfolio.budgets.rules import BudgetPart, Sum, add_up
from portfolio.register.rules import OPEN_STATUSES, Status

AMOUNTS = ("planned", "forecast", "actual")


class MilestoneState(enum.StrEnum):
    """How a milestone stands today."""

    DONE = "done"
    LATE = "late"
    NOW = "now"
    COMING = "coming"
    UNDATED = "undated"


class Line(Protocol):
    """What the table of money asks of a budget line."""

    year: int
    part: BudgetPart
    source_id: int
    planned: Decimal | None
    forecast: Decimal | None
    actual: Decimal | None


class Timed(Protocol):
    """What an order of work asks of an initiative."""

    status: Status
    starts_on: dt.date | None
    ends_on: dt.date | None


@dataclass(frozen=True, slots=True)
class MoneyRow:
    """One amount ("planned", "forecast", "actual") of one part and source, year by year; None is not known."""

    part: BudgetPart
    source_id: int
    amount: str
    cells: tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class MoneyTable:
    """An initiative's money: rows by year, and what is planned each year with the unknown counted."""

    years: tuple[int, ...]
    rows: tuple[MoneyRow, ...]
    sums: tuple[Sum, ...]


def milestone_state(
    completed_on: dt.date | None, starts_on: dt.date | None, ends_on: dt.date | None, today: dt.date
) -> MilestoneState:
    """Tell how a milestone stands: late when its last day has passed, now when its first one has."""
    if completed_on is not None:
        return MilestoneState.DONE
    if ends_on is not None and ends_on < today:
        return MilestoneState.LATE
    if starts_on is not None and starts_on <= today:
        return MilestoneState.NOW
    return MilestoneState.UNDATED if starts_on is None and ends_on is None else MilestoneState.COMING


def is_too_late_for(first: Timed, then: Timed) -> bool:
    """Tell whether an initiative that another needs first, and that is still open, ends only after the other starts."""
    return (
        first.status in OPEN_STATUSES
        and first.ends_on is not None
        and then.starts_on is not None
        and first.ends_on > then.starts_on
    )


def lay_out_money(lines: Iterable[Line], place: Callable[[int], int]) -> MoneyTable:
    """Lay budget lines out by year: each part and source has a row of what is planned, and of what else is known.

    ``place`` orders the sources. Years run from the first to the last; a year without a line is not known.
    """
    by_row: dict[tuple[BudgetPart, int], dict[int, Line]] = {}
    for line in lines:
        by_row.setdefault((line.part, line.source_id), {})[line.year] = line
    told = [year for row in by_row.values() for year in row]
    years = tuple(range(min(told), max(told) + 1)) if told else ()
    order = {part: number for number, part in enumerate(BudgetPart)}
    keys = sorted(by_row, key=lambda key: (order[key[0]], place(key[1])))
    rows = [
        MoneyRow(part, source_id, amount, _cells(found, years, amount))
        for part, source_id, found in ((*key, by_row[key]) for key in keys)
        for amount in AMOUNTS
        if amount == AMOUNTS[0] or any(getattr(line, amount) is not None for line in found.values())
    ]
    planned = [row.cells for row in rows if row.amount == AMOUNTS[0]]
    return MoneyTable(years, tuple(rows), tuple(add_up(column) for column in zip(*planned, strict=True)))


def _cells(found: Mapping[int, Line], years: Iterable[int], amount: str) -> tuple[Decimal | None, ...]:
    return tuple(getattr(found[year], amount) if year in found else None for year in years)
