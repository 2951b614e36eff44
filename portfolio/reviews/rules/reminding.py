"""Which reminders are due on a day, and who gets them: one mail per receiver and stage. Pure."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from portfolio.reviews.rules.lists import ReminderStage, ReviewState

SOON = dt.timedelta(days=7)
"""How long before its own due day a unit is reminded."""


@dataclass(frozen=True, slots=True)
class Awaited:
    """One review whose answer is awaited: whose it is to answer, and until when by its unit's own due day."""

    id: int
    state: ReviewState
    due_on: dt.date
    unit_id: int | None
    post_id: int | None
    delegate_id: int | None


@dataclass(frozen=True, slots=True)
class Reminders:
    """The reviews to be told of, by receiver and stage; and those that nobody can be told of by e-mail."""

    to_send: Mapping[tuple[int, ReminderStage], tuple[int, ...]]
    unreached: tuple[int, ...]


def stage_of(state: ReviewState, due_on: dt.date, today: dt.date) -> ReminderStage | None:
    """Tell what is to be said of a review today; of one that has been answered nothing is.

    The latest stage alone: who was not told that the round opened is not told it a day before the due day. A returned
    one is told of as returned whatever its day.
    """
    if state is ReviewState.RETURNED:
        return ReminderStage.RETURNED
    if state is not ReviewState.WAITING:
        return None
    if today > due_on:
        return ReminderStage.LATE
    return ReminderStage.SOON if due_on - today <= SOON else ReminderStage.OPENED


def due_reminders(
    awaited: Iterable[Awaited],
    people: Collection[int],
    holders: Mapping[int, Collection[int]],
    reporters: Mapping[int, Collection[int]],
    told: Collection[tuple[int, ReminderStage, int]],
    today: dt.date,
) -> Reminders:
    """Return what is to be sent today; ``told`` are the review, stage and receiver of what has gone out or may have.

    ``people`` are the users who may be written to; ``holders`` leads from a post, ``reporters`` from a unit to those of
    them who hold it or report for it.
    """
    found: dict[tuple[int, ReminderStage], list[int]] = defaultdict(list)
    unreached = []
    for one in awaited:
        stage = stage_of(one.state, one.due_on, today)
        if stage is None:
            continue
        receivers = _receivers(one, people, holders, reporters)
        if not receivers:
            unreached.append(one.id)
        for user in sorted(receivers):
            if (one.id, stage, user) not in told:
                found[user, stage].append(one.id)
    return Reminders({key: tuple(ids) for key, ids in found.items()}, tuple(unreached))


def _receivers(
    one: Awaited,
    people: Collection[int],
    holders: Mapping[int, Collection[int]],
    reporters: Mapping[int, Collection[int]],
) -> Collection[int]:
    """Give who answers a review: the one asked to, else the holders of its post, else those who report for its unit."""
    if one.delegate_id is not None and one.delegate_id in people:
        return {one.delegate_id}
    return (holders.get(one.post_id or 0) or reporters.get(one.unit_id or 0)) or ()
