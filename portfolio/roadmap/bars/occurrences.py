"""What comes back every year, as one mark a year of the window."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from portfolio.core.timespan import Kind, MonthDay, Timespan
from portfolio.roadmap.bars.model import Mark, MarkKind
from portfolio.roadmap.bars.window import EARLIEST, LATEST


def yearly_marks(
    key: str,
    title: str,
    day: MonthDay,
    years: Iterable[int],
    *,
    first: dt.date | None = None,
    last: dt.date | None = None,
    words: str = "",
) -> Iterator[Mark]:
    """Give a yearly deadline's marks in some years, not before ``first`` and not after ``last``."""
    for year in years:
        due = day.on(year)
        if EARLIEST <= year <= LATEST and (first is None or due >= first) and (last is None or due <= last):
            yield Mark(f"{key}-{year}", title, MarkKind.RECURRING, due, due, words)


def marks_of(span: Timespan, years: Iterable[int]) -> Iterator[Mark]:
    """Give the marks of an initiative whose own time recurs; nameless, for the row's words say what they are."""
    if span.kind is not Kind.RECURRING or span.cadence is None or span.cadence.yearly is None:
        return
    end = span.cadence.yearly.end
    yield from yearly_marks("own", "", end, years, first=span.start, last=span.end, words=span.words)
