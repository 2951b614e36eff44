"""Reading municipalities, units, posts and those who hold them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portfolio.core import history
from portfolio.organisation.models import Holding, Municipality, Person, Post, Unit
from portfolio.organisation.rules import is_valid, subtree, tree_order


@dataclass(frozen=True, slots=True)
class TreeUnit:
    """A unit and how many units stand above it."""

    unit: Unit
    level: int


@dataclass(frozen=True, slots=True)
class Holder:
    """A person in a post for a time."""

    holding: Holding
    person: Person


def municipalities(session: Session) -> list[Municipality]:
    """Return the municipalities in the order of their Finnish names."""
    statement = select(Municipality).where(Municipality.removed.is_(False)).order_by(Municipality.name_fi)
    return list(session.scalars(statement))


def municipality_by_code(session: Session, code: str) -> Municipality | None:
    """Return the municipality with this code."""
    return session.scalar(select(Municipality).where(Municipality.code == code, Municipality.removed.is_(False)))


def units(
    session: Session, municipality_id: int, *, at: int | None = None, day: dt.date | None = None
) -> list[TreeUnit]:
    """Return the units depth first, siblings in Finnish order; with ``day`` only those valid then."""
    found = [unit for unit in history.rows(session, Unit, municipality_id, at) if day is None or is_valid(unit, day)]
    return [TreeUnit(unit, level) for unit, level in tree_order(found, lambda unit: unit.name_sort)]


def parents_of(session: Session, municipality_id: int) -> dict[int, int | None]:
    """Lead from each unit, removed ones too, to the one above it."""
    return {unit.id: unit.parent_id for unit in history.rows(session, Unit, municipality_id, with_removed=True)}


def get_unit(session: Session, municipality_id: int, identity: int, *, at: int | None = None) -> Unit | None:
    """Return one unit, removed or not."""
    return history.row(session, Unit, municipality_id, identity, at)


def expand_units(
    session: Session, municipality_id: int, unit_ids: Collection[int], *, at: int | None = None
) -> frozenset[int]:
    """Return the ids of the units and of all below them, removed ones too: an item may still stand in one."""
    if not unit_ids:
        return frozenset()
    return subtree(history.rows(session, Unit, municipality_id, at, with_removed=True), unit_ids)


def posts(
    session: Session,
    municipality_id: int,
    *,
    at: int | None = None,
    day: dt.date | None = None,
    unit_ids: Collection[int] | None = None,
) -> list[Post]:
    """Return the posts in Finnish order of title; with ``day`` only those valid then, with ``unit_ids`` only theirs."""
    found = [
        post
        for post in history.rows(session, Post, municipality_id, at)
        if (unit_ids is None or post.unit_id in unit_ids) and (day is None or is_valid(post, day))
    ]
    return sorted(found, key=lambda post: (post.title_sort, post.id))


def get_post(session: Session, municipality_id: int, identity: int, *, at: int | None = None) -> Post | None:
    """Return one post, removed or not."""
    return history.row(session, Post, municipality_id, identity, at)


def people(session: Session, municipality_id: int) -> list[Person]:
    """Return the people who hold posts or have held them, by name."""
    return list(session.scalars(select(Person).where(Person.municipality_id == municipality_id).order_by(Person.name)))


def get_person(session: Session, municipality_id: int, identity: int) -> Person | None:
    """Return one person."""
    person = session.get(Person, identity)
    return person if person is not None and person.municipality_id == municipality_id else None


def holders(
    session: Session,
    municipality_id: int,
    day: dt.date,
    *,
    post_ids: Collection[int] | None = None,
    at: int | None = None,
) -> dict[int, list[Holder]]:
    """Return who holds each post on a day, by the id of the post; a post that nobody holds is not there.

    With ``at`` as it was known then; people's names are today's, since they stand outside the history.
    """
    found: dict[int, list[Holder]] = defaultdict(list)
    for holder in _held(session, municipality_id, post_ids, at):
        if is_valid(holder.holding, day):
            found[holder.holding.post_id].append(holder)
    return dict(found)


def holdings_of_post(session: Session, municipality_id: int, post_id: int) -> list[Holder]:
    """Return everyone who holds or has held a post, the latest first."""
    return sorted(
        _held(session, municipality_id, [post_id]),
        key=lambda holder: (holder.holding.valid_from or dt.date.min, holder.holding.id),
        reverse=True,
    )


def get_holding(session: Session, municipality_id: int, identity: int) -> Holding | None:
    """Return one holding, removed or not."""
    return history.row(session, Holding, municipality_id, identity, None)


def post_ids_of(session: Session, municipality_id: int, email: str, day: dt.date) -> frozenset[int]:
    """Return the posts that the person with this e-mail holds on a day (``Actor.post_ids``); case does not matter."""
    statement = (
        select(Holding)
        .join(Person, Person.id == Holding.person_id)
        .where(
            Holding.municipality_id == municipality_id,
            Holding.removed.is_(False),
            func.lower(Person.email) == email.lower(),
        )
    )
    return frozenset(holding.post_id for holding in session.scalars(statement) if is_valid(holding, day))


def _held(
    session: Session, municipality_id: int, post_ids: Collection[int] | None, at: int | None = None
) -> list[Holder]:
    if at is not None:
        known = {person.id: person for person in people(session, municipality_id)}
        rows = history.rows(session, Holding, municipality_id, at)
        chosen = [row for row in rows if post_ids is None or row.post_id in post_ids]
        return sorted(
            (Holder(row, known[row.person_id]) for row in chosen), key=lambda one: (one.person.name, one.holding.id)
        )
    statement = (
        select(Holding, Person)
        .join(Person, Person.id == Holding.person_id)
        .where(Holding.municipality_id == municipality_id, Holding.removed.is_(False))
        .order_by(Person.name, Holding.id)
    )
    if post_ids is not None:
        statement = statement.where(Holding.post_id.in_(post_ids))
    return [Holder(holding, person) for holding, person in session.execute(statement)]
