"""What a vague time is: its words, its interval, how exactly each end is known, and how it binds."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, NamedTuple, Self

LEAP_YEAR = 2000
"""The year in which days without a year are reckoned, so that 29 February is one of them."""


class Kind(StrEnum):
    """How a time binds: a latest day, a time within, an earliest day, a repetition, no end; or text not read."""

    BY = "by"
    DURING = "during"
    FROM = "from"
    RECURRING = "recurring"
    ONGOING = "ongoing"
    UNREAD = "unread"


class Precision(StrEnum):
    """How exactly an end is known; OPEN is an end that is left open, NONE one that is not known."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    SEASON = "season"
    HALF = "half"
    YEAR = "year"
    TERM = "term"
    OPEN = "open"
    NONE = "none"


MISSING = (Precision.OPEN, Precision.NONE)


class MonthDay(NamedTuple):
    """A day of any year."""

    month: int
    day: int

    def on(self, year: int) -> date:
        """Give the day in a year; 29 February is the 28th where there is none."""
        return _clamped(year, self.month, self.day)


@dataclass(frozen=True, slots=True)
class Yearly:
    """When in the year something recurs: by `end` when `start` is None, else from `start` to `end`."""

    start: MonthDay | None
    end: MonthDay
    precision: Precision = Precision.DAY


class Pace(StrEnum):
    """The unit of a cadence."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


_PACE_DAYS = {Pace.DAY: 1, Pace.WEEK: 7}
_PACE_MONTHS = {Pace.MONTH: 1, Pace.YEAR: 12}


@dataclass(frozen=True, slots=True)
class Cadence:
    """A rhythm: `times` times in every `every` units; with at_most the interval may not be longer (requirement 70)."""

    every: int
    unit: Pace
    times: int = 1
    approximate: bool = False
    at_most: bool = False
    tentative: bool = False
    yearly: Yearly | None = None

    def after(self, day: date) -> date:
        """Give the day on which the next one falls due when the last one was on `day`."""
        if self.unit in _PACE_DAYS:
            return day + timedelta(days=self.every * _PACE_DAYS[self.unit] // self.times or 1)
        months, rest = divmod(self.every * _PACE_MONTHS[self.unit], self.times)
        return months_later(day, months) + timedelta(days=rest * 30 // self.times)

    def due(self, after: date) -> date | None:
        """Give the first yearly deadline later than `after`; None when no time of the year is known."""
        if self.yearly is None:
            return None
        this_year = self.yearly.end.on(after.year)
        return this_year if this_year > after else self.yearly.end.on(after.year + 1)


@dataclass(frozen=True, slots=True)
class Timespan:
    """A time as a planner wrote it and as the system reads it; both ends belong to it.

    `start` and `end` are None where the words leave them open (precision OPEN) or do not tell them (NONE). For
    RECURRING they bound the repetition, whose rhythm and time of the year are the cadence's.
    """

    words: str
    start: date | None = None
    end: date | None = None
    start_precision: Precision = Precision.NONE
    end_precision: Precision = Precision.NONE
    kind: Kind = Kind.UNREAD
    tentative: bool = False
    cadence: Cadence | None = None

    def __post_init__(self) -> None:
        if self.start and self.end and self.end < self.start:
            raise ValueError("A timespan ends before it starts")
        for day, precision in ((self.start, self.start_precision), (self.end, self.end_precision)):
            if (day is None) != (precision in MISSING):
                raise ValueError("An end has a precision when, and only when, it has a day")

    def __hash__(self) -> int:
        """Hash what tells times apart; it is done for each of thousands of bars."""
        return hash((self.words, self.start, self.end))

    def __bool__(self) -> bool:
        """Tell whether anything is written or known."""
        return self != EMPTY

    def to_json(self) -> dict[str, Any]:
        """Give plain JSON values, without what is empty."""
        return {name: _plain(value) for name, value in _cells(self) if value not in (None, False, Precision.NONE)}

    @classmethod
    def from_json(cls, cell: Mapping[str, Any]) -> Self:
        """Read what `to_json` gave; ValueError or KeyError when it is something else."""
        cadence = cell.get("cadence")
        return cls(
            words=cell["words"],
            start=_day(cell.get("start")),
            end=_day(cell.get("end")),
            start_precision=Precision(cell.get("start_precision", Precision.NONE)),
            end_precision=Precision(cell.get("end_precision", Precision.NONE)),
            kind=Kind(cell["kind"]),
            tentative=bool(cell.get("tentative")),
            cadence=None if cadence is None else _cadence(cadence),
        )


EMPTY = Timespan("")


def unread(words: str) -> Timespan:
    """Keep words that could not be read as a time."""
    return Timespan(words)


def months_later(day: date, months: int) -> date:
    """Give the same day some months later (or earlier), or the last day of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    return _clamped(day.year + years, month + 1, day.day)


def last_day(year: int, month: int) -> date:
    """Give the last day of a month."""
    return _clamped(year, month, 31)


def _clamped(year: int, month: int, day: int) -> date:
    following = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, min(day, (following - timedelta(days=1)).day))


def end_later(end: date, months: int, precision: Precision) -> date:
    """Give an end some months later; one that closes a month closes the later one too, unless a day was meant."""
    moved = months_later(end, months)
    closes_month = end == last_day(end.year, end.month) and precision is not Precision.DAY
    return last_day(moved.year, moved.month) if closes_month else moved


def _cells(value: Timespan | Cadence | Yearly) -> list[tuple[str, Any]]:
    return [(field.name, getattr(value, field.name)) for field in fields(value)]


def _plain(value: Any) -> Any:
    if isinstance(value, Cadence | Yearly):
        return {name: _plain(cell) for name, cell in _cells(value) if cell not in (None, False)}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, MonthDay):
        return list(value)
    return value.value if isinstance(value, StrEnum) else value


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _cadence(cell: Mapping[str, Any]) -> Cadence:
    yearly = cell.get("yearly")
    flags = {name: bool(cell.get(name)) for name in ("approximate", "at_most", "tentative")}
    return Cadence(
        every=int(cell["every"]),
        unit=Pace(cell["unit"]),
        times=int(cell.get("times", 1)),
        yearly=None if yearly is None else _yearly(yearly),
        **flags,
    )


def _yearly(cell: Mapping[str, Any]) -> Yearly:
    start = cell.get("start")
    return Yearly(MonthDay(*start) if start else None, MonthDay(*cell["end"]), Precision(cell["precision"]))
