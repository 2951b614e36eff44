"""What changed in an initiative between two times, told honestly where times are vague. Pure."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from portfolio.core.timespan import Precision, Timespan
from portfolio.core.timespan.value import MISSING, months_later
from portfolio.register.rules.grades import Grade, Turn, turn_of
from portfolio.register.rules.parts_difference import NO_PARTS, PartChanges


class Aspect(enum.StrEnum):
    """What of an initiative differs; the words of OTHER are its fields' own.

    JOINED and LEFT are of the register itself, ENTERED and EXITED of what a filter keeps.
    """

    JOINED = "joined"
    LEFT = "left"
    ENTERED = "entered"
    EXITED = "exited"
    TIME = "time"
    MILESTONE = "milestone"
    STATUS = "status"
    HEALTH = "health"
    MONEY = "money"
    OWNER = "owner"
    UNIT = "unit"
    CLASS = "class"
    TITLE = "title"
    TEXT = "text"
    OTHER = "other"


class Shift(enum.StrEnum):
    """What became of a time: only MOVED says that it is another time than before."""

    MOVED = "moved"
    CLEARER = "clearer"
    VAGUER = "vaguer"
    DATED = "dated"
    UNDATED = "undated"
    REWORDED = "reworded"


@dataclass(frozen=True, slots=True)
class Moved:
    """By how many days an end moved, later above zero; not ``exact`` where either time is vaguer than a day."""

    days: int
    exact: bool


@dataclass(frozen=True, slots=True)
class TimeChange:
    """A time before and after, and what became of it; an end that did not move, or has no days to count, is None."""

    old: Timespan | None
    new: Timespan | None
    shift: Shift
    start: Moved | None = None
    end: Moved | None = None


@dataclass(frozen=True, slots=True)
class ItemDifference:
    """One initiative: ``row`` as it is at the later time, or as it was removed, and what differs.

    ``cells`` holds columns as (old, new), the time included; ``money`` holds years as (old, new), each a sum or None
    where there is no line; ``parts`` what differs in milestones and classes; ``health`` the grades as (old, new). What
    joined or left has none of these.
    """

    row: Any
    aspects: frozenset[Aspect]
    cells: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    time: TimeChange | None = None
    money: Mapping[int, tuple[Any, Any]] = field(default_factory=dict)
    parts: PartChanges = NO_PARTS
    health: tuple[Grade | None, Grade | None] | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs between two revisions, ``second`` None being now; for pages, ghost bars, slides and documents."""

    first: int
    second: int | None
    items: tuple[ItemDifference, ...]

    def count(self, aspect: Aspect) -> int:
        """Count the initiatives in which something of this kind differs."""
        return sum(aspect in item.aspects for item in self.items)

    def count_shift(self, shift: Shift) -> int:
        """Count the times of which this became."""
        return sum(item.time is not None and item.time.shift is shift for item in self.items)

    def count_turn(self, turn: Turn) -> int:
        """Count the initiatives of whose health this became."""
        return sum(item.health is not None and turn_of(*item.health) is turn for item in self.items)


ASPECTS: Mapping[str, Aspect] = {
    "timespan": Aspect.TIME,
    "status": Aspect.STATUS,
    "owner_post_id": Aspect.OWNER,
    "unit_id": Aspect.UNIT,
    **dict.fromkeys(("title_fi", "title_sv"), Aspect.TITLE),
    **dict.fromkeys(
        (
            *("summary_fi", "summary_sv", "present_state", "target_state", "goals", "solution", "results"),
            *("done_so_far", "continues", "out_of_scope", "output_home", "training_plan", "notes"),
        ),
        Aspect.TEXT,
    ),
}
"""Column → what it is about; a column that is not named is OTHER."""

UNSEEN = frozenset({"removed", "source_key"})
"""Columns that tell nothing of the initiative itself."""

_RANK = {one: place for place, one in enumerate(Precision)}
_MONTHS = {
    Precision.MONTH: 1,
    Precision.QUARTER: 3,
    Precision.SEASON: 5,
    Precision.HALF: 6,
    Precision.YEAR: 12,
    Precision.TERM: 48,
}
"""How many months an end of a precision may reach at most."""


