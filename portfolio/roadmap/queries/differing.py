"""What changed between two times: what register, budgets and reviews tell, narrowed by the register's filter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from portfolio.budgets.queries import changed_sums
from portfolio.core import history
from portfolio.forums.models import InitiativeForum
from portfolio.register.queries import categories_of, read_difference
from portfolio.register.rules import Aspect, Difference, InitiativeFilter, ItemDifference
from portfolio.reviews.queries import changed_health


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What is asked of a difference: which initiatives, judged on which day, and which kinds of change (empty: all).

    ``by_class`` reads the classes of initiatives, which a filter by class needs too, ``by_forum`` the forums.
    """

    filter: InitiativeFilter
    day: dt.date
    aspects: frozenset[Aspect]
    by_class: bool = False
    by_forum: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """A difference narrowed, with the ids of the classes and of the handling forum of its initiatives."""

    difference: Difference
    classes: Mapping[int, frozenset[int]]
    forums: Mapping[int, int]


def read_changes(session: Session, municipality_id: int, first: int, second: int | None, asked: Narrowed) -> Told:
    """Read what differs between two revisions (``second`` None: now), in a number of statements that rows do not grow.

    The filter asks each initiative as it is at the later time, or as it was removed.
    """
    money = changed_sums(session, municipality_id, first, second)
    health = changed_health(session, municipality_id, first, second)
    whole = read_difference(session, municipality_id, first, second, money=money, health=health)
    ids = [item.row.id for item in whole.items] if asked.by_class or asked.filter.category_groups else []
    found = categories_of(session, municipality_id, ids, at=second) if ids else {}
    classes = {identity: frozenset(one.id for one in rows) for identity, rows in found.items()}
    items = tuple(_kept(whole.items, classes, asked))
    handled = history.rows(session, InitiativeForum, municipality_id, second) if asked.by_forum else ()
    return Told(replace(whole, items=items), classes, {one.initiative_id: one.forum_id for one in handled})


def _kept(
    items: Sequence[ItemDifference], classes: Mapping[int, Collection[int]], asked: Narrowed
) -> Iterator[ItemDifference]:
    tests = asked.filter.tests(asked.day)
    for item in items:
        own = classes.get(item.row.id, ())
        if (not asked.aspects or item.aspects & asked.aspects) and all(test(item.row, own) for test in tests):
            yield item
