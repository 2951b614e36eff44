"""What time words mean here (seasons, council terms, the document's date) and the days that units of time cover."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple, Self

from portfolio.core.timespan.value import MonthDay, Precision, last_day

FIRST_YEAR, LAST_YEAR = 1900, 2199
"""Four digits outside these years are not read as a year."""


class Season(StrEnum):
    """The parts of a year that are known by name rather than by number; their limits are a setting."""

    SPRING = "spring"
    SUMMER = "summer"
    AUTUMN = "autumn"
    EARLY_YEAR = "early_year"
    LATE_YEAR = "late_year"
    LATE_SPRING = "late_spring"
    SPRING_PERIOD = "spring_period"
    AUTUMN_PERIOD = "autumn_period"


class Limits(NamedTuple):
    """The first and the last day of a season."""

    first: MonthDay
    last: MonthDay


class Span(NamedTuple):
    """The days that one unit of time covers."""

    start: date
    end: date
    precision: Precision


CouncilTerm = tuple[date, date]

SEASON_LIMITS: Mapping[Season, Limits] = MappingProxyType(
    {
        Season.SPRING: Limits(MonthDay(1, 1), MonthDay(5, 31)),
        Season.SUMMER: Limits(MonthDay(6, 1), MonthDay(8, 31)),
        Season.AUTUMN: Limits(MonthDay(8, 1), MonthDay(12, 31)),
        Season.EARLY_YEAR: Limits(MonthDay(1, 1), MonthDay(3, 31)),
        Season.LATE_YEAR: Limits(MonthDay(10, 1), MonthDay(12, 31)),
        Season.LATE_SPRING: Limits(MonthDay(4, 1), MonthDay(5, 31)),
        Season.SPRING_PERIOD: Limits(MonthDay(1, 1), MonthDay(6, 30)),
        Season.AUTUMN_PERIOD: Limits(MonthDay(7, 1), MonthDay(12, 31)),
    }
)
"""Defaults of domain.md section 3; the late year and the spring period mirror the early year and the autumn period."""

COUNCIL_TERMS: tuple[CouncilTerm, ...] = (
    (date(2013, 1, 1), date(2017, 5, 31)),
    (date(2017, 6, 1), date(2021, 7, 31)),
    (date(2021, 8, 1), date(2025, 5, 31)),
    (date(2025, 6, 1), date(2029, 5, 31)),
)
"""A table, for two of four are irregular (domain.md section 4)."""

HALF_YEARS = frozenset({Season.SPRING_PERIOD, Season.AUTUMN_PERIOD})
"""Seasons that are as long, and as exact, as a half-year."""


@dataclass(frozen=True, slots=True)
class Context:
    """What the reader of time words must know: when they were written, council terms, seasons, the writer's language.

    Words of all three languages are read whatever the language is; it decides only what several languages share.
    """

    document_date: date | None = None
    council_terms: tuple[CouncilTerm, ...] = COUNCIL_TERMS
    season_limits: Mapping[Season, Limits] = field(default_factory=lambda: SEASON_LIMITS)
    language: str | None = None

    @classmethod
    def default(cls, document_date: date | None = None, language: str | None = None) -> Self:
        """Give the context of a municipality without settings of its own."""
        return cls(document_date=document_date, language=language)

    @classmethod
    def of_settings(
        cls,
        season_limits: Mapping[str, Sequence[int]] | None,
        council_terms: Iterable[Sequence[str]] | None,
        document_date: date | None = None,
        language: str | None = None,
    ) -> Self:
        """Read a municipality's settings, such as {"autumn": [8, 15, 12, 31]} and [["2021-08-01", "2025-05-31"]].

        Seasons that are not set keep their defaults, as do council terms when there are none. ValueError when a season
        is unknown, a day impossible, or an end before its start.
        """
        return cls(
            document_date=document_date,
            council_terms=_terms(council_terms) if council_terms else COUNCIL_TERMS,
            season_limits={**SEASON_LIMITS, **_limits(season_limits or {})},
            language=language,
        )

    def season(self, season: Season, year: int) -> Span:
        """Give the days of a season in a year."""
        first, last = self.season_limits[season]
        precision = Precision.HALF if season in HALF_YEARS else Precision.SEASON
        return Span(first.on(year), last.on(year), precision)

    def term(self, relative: int) -> CouncilTerm | None:
        """Give the council term of the document's date (0), or the one before (-1) or after (1); None when unknown."""
        if self.document_date is None:
            return None
        for number, (first, last) in enumerate(self.council_terms):
            if first <= self.document_date <= last:
                wanted = number + relative
                return self.council_terms[wanted] if 0 <= wanted < len(self.council_terms) else None
        return None

    def term_of_years(self, first_year: int, last_year: int | None) -> CouncilTerm | None:
        """Give the council term that begins and ends in these years."""
        for first, last in self.council_terms:
            if first.year == first_year and last_year in (None, last.year):
                return first, last
        return None


def month(year: int, number: int) -> Span:
    """Give the days of a month."""
    return Span(date(year, number, 1), last_day(year, number), Precision.MONTH)


def quarter(year: int, number: int) -> Span:
    """Give the days of a quarter, 1–4."""
    return Span(date(year, number * 3 - 2, 1), last_day(year, number * 3), Precision.QUARTER)


def half(year: int, number: int) -> Span:
    """Give the days of a half-year, 1–2."""
    return Span(date(year, number * 6 - 5, 1), last_day(year, number * 6), Precision.HALF)


def whole_year(year: int) -> Span:
    """Give the days of a calendar year."""
    return Span(date(year, 1, 1), date(year, 12, 31), Precision.YEAR)


def week(year: int, number: int) -> Span:
    """Give the days of an ISO week, known to the day; ValueError when the year has no such week."""
    return Span(date.fromisocalendar(year, number, 1), date.fromisocalendar(year, number, 7), Precision.DAY)


def school_year(year: int) -> Span:
    """Give the days of the school year that begins in a year: from 1 August to 31 July (perusopetuslaki 23 §)."""
    return Span(date(year, 8, 1), date(year + 1, 7, 31), Precision.YEAR)


def _limits(settings: Mapping[str, Sequence[int]]) -> dict[Season, Limits]:
    read = {}
    for name, (first_month, first_day, last_month, last_day_) in settings.items():
        limits = Limits(MonthDay(first_month, first_day), MonthDay(last_month, last_day_))
        for day in limits:
            date(2000, day.month, day.day)
        if limits.last < limits.first:
            raise ValueError(f"The season {name} ends before it starts")
        read[Season(name)] = limits
    return read


def _terms(settings: Iterable[Sequence[str]]) -> tuple[CouncilTerm, ...]:
    terms = sorted((date.fromisoformat(first), date.fromisoformat(last)) for first, last in settings)
    for first, last in terms:
        if last < first:
            raise ValueError(f"The council term of {first} ends before it starts")
    return tuple(terms)
