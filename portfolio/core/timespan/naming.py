"""Names for the units of time that begin or end on a day: "31.12.", "syksy", "Q3", "valtuustokausi"."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from portfolio.core.language import month_name
from portfolio.core.timespan import context as units
from portfolio.core.timespan.context import Context, Season, Span
from portfolio.core.timespan.value import Precision
from portfolio.core.timespan.wording import Cases, Wording

EN_DASH = "\N{EN DASH}"

_NUMBERED = {
    Precision.MONTH: (1, units.month),
    Precision.QUARTER: (3, units.quarter),
    Precision.HALF: (6, units.half),
}


class Unit(NamedTuple):
    """A named unit of time and the days it covers; `year` follows the name after `gap`."""

    cases: Cases
    year: str
    span: Span
    gap: str = " "

    def text(self, case: str = "plain", *, dated: bool = True) -> str:
        """Give the name in a case, with its year or without."""
        name: str = getattr(self.cases, case)
        return f"{name}{self.gap if name else ''}{self.year}" if dated else name


@dataclass(frozen=True, slots=True)
class Namer:
    """Names units of time in one language, with the seasons and council terms of one context."""

    wording: Wording
    language: str
    context: Context

    def opening(self, day: date, precision: Precision) -> list[Unit]:
        """Give the units of a precision that begin on a day; the day itself when none does."""
        return [unit for unit in self._around(day, precision) if unit.span.start == day] or [self.day(day)]

    def closing(self, day: date, precision: Precision) -> list[Unit]:
        """Give the units of a precision that end on a day; the day itself when none does."""
        return [unit for unit in self._around(day, precision) if unit.span.end == day] or [self.day(day)]

    def day(self, day: date) -> Unit:
        """Name a day."""
        span = Span(day, day, Precision.DAY)
        if self.language == "en":
            return Unit(_same(f"{day.day} {month_name(day.month, 'en')[:3]}"), str(day.year), span)
        return Unit(_same(f"{day.day}.{day.month}."), str(day.year), span, gap="")

    def _around(self, day: date, precision: Precision) -> Iterator[Unit]:
        """Give the units of a precision that a day may open or close."""
        if precision in _NUMBERED:
            months, span_of = _NUMBERED[precision]
            number = (day.month - 1) // months + 1
            yield Unit(self.wording.names(precision, number), str(day.year), span_of(day.year, number))
        if precision in (Precision.SEASON, Precision.HALF):
            for season in Season:
                span = self.context.season(season, day.year)
                if span.precision is precision:
                    yield Unit(self.wording.seasons[season], str(day.year), span)
        if precision is Precision.YEAR:
            yield Unit(self.wording.year, str(day.year), units.whole_year(day.year))
        if precision is Precision.TERM:
            for first, last in self.context.council_terms:
                years = f"{first.year}{EN_DASH}{last.year}"
                yield Unit(self.wording.term, years, Span(first, last, precision))


def _same(name: str) -> Cases:
    return Cases(name, name, name, name)
