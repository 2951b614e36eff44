"""What a roadmap is made of: the initiatives that a filter keeps, with their marks, owners, classes and money.

The number of statements does not depend on how many initiatives there are.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
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
    classes: defaultdict[int, set[int]] = defaultdict(set)
    for initiative_id, category_id in read_parts(session, Classed, InitiativeCategory, municipality_id, ids, at):
        classes[initiative_id].add(category_id)
    forums = dict(read_parts(session, Handled, InitiativeForum, municipality_id, ids, at))
    posts = read_owners(session, municipality_id, (row.owner_post_id for row in rows), at)
    return [
        FoundInitiative(
            row,
            posts.get(row.owner_post_id) if row.owner_post_id else None,
            classes.get(row.id, NO_CLASS),
            milestones.get(row.id, ()),
            deadlines.get(row.id, ()),
            forums.get(row.id),
        )
        for row in rows
    ]


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


def _by_initiative(rows: Iterable[P]) -> Mapping[int, Sequence[P]]:
    grouped: defaultdict[int, list[P]] = defaultdict(list)
    for row in rows:
        grouped[row.initiative_id].append(row)
    return grouped
