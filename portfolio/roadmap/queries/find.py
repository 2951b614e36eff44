"""What a roadmap is made of: the initiatives that a filter keeps, with their marks, owners, classes and money.

The number of statements does not depend on how many initiatives there are. Present rows are read as the few columns
that a roadmap draws: five hundred whole rows with their long texts would take longer than all the rest.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import select
from sqlalchemy.orm import Session

from portfolio.budgets.queries import sums_by_initiative
from portfolio.budgets.rules import Sum
from portfolio.core import history
from portfolio.core.records import chunks
from portfolio.forums.models import InitiativeForum
from portfolio.organisation.models import Post
from portfolio.register import queries as register
from portfolio.register.models import Initiative, InitiativeCategory, Milestone, RecurringDeadline
from portfolio.register.rules import InitiativeFilter
from portfolio.reviews.rules import Health

Part: TypeAlias = Milestone | RecurringDeadline | InitiativeCategory | InitiativeForum

DRAWN = (
    *("id", "kind", "title_fi", "title_sv", "title_sort", "status", "timespan", "progress", "completed_on"),
    *("unit_id", "owner_post_id", "portfolio_id", "starts_on", "ends_on"),
)
MARKED = ("id", "initiative_id", "title_fi", "title_sv", "timespan", "completed_on", "starts_on", "ends_on")
MANY = 2_000
"""Of more initiatives than this, all parts of the municipality are read: ids in thousands cost more than rows."""
DUE = ("id", "initiative_id", "title_fi", "title_sv", "month", "day", "from_year", "to_year")


@dataclass(frozen=True, slots=True)
class Found:
    """One initiative with what belongs to it: rows of models, or of their columns named above.

    ``category_ids`` are its classes in every scheme; ``owner`` is the responsible post, ``forum_id`` the forum that
    handles it, both None where there is none.
    """

    row: Any
    owner: Any
    category_ids: frozenset[int]
    milestones: tuple[Any, ...]
    deadlines: tuple[Any, ...]
    forum_id: int | None = None
    health: Health | None = None


def find(
    session: Session, municipality_id: int, wanted: InitiativeFilter, *, today: dt.date, at: int | None = None
) -> list[Found]:
    """Return what the filter keeps, now or after revision ``at``, in no order."""
    rows = _initiatives(session, municipality_id, wanted, today, at)
    ids = [row.id for row in rows]
    milestones = _by_initiative(_rows(session, Milestone, MARKED, municipality_id, ids, at))
    deadlines = _by_initiative(_rows(session, RecurringDeadline, DUE, municipality_id, ids, at))
    links = _rows(session, InitiativeCategory, ("initiative_id", "category_id"), municipality_id, ids, at)
    classes: defaultdict[int, set[int]] = defaultdict(set)
    for link in links:
        classes[link.initiative_id].add(link.category_id)
    handling = _rows(session, InitiativeForum, ("initiative_id", "forum_id"), municipality_id, ids, at)
    forums = {link.initiative_id: link.forum_id for link in handling}
    posts = _owners(session, municipality_id, (row.owner_post_id for row in rows), at)
    return [
        Found(
            row,
            posts.get(row.owner_post_id),
            frozenset(classes[row.id]),
            tuple(milestones[row.id]),
            tuple(deadlines[row.id]),
            forums.get(row.id),
        )
        for row in rows
    ]


def planned(
    session: Session, municipality_id: int, found: Iterable[Found], years: range, *, at: int | None = None
) -> dict[int, Sum]:
    """Return the money planned for these years by initiative; one that is missing has no figure."""
    return sums_by_initiative(session, municipality_id, [one.row.id for one in found], years, at=at)


def _initiatives(
    session: Session, municipality_id: int, wanted: InitiativeFilter, today: dt.date, at: int | None
) -> list[Any]:
    if at is not None:
        return list(register.matching_rows(session, municipality_id, wanted, today=today, at=at))
    ids = register.matching_ids(municipality_id, wanted, today=today)
    columns = [getattr(Initiative, name) for name in DRAWN]
    return list(session.execute(select(*columns).where(Initiative.id.in_(ids))))


def _rows(
    session: Session,
    model: type[Part],
    names: Collection[str],
    municipality_id: int,
    ids: Sequence[int],
    at: int | None,
) -> Iterator[Any]:
    """Give the rows of some initiatives, in order of id."""
    if at is not None:
        yield from history.rows(session, model, municipality_id, at, initiative_id=frozenset(ids))
        return
    present = select(*(getattr(model, name) for name in names)).where(
        model.municipality_id == municipality_id, model.removed.is_(False)
    )
    if len(ids) > MANY:
        wanted = frozenset(ids)
        every = session.execute(present.order_by(model.id))
        yield from (row for row in every if row.initiative_id in wanted)
        return
    for chunk in chunks(ids):
        yield from session.execute(present.where(model.initiative_id.in_(chunk)).order_by(model.id))


def _owners(session: Session, municipality_id: int, ids: Iterable[int | None], at: int | None) -> dict[int, Any]:
    """Give posts by id, removed ones too: what they owned still says so."""
    wanted = {one for one in ids if one is not None}
    if at is not None:
        past = history.past(session, Post, municipality_id, at)
        return {one: past[one] for one in wanted & past.keys()}
    statement = select(Post.id, Post.title_fi, Post.title_sv)
    whose = (Post.municipality_id == municipality_id, Post.id.in_(wanted))
    return {row.id: row for row in session.execute(statement.where(*whose))}


def _by_initiative(rows: Iterable[Any]) -> Mapping[int, list[Any]]:
    grouped: defaultdict[int, list[Any]] = defaultdict(list)
    for row in rows:
        grouped[row.initiative_id].append(row)
    return grouped
