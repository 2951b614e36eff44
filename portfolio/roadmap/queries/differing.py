"""What changed between two times: what register, budgets and reviews tell, narrowed by the register's filter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from portfolio.budgets.queries import changed_sums
from portfolio.core import history
from portfolio.core.language import N_, say
from portfolio.forums.models import InitiativeForum
from portfolio.register.queries import categories_of, read_difference, search_texts
from portfolio.register.rules import Aspect, Difference, InitiativeFilter, ItemDifference, narrow
from portfolio.reviews.queries import changed_health
from portfolio.roadmap.queries.find import FoundInitiative
from portfolio.roadmap.queries.grouping import Grouping

NO_LANE = N_("No group")


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What is asked of a difference: which initiatives, judged on which day, and which kinds of change (empty: all).

    ``grouping`` tells what else is read of them, so that they can be put into its lanes. ``before`` is the filter as it
    reads at the earlier time, where that is another.
    """

    filter: InitiativeFilter
    day: dt.date
    aspects: frozenset[Aspect] = frozenset()
    grouping: Grouping | None = None
    before: InitiativeFilter | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """An initiative that differs, in one of its lanes, by the lane's title."""

    lane: str
    item: ItemDifference


@dataclass(frozen=True, slots=True)
class NarrowedDifference:
    """A difference narrowed, with the ids of the classes and of the handling forum of its initiatives."""

    difference: Difference
    classes: Mapping[int, frozenset[int]]
    forums: Mapping[int, int]

    def in_lanes(self, grouping: Grouping, language: str) -> Iterator[Placed]:
        """Put each initiative into its lanes, in their order; what is in none of them stands last."""
        names = {head.key: head.title for head in grouping.heads}
        names.setdefault("", say(NO_LANE, language))
        order = {key: place for place, key in enumerate(names)}
        found = [(key, item) for item in self.difference.items for key in self._lanes_of(item, grouping, order)]
        for key, item in sorted(found, key=lambda one: order[one[0]]):
            yield Placed(names[key], item)

    def _lanes_of(self, item: ItemDifference, grouping: Grouping, known: Collection[str]) -> list[str]:
        classes = self.classes.get(item.row.id, frozenset())
        found = FoundInitiative(item.row, None, classes, (), (), self.forums.get(item.row.id))
        return [key for key in grouping.lanes_of(found) if key in known] or [""]


def read_changes(
    session: Session, municipality_id: int, first: int, second: int | None, asked: Narrowed
) -> NarrowedDifference:
    """Read what differs between two revisions (``second`` None: now), in a number of statements that rows do not grow.

    The filter asks each initiative as it was at both times; ``register.rules.narrow`` says what comes of that.
    """
    whole = _whole(session, municipality_id, first, second)
    by_class = asked.grouping is not None and asked.grouping.needs_classes
    ids = [item.row.id for item in whole.items] if by_class or asked.filter.category_groups else []
    found = categories_of(session, municipality_id, ids, at=second) if ids else {}
    classes = {identity: frozenset(one.id for one in rows) for identity, rows in found.items()}
    texts = search_texts(session, municipality_id, whole.items, first) if asked.filter.words else {}
    kept = narrow(whole.items, asked.filter, classes, asked.day, texts, asked.before)
    items = tuple(item for item in kept if not asked.aspects or item.aspects & asked.aspects)
    by_forum = asked.grouping is not None and asked.grouping.needs_forum
    handled = history.rows(session, InitiativeForum, municipality_id, second) if by_forum else ()
    return NarrowedDifference(
        replace(whole, items=items), classes, {one.initiative_id: one.forum_id for one in handled}
    )


def _whole(session: Session, municipality_id: int, first: int, second: int | None) -> Difference:
    """Read what differs in the municipality, once until anybody writes anything.

    Another filter, grouping or face of the same comparison is narrowed from it: what a filter keeps no more is told
    too, so that no filter narrows what must be read.
    """

    def make() -> Difference:
        money = changed_sums(session, municipality_id, first, second)
        health = changed_health(session, municipality_id, first, second)
        return read_difference(session, municipality_id, first, second, money=money, health=health)

    return history.kept_now(session, ("difference", municipality_id, first, second), make)
