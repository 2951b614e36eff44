"""What a roadmap is made of: the initiatives that a filter keeps, with their marks, owners, classes and money.

The number of statements does not depend on how many initiatives there are.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cache
from itertools import repeat
from typing import NamedTuple, TypeVar

from sqlalchemy.orm import Session

from portfolio.budgets.queries import sums_by_initiative
from portfolio.budgets.rules import Sum
from portfolio.forums.models import InitiativeForum
from portfolio.register.models import InitiativeCategory, Milestone, RecurringDeadline
from portfolio.register.rules import InitiativeFilter
from portfolio.reviews.rules import Health
from portfolio.roadmap.queries.rows import (
    Classed,
    Drawn,
    Due,
    Handled,
    Marked,
    Owner,
    read_initiatives,
    read_owners,
    read_parts,
)

P = TypeVar("P", Marked, Due)
NO_CLASS: AbstractSet[int] = frozenset()


class FoundInitiative(NamedTuple):
    """One initiative with what belongs to it.

    ``category_ids`` are its classes in every scheme; ``owner`` is the responsible post, ``forum_id`` the forum that
    handles it, both None where there is none.
    """

    row: Drawn
    owner: Owner | None = None
    category_ids: AbstractSet[int] = NO_CLASS
    milestones: Sequence[Marked] = ()
    deadlines: Sequence[Due] = ()
    forum_id: int | None = None
    health: Health | None = None


def find(
    session: Session, municipality_id: int, wanted: InitiativeFilter, *, today: dt.date, at: int | None = None
) -> list[FoundInitiative]:
    """Return what the filter keeps, now or after revision ``at``, in no order."""
    rows = read_initiatives(session, municipality_id, wanted, today, at)
    ids = None if wanted.is_empty else [row.id for row in rows]
    milestones = _by_initiative(read_parts(session, Marked, Milestone, municipality_id, ids, at))
    deadlines = _by_initiative(read_parts(session, Due, RecurringDeadline, municipality_id, ids, at))
    classes = _classes(read_parts(session, Classed, InitiativeCategory, municipality_id, ids, at))
    forums = dict(read_parts(session, Handled, InitiativeForum, municipality_id, ids, at))
    posts = read_owners(session, municipality_id, (row.owner_post_id for row in rows), at)
    every = [row.id for row in rows]
    owners = (posts.get(row.owner_post_id or 0) for row in rows)
    own_classes = map(classes.get, every, repeat(NO_CLASS))
    own_parts = (map(parts.get, every, repeat(())) for parts in (milestones, deadlines))
    return list(map(FoundInitiative, rows, owners, own_classes, *own_parts, map(forums.get, every)))


def planned(
    session: Session,
    municipality_id: int,
    found: Collection[FoundInitiative] | None,
    years: range,
    *,
    at: int | None = None,
) -> dict[int, Sum]:
    """Return the money planned for these years by initiative, None is for all; one that is missing has no figure."""
    ids = None if found is None else [one.row.id for one in found]
    return sums_by_initiative(session, municipality_id, ids, years, at=at)


def _classes(links: Iterable[Classed]) -> Mapping[int, AbstractSet[int]]:
    """Gather the classes of initiatives; most have one, and those that have the same share one set."""
    alone = cache(lambda category_id: frozenset((category_id,)))
    classes: dict[int, AbstractSet[int]] = {}
    for initiative_id, category_id in links:
        others = classes.get(initiative_id)
        classes[initiative_id] = alone(category_id) if others is None else others | alone(category_id)
    return classes


def _by_initiative(rows: Iterable[P]) -> Mapping[int, Sequence[P]]:
    grouped: defaultdict[int, list[P]] = defaultdict(list)
    for row in rows:
        grouped[row.initiative_id].append(row)
    return grouped
