"""The stretch of time that is shown: a quarter, a year, some years, a council term, or everything."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

MONTHS_OF_YEAR = 12
MONTHS_OF_QUARTER = 3
TERM_YEARS = 4
EARLIEST, LATEST = 1900, 2200

Term: TypeAlias = tuple[dt.date, dt.date]


class Scale(enum.StrEnum):
    """How long the window is."""

    QUARTER = "quarter"
    YEAR = "year"
    YEARS = "years"
    TERM = "term"
    ALL = "all"


@dataclass(frozen=True)
class Window:
    """From the first day to the last, both included."""

    scale: Scale
    first: dt.date
    last: dt.date

    def __hash__(self) -> int:
        """Hash the days; it is done for each of thousands of bars."""
        return hash((self.first, self.last))

    @cached_property
    def days(self) -> int:
        """How many days are shown."""
        return self.ends - self.begins

    @cached_property
    def begins(self) -> int:
        """The first day's ordinal."""
        return self.first.toordinal()

    @cached_property
    def ends(self) -> int:
        """The ordinal of the first day after the window."""
        return self.last.toordinal() + 1

    @property
    def years(self) -> range:
        """The calendar years that the window touches."""
        return range(self.first.year, self.last.year + 1)

    def place(self, day: float) -> float:
        """Give the place of a day's ordinal in per cent of the window's width; outside it is held to the edge."""
        share = (day - self.begins) / self.days
        return round(100 * min(max(share, 0), 1), 2)


def choose_window(
    scale: Scale, day: dt.date, *, years: int, terms: Sequence[Term] = (), dated: Iterable[dt.date] = ()
) -> Window:
    """Give the window of a scale that holds the day.

    ``years`` is the length of the scale of years, which begins in the day's year. A day in no council term takes the
    next one, else the last. The scale of everything spans whole years from the first to the last of ``dated`` and
    the day.
    """
    year = dt.date(_held(day.year), 1, 1)
    match scale:
        case Scale.QUARTER:
            first = dt.date(year.year, day.month - (day.month - 1) % MONTHS_OF_QUARTER, 1)
            return Window(scale, first, _last_of(first, MONTHS_OF_QUARTER))
        case Scale.YEAR:
            return Window(scale, year, _last_of(year, MONTHS_OF_YEAR))
        case Scale.YEARS:
            return Window(scale, year, _last_of(year, MONTHS_OF_YEAR * max(years, 1)))
        case Scale.TERM:
            return Window(scale, *_term_of(day, terms, year))
        case Scale.ALL:
            found = sorted(_held(one.year) for one in (day, *dated))
            return Window(scale, dt.date(found[0], 1, 1), dt.date(found[-1], 12, 31))


def neighbours(window: Window, *, terms: Sequence[Term] = ()) -> tuple[dt.date | None, dt.date | None]:
    """Give the first day of the window before and of the one after, None where there is none to go to.

    The scale of years moves a year at a time, the others by their length.
    """
    match window.scale:
        case Scale.ALL:
            return None, None
        case Scale.TERM if terms:
            before = [first for first, _ in terms if first < window.first]
            after = [first for first, _ in terms if first > window.first]
            return max(before, default=None), min(after, default=None)
        case Scale.QUARTER:
            months = MONTHS_OF_QUARTER
        case Scale.YEAR | Scale.YEARS:
            months = MONTHS_OF_YEAR
        case _:
            months = MONTHS_OF_YEAR * TERM_YEARS
    before_this = add_months(window.first, -months)
    after_this = add_months(window.first, months)
    return (
        before_this if before_this.year >= EARLIEST else None,
        after_this if after_this.year <= LATEST else None,
    )


def add_months(first: dt.date, months: int) -> dt.date:
    """Give the first day of the month so many months on; ``first`` is the first of a month."""
    year, month = divmod(first.year * MONTHS_OF_YEAR + first.month - 1 + months, MONTHS_OF_YEAR)
    return dt.date(year, month + 1, 1)


def _last_of(first: dt.date, months: int) -> dt.date:
    return add_months(first, months) - dt.timedelta(days=1)


def _term_of(day: dt.date, terms: Sequence[Term], year: dt.date) -> Term:
    ordered = sorted(terms)
    for term in ordered:
        if day <= term[1]:
            return term
    return ordered[-1] if ordered else (year, _last_of(year, MONTHS_OF_YEAR * TERM_YEARS))


def _held(year: int) -> int:
    return min(max(year, EARLIEST), LATEST)
