"""The rows that a roadmap is drawn from: only the columns that it needs, read now or as they were after a revision.

Five hundred whole rows with their long texts would take longer than all the rest. The names of the fields are those of
the columns; a named tuple's are read ten times as fast as those of what a statement gives.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from operator import attrgetter
from typing import Any, NamedTuple, TypeAlias, TypeVar

from sqlalchemy import FromClause, Select, select
from sqlalchemy.orm import Session

from portfolio.core import history
from portfolio.core.records import chunks
from portfolio.core.timespan import Timespan
from portfolio.forums.models import InitiativeForum
from portfolio.organisation.models import Post
from portfolio.register import queries as register
from portfolio.register.models import Dependency, Initiative, InitiativeCategory, Milestone, RecurringDeadline
from portfolio.register.rules import InitiativeFilter, InitiativeKind, Status

Part: TypeAlias = Milestone | RecurringDeadline | InitiativeCategory | InitiativeForum

MANY = 2_000
"""Of more initiatives than this, the rows of all are read."""


class Drawn(NamedTuple):
    """An initiative."""

    id: int
    kind: InitiativeKind
    title_fi: str
    title_sv: str | None
    title_sort: str
    status: Status
    timespan: Timespan | None
    progress: int | None
    completed_on: dt.date | None
    unit_id: int | None
    owner_post_id: int | None
    portfolio_id: int


class Marked(NamedTuple):
    """A milestone of an initiative."""

    id: int
    initiative_id: int
    title_fi: str
    title_sv: str | None
    timespan: Timespan | None
    completed_on: dt.date | None


class Due(NamedTuple):
    """A yearly deadline of an initiative."""

    id: int
    initiative_id: int
    title_fi: str
    title_sv: str | None
    month: int
    day: int
    from_year: int | None
    to_year: int | None


class Classed(NamedTuple):
    """An initiative's belonging to a class."""

    initiative_id: int
    category_id: int


class Handled(NamedTuple):
    """An initiative's being handled by a forum."""

    initiative_id: int
    forum_id: int


class Owner(NamedTuple):
    """The post that answers for initiatives."""

    id: int
    title_fi: str
    title_sv: str | None


class Link(NamedTuple):
    """An initiative's needing of another first."""

    predecessor_id: int
    successor_id: int


P = TypeVar("P", Marked, Due, Classed, Handled)
R = TypeVar("R", Drawn, Marked, Due, Classed, Handled, Owner, Link)


def read_initiatives(
    session: Session, municipality_id: int, wanted: InitiativeFilter, today: dt.date, at: int | None
) -> list[Drawn]:
    """Return what a filter keeps, in no order."""
    if at is not None:
        return list(taken(Drawn, register.matching_rows(session, municipality_id, wanted, today=today, at=at)))
    kept = register.matching_ids(municipality_id, wanted, today=today)
    return list(_fetched(session, Drawn, kept.with_only_columns(*columns(Drawn, Initiative.__table__))))


def read_some(session: Session, municipality_id: int, ids: Iterable[int], at: int | None) -> Iterator[Drawn]:
    """Give initiatives by their ids, as far as they are there."""
    if at is not None:
        yield from taken(Drawn, history.few(session, Initiative, municipality_id, at, id=frozenset(ids)))
        return
    present = select(*columns(Drawn, Initiative.__table__)).where(
        Initiative.municipality_id == municipality_id, Initiative.removed.is_(False)
    )
    for chunk in chunks(sorted(ids)):
        yield from _fetched(session, Drawn, present.where(Initiative.id.in_(chunk)))


def read_links(session: Session, municipality_id: int, at: int | None) -> list[Link]:
    """Return what needs what first."""
    if at is not None:
        return list(taken(Link, history.rows(session, Dependency, municipality_id, at)))
    present = select(*columns(Link, Dependency.__table__)).where(
        Dependency.municipality_id == municipality_id, Dependency.removed.is_(False)
    )
    return list(_fetched(session, Link, present))


def read_parts(
    session: Session, row: type[P], model: type[Part], municipality_id: int, ids: Sequence[int] | None, at: int | None
) -> Iterator[P]:
    """Give the rows that belong to some initiatives, None is all of the municipality, in order of id.

    Of ``MANY`` initiatives, the rows of others come along: they are cheaper than thousands of ids.
    """
    if at is not None:
        whose: dict[str, Any] = {} if ids is None else {"initiative_id": frozenset(ids)}
        yield from taken(row, history.rows(session, model, municipality_id, at, **whose))
        return
    present = (
        select(*columns(row, model.__table__))
        .where(model.municipality_id == municipality_id, model.removed.is_(False))
        .order_by(model.id)
    )
    if ids is None or len(ids) > MANY:
        yield from _fetched(session, row, present)
        return
    for chunk in chunks(ids):
        yield from _fetched(session, row, present.where(model.initiative_id.in_(chunk)))


def read_owners(session: Session, municipality_id: int, ids: Iterable[int | None], at: int | None) -> dict[int, Owner]:
    """Return posts by id, removed ones too: what they owned still says so."""
    wanted = {one for one in ids if one is not None}
    if at is not None:
        past = history.past(session, Post, municipality_id, at)
        return {one.id: one for one in taken(Owner, (past[one] for one in wanted & past.keys()))}
    statement = select(*columns(Owner, Post.__table__)).where(
        Post.municipality_id == municipality_id, Post.id.in_(wanted)
    )
    return {one.id: one for one in _fetched(session, Owner, statement)}


def taken(row: type[R], objects: Iterable[Any]) -> Iterator[R]:
    """Take the columns of a kind of row from whole objects of its model."""
    return map(row._make, map(attrgetter(*row._fields), objects))


def columns(row: type[R], table: FromClause) -> list[Any]:
    """Give the columns of a table that a kind of row names."""
    return [table.c[name] for name in row._fields]


def _fetched(session: Session, row: type[R], statement: Select[Any]) -> Iterator[R]:
    """Run a statement that selects the columns of a kind of row: by the connection, for there are no objects in it.

    The rows are made as ``_make`` does, which asks each how long it is.
    """
    make: Callable[[Iterable[Any]], R] = partial(tuple.__new__, row)
    return map(make, session.connection().execute(statement).all())
