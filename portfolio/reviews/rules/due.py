"""Which initiatives a round asks about, and until when each unit may answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from portfolio.core.timespan.value import months_later
from portfolio.register.rules import Status
from portfolio.reviews.rules.lists import ANSWERED, REVIEWED, ReviewState


@dataclass(frozen=True, slots=True)
class Candidate:
    """What the rule looks at in an initiative: its status, its unit, when it was last reviewed."""

    id: int
    status: Status
    unit_id: int | None
    reviewed_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """What a round asks about: some statuses, the units of a tree (None for all), and no more often than so.

    ``interval_months`` None asks every time (requirement 46: at least once a year).
    """

    due_on: dt.date
    statuses: frozenset[Status] = REVIEWED
    unit_ids: frozenset[int] | None = None
    interval_months: int | None = None


def due_initiatives(candidates: Iterable[Candidate], scope: Scope) -> list[int]:
    """Return the ids of those that are due, in the order given."""
    return [one.id for one in candidates if is_due(one, scope)]


def is_due(one: Candidate, scope: Scope) -> bool:
    """Tell whether an initiative is due: of a status and unit asked about, and not reviewed within the interval."""
    if one.status not in scope.statuses:
        return False
    if scope.unit_ids is not None and one.unit_id not in scope.unit_ids:
        return False
    if one.reviewed_on is None or scope.interval_months is None:
        return True
    return months_later(one.reviewed_on, scope.interval_months) <= scope.due_on


def due_day(
    due_on: dt.date, unit_id: int | None, extensions: Mapping[int, dt.date], parents: Mapping[int, int | None]
) -> dt.date:
    """Return the day until which a unit may answer: its own extension, else that of the nearest unit above it.

    It is never before the day of all: the round may have been given more time after the extension.
    """
    here = unit_id
    while here is not None:
        if here in extensions:
            return max(extensions[here], due_on)
        here = parents.get(here)
    return due_on


def days_late(state: ReviewState, submitted_on: dt.date | None, due_on: dt.date, today: dt.date) -> int:
    """Return by how many days an answer is, or came, late; 0 where it is not. Late is told, never refused.

    What was returned waits again, whenever it had been submitted.
    """
    answered_on = submitted_on if state in ANSWERED else None
    return max(((answered_on or today) - due_on).days, 0)
