"""Sums of money over many initiatives, each telling what it leaves out. Pure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple, TypeVar

from portfolio.budgets.rules.lines import BudgetPart

R = TypeVar("R", bound=Hashable)
C = TypeVar("C", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Tally:
    """A sum in euros with how many of its amounts are unknown: "3 of 12". Of no amounts at all, nothing is told.

    ``known`` is None where no amount is known, which is not zero (DESIGN §5.6).
    """

    known: Decimal | None = None
    unknown: int = 0
    of: int = 0

    def __add__(self, other: Tally) -> Tally:
        """Add two sums; what is unknown in either stays told."""
        known = [one for one in (self.known, other.known) if one is not None]
        return Tally(sum(known, Decimal(0)) if known else None, self.unknown + other.unknown, self.of + other.of)

    @property
    def is_told(self) -> bool:
        """Tell whether anything has been said of the money, were it that it is not known."""
        return self.of > 0


NOTHING = Tally()


def tally(amounts: Iterable[Decimal | None]) -> Tally:
    """Add amounts up; None is one that is not known."""
    every = list(amounts)
    known = [one for one in every if one is not None]
    return Tally(sum(known, Decimal(0)) if known else None, len(every) - len(known), len(every))


@dataclass(frozen=True, slots=True)
class YearMoney:
    """The three amounts of one initiative in one year, over parts and sources."""

    year: int
    planned: Tally
    forecast: Tally
    actual: Tally


class Slice(NamedTuple):
    """The money of one portfolio, unit, year, part and source: its three amounts."""

    portfolio_id: int
    unit_id: int | None
    year: int
    part: BudgetPart
    source_id: int
    planned: Tally
    forecast: Tally
    actual: Tally

    def amount(self, name: str) -> Tally:
        """Give planned, forecast or actual."""
        found: Tally = getattr(self, name)
        return found


def gather(
    slices: Iterable[Slice], row: Callable[[Slice], R], column: Callable[[Slice], C], amount: str
) -> dict[tuple[R, C], Tally]:
    """Add slices up in a table of two directions; a cell of which nothing is told is not there."""
    found: dict[tuple[R, C], Tally] = {}
    for one in slices:
        key = row(one), column(one)
        found[key] = found.get(key, NOTHING) + one.amount(amount)
    return found


def together(tallies: Iterable[Tally]) -> Tally:
    """Add sums up."""
    found = NOTHING
    for one in tallies:
        found += one
    return found


def left_of(amount: Decimal | None, used: Tally) -> Decimal | None:
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
