"""Money over many initiatives and years: tables of sums, what is left of a frame, which years are planned. Pure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple, TypeVar

from portfolio.budgets.rules.lines import BudgetPart
from portfolio.budgets.rules.sums import NOTHING, Sum

R = TypeVar("R", bound=Hashable)
C = TypeVar("C", bound=Hashable)


@dataclass(frozen=True, slots=True)
class YearMoney:
    """The three amounts of one initiative in one year, over parts and sources."""

    year: int
    planned: Sum
    forecast: Sum
    actual: Sum


class Slice(NamedTuple):
    """The money of one portfolio, unit, year, part and source: its three amounts."""

    portfolio_id: int
    unit_id: int | None
    year: int
    part: BudgetPart
    source_id: int
    planned: Sum
    forecast: Sum
    actual: Sum

    def amount(self, name: str) -> Sum:
        """Give planned, forecast or actual."""
        found: Sum = getattr(self, name)
        return found


def gather(
    slices: Iterable[Slice], row: Callable[[Slice], R], column: Callable[[Slice], C], amount: str
) -> dict[tuple[R, C], Sum]:
    """Add slices up in a table of two directions; a cell of which nothing is told is not there."""
    found: dict[tuple[R, C], Sum] = {}
    for one in slices:
        key = row(one), column(one)
        found[key] = found.get(key, NOTHING) + one.amount(amount)
    return found


def left_of(amount: Decimal | None, used: Sum) -> Decimal | None:
    """Return what is left of a frame in euros; None where the frame or everything planned in it is unknown.

    Where nothing at all is planned the whole frame is left.
    """
    if amount is None or (used.known is None and used.unknown):
        return None
    return amount - (used.known or 0)


def budget_years(first: int, horizon: int) -> range:
    """Give the budget year and the years planned after it: ``horizon`` years in all."""
    return range(first, first + max(1, horizon))


def handling_year(today_year: int, locked: Collection[int]) -> int:
    """Give the year whose budget is handled now: the first from this year on that has not been approved."""
    year = today_year
    while year in locked:
        year += 1
    return year
