"""How many measures each unit carries out a year, against the range its portfolio asks for (requirements 44, 45). Pure.

The range is of what is carried out, not of what is proposed: under or over is said in words and blocks nothing.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from portfolio.register.rules.lists import InitiativeKind, Status

CARRIED_OUT = frozenset({Status.APPROVED, Status.UNDER_WAY, Status.COMPLETED, Status.IN_USE, Status.ESTABLISHED})
"""Statuses of measures that have been decided on and are, or were, carried out."""

GOING_ON = frozenset({Status.APPROVED, Status.UNDER_WAY})


@dataclass(frozen=True, slots=True)
class Counted:
    """What the count looks at in an initiative."""

    kind: InitiativeKind
    unit_id: int | None
    status: Status
    starts_on: dt.date | None
    ends_on: dt.date | None
    completed_on: dt.date | None


class QuotaVerdict(enum.StrEnum):
    """How a unit's year stands against the range; a year to come is not yet too little."""

    FITS = "fits"
    UNDER = "under"
    OVER = "over"
    SO_FAR = "so_far"


@dataclass(frozen=True, slots=True)
class YearCount:
    """The measures that a unit carries out in one year; ``off`` is how many are missing or too many."""

    year: int
    measures: int
    verdict: QuotaVerdict
    off: int = 0


@dataclass(frozen=True, slots=True)
class QuotaCheck:
    """Each unit's years, in the order of the units given; ``undated`` measures cannot be counted for want of a time."""

    years: tuple[int, ...]
    units: dict[int | None, tuple[YearCount, ...]]
    undated: int

    @property
    def warnings(self) -> int:
        """How many units' years are under or over the range."""
        return sum(one.off > 0 for counts in self.units.values() for one in counts)


def check_quota(
    initiatives: Iterable[Counted],
    unit_ids: Iterable[int | None],
    years: Sequence[int],
    least: int | None,
    most: int | None,
    *,
    today: dt.date,
) -> QuotaCheck:
    """Count the measures carried out in each year by each unit, and hold the counts against the range.

    Needs and projects are not counted. ``least`` and ``most`` are the ends of the range, None where it is open. Years
    before the first measure of all are left out: a programme that had not begun lacked nothing.
    """
    counts: Counter[tuple[int | None, int]] = Counter()
    undated = 0
    for one in initiatives:
        if one.kind is not InitiativeKind.MEASURE or one.status not in CARRIED_OUT:
            continue
        span = _years_of(one)
        undated += span is None
        counts.update((one.unit_id, year) for year in years if span is not None and span[0] <= year <= span[1])
    begun = min((year for _, year in counts), default=today.year)
    shown = tuple(year for year in years if year >= min(begun, today.year))
    units = {
        unit: tuple(judge_year(year, counts[unit, year], least, most, today.year) for year in shown)
        for unit in unit_ids
    }
    return QuotaCheck(shown, units, undated)


def judge_year(year: int, measures: int, least: int | None, most: int | None, this_year: int) -> YearCount:
    """Hold one unit's count of one year against the range, whose ends may be open."""
    if most is not None and measures > most:
        return YearCount(year, measures, QuotaVerdict.OVER, measures - most)
    if least is not None and measures < least:
        if year > this_year:
            return YearCount(year, measures, QuotaVerdict.SO_FAR)
        return YearCount(year, measures, QuotaVerdict.UNDER, least - measures)
    return YearCount(year, measures, QuotaVerdict.FITS)


def _years_of(measure: Counted) -> tuple[int, int] | None:
    """Give the first and last year of the work; one that goes on without an end has none."""
    ends = measure.completed_on or measure.ends_on
    starts = measure.starts_on or ends
    if starts is None:
        return None
    if ends is None:
        return starts.year, dt.MAXYEAR if measure.status in GOING_ON else starts.year
    return min(starts, ends).year, ends.year
