"""The follow-up of a round: what each unit has answered, what is late, what moved since the last round."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portfolio.core import history
from portfolio.organisation.queries import units
from portfolio.register.models import Initiative
from portfolio.reviews.models import Review, ReviewRound
from portfolio.reviews.queries.rounds import extensions, previous_round
from portfolio.reviews.rules import ANSWERED, Health, Movement, ReviewState, Verdict, days_late, due_day, movement

REVIEW = (
    *("id", "initiative_id", "state", "health", "office_health", "verdict", "progress", "delegate_id"),
    *("submitted_on", "approved_on", "unchanged", "version"),
)
INITIATIVE = ("code", "title_fi", "title_sv", "title_sort", "status", "unit_id", "owner_post_id")


@dataclass(frozen=True, slots=True)
class FollowRow:
    """One review of a round with what lists show of its initiative; ``late`` counts days past its due day."""

    id: int
    initiative_id: int
    code: str
    title_fi: str
    title_sv: str | None
    title_sort: str
    unit_id: int | None
    owner_post_id: int | None
    state: ReviewState
    health: Health | None
    office_health: Health | None
    verdict: Verdict | None
    progress: int | None
    delegate_id: int | None
    due_on: dt.date
    submitted_on: dt.date | None
    late: int
    version: int

    @property
    def overdue(self) -> bool:
        """Tell whether the answer is late and still missing; one that came late is no longer waited for."""
        return self.late > 0 and self.state not in ANSWERED


@dataclass(slots=True)
class UnitCount:
    """How one unit's answers stand; ``unit`` None is of items without a unit."""

    unit: Any
    due_on: dt.date
    asked: int = 0
    answered: int = 0
    approved: int = 0
    returned: int = 0
    late: int = 0
    delegated: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Follow:
    """A round as it stands: rows in order of unit and title, the counts of each unit, and what moved."""

    rows: Sequence[FollowRow]
    units: Sequence[UnitCount]
    movement: Movement

    def count(self, *states: ReviewState) -> int:
        """Count the reviews in these states."""
        return sum(row.state in states for row in self.rows)


def follow(session: Session, asked: ReviewRound, *, today: dt.date, at: int | None = None) -> Follow:
    """Read a round's follow-up, now or as it was after a revision; five statements, however many reviews."""
    place = asked.municipality_id
    tree = [one.unit for one in units(session, place, at=at)]
    parents = {one.id: one.parent_id for one in tree}
    later = extensions(session, place, asked.id, at=at)
    found = list(_rows(session, asked, at))
    due = {unit: due_day(asked.due_on, unit, later, parents) for unit in {one["unit_id"] for one in found}}
    rows = [_row(one, due[one["unit_id"]], today) for one in found]
    order = {one.id: place for place, one in enumerate(tree)}
    rows.sort(key=lambda row: (order.get(row.unit_id or 0, len(order)), row.title_sort, row.id))
    names = {one.id: one for one in tree}
    counted: dict[int | None, UnitCount] = {}
    for row in rows:
        one = counted.setdefault(row.unit_id, UnitCount(names.get(row.unit_id or 0), row.due_on))
        _count(one, row)
    return Follow(rows, list(counted.values()), _moved(session, asked, rows, at))


def _rows(session: Session, asked: ReviewRound, at: int | None) -> Iterator[dict[str, Any]]:
    """Give the columns of a round's reviews and their initiatives."""
    place = asked.municipality_id
    if at is None:
        chosen = [getattr(Review, name) for name in REVIEW] + [getattr(Initiative, name) for name in INITIATIVE]
        mine = (Review.municipality_id == place, Review.round_id == asked.id, Review.removed.is_(False))
        together = select(*chosen).join(Initiative, Initiative.id == Review.initiative_id)
        yield from (dict(row._mapping) for row in session.execute(together.where(*mine, Initiative.removed.is_(False))))
        return
    items = {row.id: row for row in history.rows(session, Initiative, place, at)}
    for review in history.rows(session, Review, place, at, round_id=asked.id):
        if review.initiative_id in items:
            item = items[review.initiative_id]
            yield {name: getattr(item, name) for name in INITIATIVE} | {name: getattr(review, name) for name in REVIEW}


def _row(one: dict[str, Any], due_on: dt.date, today: dt.date) -> FollowRow:
    late = days_late(one["state"], one["submitted_on"], due_on, today)
    kept = {name: one[name] for name in FollowRow.__slots__ if name not in {"due_on", "late"}}
    return FollowRow(**kept, due_on=due_on, late=late)


def _count(one: UnitCount, row: FollowRow) -> None:
    one.asked += 1
    one.answered += row.state in ANSWERED
    one.approved += row.state is ReviewState.APPROVED
    one.returned += row.state is ReviewState.RETURNED
    one.late += row.overdue
    if row.delegate_id is not None:
        one.delegated.add(row.delegate_id)


def _moved(session: Session, asked: ReviewRound, rows: Sequence[FollowRow], at: int | None) -> Movement:
    """Compare with the round before; where there was none, everything has joined nothing."""
    last = previous_round(session, asked, at=at)
    if last is None:
        return Movement((), (), (), (), ())
    return movement(_healths(session, last, at), {row.initiative_id: row.health for row in rows})


def _healths(session: Session, asked: ReviewRound, at: int | None) -> dict[int, Health | None]:
    """Return the health told of each initiative in a round."""
    if at is not None:
        rows = history.rows(session, Review, asked.municipality_id, at, round_id=asked.id)
        return {row.initiative_id: row.health for row in rows}
    mine = (Review.round_id == asked.id, Review.removed.is_(False))
    return {row[0]: row[1] for row in session.execute(select(Review.initiative_id, Review.health).where(*mine))}
