"""The follow-up of a round: what each unit has answered, what is late, what moved since the last round."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

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
    *("submitted_on", "version"),
)
INITIATIVE = ("code", "title_fi", "title_sv", "title_sort", "unit_id", "owner_post_id")


class FollowRow(NamedTuple):
    """One review of a round with what lists show of its initiative; ``late`` counts days past its due day.

    First what is stored of the review, then of the initiative, in the order of ``REVIEW`` and ``INITIATIVE``: a round
    may have ten thousand of them, which are made of the rows as they come.
    """

    id: int
    initiative_id: int
    state: ReviewState
    health: Health | None
    office_health: Health | None
    verdict: Verdict | None
    progress: int | None
    delegate_id: int | None
    submitted_on: dt.date | None
    version: int
    code: str
    title_fi: str
    title_sv: str | None
    title_sort: str
    unit_id: int | None
    owner_post_id: int | None
    due_on: dt.date
    late: int

    @property
    def overdue(self) -> bool:
        """Tell whether the answer is late and still missing; one that came late is no longer waited for."""
        return self.late > 0 and self.state not in ANSWERED


STATE, SUBMITTED, UNIT = map(FollowRow._fields.index, ("state", "submitted_on", "unit_id"))


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
    due = cache(lambda unit: due_day(asked.due_on, unit, later, parents))
    rows = [_row(one, due(one[UNIT]), today) for one in _rows(session, asked, at)]
    order = {one.id: place for place, one in enumerate(tree)}
    rows.sort(key=lambda row: (order.get(row.unit_id or 0, len(order)), row.title_sort, row.id))
    names = {one.id: one for one in tree}
    counted: dict[int | None, UnitCount] = {}
    for row in rows:
        one = counted.setdefault(row.unit_id, UnitCount(names.get(row.unit_id or 0), row.due_on))
        _count(one, row)
    return Follow(rows, list(counted.values()), _moved(session, asked, rows, at))


def _rows(session: Session, asked: ReviewRound, at: int | None) -> Iterator[Sequence[Any]]:
    """Give the columns of a round's reviews and their initiatives, in the order of a row.

    They are read by the connection: no objects are looked for in ten thousand rows.
    """
    place = asked.municipality_id
    if at is None:
        chosen = [getattr(Review, name) for name in REVIEW] + [getattr(Initiative, name) for name in INITIATIVE]
        mine = (Review.municipality_id == place, Review.round_id == asked.id, Review.removed.is_(False))
        together = select(*chosen).join(Initiative, Initiative.id == Review.initiative_id)
        yield from session.connection().execute(together.where(*mine, Initiative.removed.is_(False)))
        return
    items = {row.id: row for row in history.rows(session, Initiative, place, at)}
    for review in history.rows(session, Review, place, at, round_id=asked.id):
        if review.initiative_id in items:
            item = items[review.initiative_id]
            yield [*(getattr(review, name) for name in REVIEW), *(getattr(item, name) for name in INITIATIVE)]


def _row(one: Sequence[Any], due_on: dt.date, today: dt.date) -> FollowRow:
    return FollowRow._make((*one, due_on, days_late(one[STATE], one[SUBMITTED], due_on, today)))


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
    told = select(Review.initiative_id, Review.health).where(*mine)
    return dict(session.connection().execute(told).all())