def judge_item(
    row: Any,
    cells: Mapping[str, tuple[Any, Any]],
    *,
    born: bool,
    money: Mapping[int, tuple[Any, Any]],
    parts: PartChanges = NO_PARTS,
    health: tuple[Grade | None, Grade | None] | None = None,
) -> ItemDifference | None:
    """Tell what differs in one initiative; None where nothing can be seen: it came and went, or was never there."""
    was, is_now = cells.get("removed", (row.removed, row.removed))
    was = was or born
    if was and is_now:
        return None
    if was or is_now:
        return ItemDifference(row, frozenset({Aspect.LEFT if is_now else Aspect.JOINED}))
    seen = {name: pair for name, pair in cells.items() if name not in UNSEEN}
    found = (
        *((Aspect.MONEY, money), (Aspect.MILESTONE, parts.milestones), (Aspect.CLASS, parts.classes)),
        (Aspect.HEALTH, health),
    )
    aspects = {ASPECTS.get(name, Aspect.OTHER) for name in seen} | {aspect for aspect, told in found if told}
    if not aspects:
        return None
    time = judge_time(*seen["timespan"]) if "timespan" in seen else None
    return ItemDifference(row, frozenset(aspects), seen, time, money, parts, health)


def judge_time(old: Timespan | None, new: Timespan | None) -> TimeChange:
    """Tell what became of a time. An end that only became known more exactly within what it was has not moved."""
    if not _is_dated(old) or not _is_dated(new) or old is None or new is None:
        shift = {(False, True): Shift.DATED, (True, False): Shift.UNDATED}
        return TimeChange(old, new, shift.get((_is_dated(old), _is_dated(new)), Shift.REWORDED))
    ends = [_judge_end(_end_of(old, start=start), _end_of(new, start=start)) for start in (True, False)]
    shifts = {shift for shift, _moved in ends if shift is not None}
    shift_of_all = Shift.MOVED if Shift.MOVED in shifts else shifts.pop() if len(shifts) == 1 else Shift.REWORDED
    return TimeChange(old, new, shift_of_all, ends[0][1], ends[1][1])


End = tuple[dt.date | None, Precision, tuple[dt.date, dt.date] | None]


def _judge_end(old: End, new: End) -> tuple[Shift | None, Moved | None]:
    """Tell what became of one end; None where it is the same."""
    (old_day, old_precision, old_reach), (new_day, new_precision, new_reach) = old, new
    if (old_day, old_precision) == (new_day, new_precision):
        return None, None
    if Precision.NONE in (old_precision, new_precision):
        return Shift.CLEARER if old_precision is Precision.NONE else Shift.VAGUER, None
    if old_day is None or new_day is None or old_reach is None or new_reach is None:
        return Shift.MOVED, None
    if _RANK[new_precision] < _RANK[old_precision] and _holds(old_reach, new_reach):
        return Shift.CLEARER, None
    if _RANK[new_precision] > _RANK[old_precision] and _holds(new_reach, old_reach):
        return Shift.VAGUER, None
    exact = old_precision is new_precision is Precision.DAY
    return (Shift.MOVED, Moved((new_day - old_day).days, exact)) if old_day != new_day else (Shift.REWORDED, None)


def _end_of(span: Timespan, *, start: bool) -> End:
    day, precision = (span.start, span.start_precision) if start else (span.end, span.end_precision)
    return day, precision, _reach(span, day, precision, start=start)


def _reach(span: Timespan, day: dt.date | None, precision: Precision, *, start: bool) -> tuple[dt.date, dt.date] | None:
    """Give the days on which an end may really be: "syksy 2026" begins on any day of that autumn."""
    if day is None or precision in MISSING:
        return None
    months = _MONTHS.get(precision, 0)
    if start:
        last = months_later(day, months) - dt.timedelta(days=1) if months else day
        return day, min(last, span.end) if span.end else last
    first = months_later(day + dt.timedelta(days=1), -months) if months else day
    return max(first, span.start) if span.start else first, day


def _holds(whole: tuple[dt.date, dt.date], part: tuple[dt.date, dt.date]) -> bool:
    return whole[0] <= part[0] and part[1] <= whole[1]


def _is_dated(span: Timespan | None) -> bool:
    return span is not None and (span.start is not None or span.end is not None or span.cadence is not None)
