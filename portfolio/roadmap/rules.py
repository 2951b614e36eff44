"""Who may move a bar, and what that does to what stands round it. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from portfolio.core.problem import Refusal
from portfolio.core.rights import Actor
from portfolio.core.timespan import Context, Step, Timespan, shift
from portfolio.register.rules import Facts, Fit, Status, editable_fields, fit

if TYPE_CHECKING:
    from datetime import date

MONTHS_OF_YEAR = 12
_BY_MONTHS = ((12, Step.YEAR), (6, Step.HALF), (3, Step.QUARTER), (1, Step.MONTH))


@dataclass(frozen=True, slots=True)
class Distance:
    """How far a whole time was moved, in its largest unit."""

    count: int
    step: Step


@dataclass(frozen=True, slots=True)
class Neighbour:
    """An initiative at the other end of a dependency; ``first`` when its result is needed first."""

    id: int
    title: str
    timespan: Timespan | None
    first: bool


@dataclass(frozen=True, slots=True)
class TurnedOrder:
    """A dependency that a move breaks or mends, or makes unsure."""

    neighbour: Neighbour
    before: Fit | None
    after: Fit


@dataclass(frozen=True, slots=True)
class Stray:
    """A milestone outside its initiative's new time; ``along`` is where it would move too, None where it cannot."""

    milestone: Any
    along: Timespan | None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands round an initiative in time: those it needs or is needed by, and its milestones still ahead."""

    neighbours: tuple[Neighbour, ...]
    milestones: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Consequences:
    """What a move does: the dependencies that it turns, and the milestones that it leaves outside."""

    orders: tuple[TurnedOrder, ...] = ()
    strays: tuple[Stray, ...] = ()

    @property
    def any_along(self) -> bool:
        """Tell whether a milestone that would be left outside can move along."""
        return any(one.along is not None for one in self.strays)


def is_movable(actor: Actor, facts: Facts, status: Status) -> bool:
    """Tell whether the actor may move an initiative in time; what was merged lives on in another and has no time."""
    return status is not Status.MERGED and "timespan" in editable_fields(actor, facts)


def judge_move(before: Timespan | None, after: Timespan | None, around: Surroundings, context: Context) -> Consequences:
    """Tell what a move from one time to another does to what stands round it."""
    return Consequences(
        tuple(turned(before, after, around.neighbours)), tuple(strays(before, after, around.milestones, context))
    )


def strays(before: Timespan | None, after: Timespan | None, milestones: Iterable[Any], context: Context) -> list[Stray]:
    """List the milestones that surely fall outside the new time, and where each would be if it moved as far."""
    if after is None:
        return []
    by = distance(before, after)
    return [Stray(one, moved_along(one.timespan, by, context)) for one in milestones if is_outside(one.timespan, after)]


def distance(before: Timespan | None, after: Timespan | None) -> Distance | None:
    """Tell how far a time was moved as a whole; None when only one end was, or its length changed."""
    if before is None or after is None:
        return None
    days = [(before.start, after.start), (before.end, after.end)]
    if any((old is None) != (new is None) for old, new in days):
        return None
    known = [(old, new) for old, new in days if old and new and old != new]
    if not known or len(known) < sum(old is not None for old, _ in days):
        return None
    months = {_months(old, new) for old, new in known}
    if len(months) == 1 and (count := months.pop()) is not None:
        return next(Distance(count // size, step) for size, step in _BY_MONTHS if count % size == 0)
    apart = {(new - old).days for old, new in known}
    return Distance(apart.pop(), Step.DAY) if len(apart) == 1 else None


def turned(before: Timespan | None, after: Timespan | None, neighbours: Iterable[Neighbour]) -> list[TurnedOrder]:
    """List the dependencies that a move breaks, mends or makes unsure; those that cannot be judged are left out."""
    found = []
    for one in neighbours:
        old, new = _fit(before, one), _fit(after, one)
        if new is not None and new is not old:
            found.append(TurnedOrder(one, old, new))
    return found


def is_outside(mark: Timespan | None, span: Timespan) -> bool:
    """Tell whether the time of a milestone surely lies outside another; what is not known does not."""
    if mark is None:
        return False
    too_early = mark.end is not None and span.start is not None and mark.end < span.start
    too_late = mark.start is not None and span.end is not None and mark.start > span.end
    return too_early or too_late or _after_end(mark, span)


def moved_along(mark: Timespan | None, by: Distance | None, context: Context) -> Timespan | None:
    """Give a milestone's time moved as far as its initiative; None when it cannot be moved so."""
    if mark is None or by is None:
        return None
    try:
        return shift(mark, by.count, by.step, context)
    except Refusal:
        return None


def _after_end(mark: Timespan, span: Timespan) -> bool:
    """Tell of a latest day that it is after the end of what it belongs to."""
    return mark.start is None and mark.end is not None and span.end is not None and mark.end > span.end


def _fit(own: Timespan | None, other: Neighbour) -> Fit | None:
    return fit(other.timespan, own) if other.first else fit(own, other.timespan)


def _months(old: date, new: date) -> int | None:
    """Tell how many whole months lie between two days; the last days of months are months apart."""
    months = (new.year - old.year) * MONTHS_OF_YEAR + new.month - old.month
    both_last = _is_last(old) and _is_last(new)
    return months if months and (old.day == new.day or both_last) else None


def _is_last(day: date) -> bool:
    return day.month != day.fromordinal(day.toordinal() + 1).month
