"""The orders of a list of initiatives: the same for SQL now and for rows of the past.

What has no value comes last in both directions; equals come in order of id.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import Session

from portfolio.core import history
from portfolio.core.history import Change
from portfolio.organisation.models import Post, Unit
from portfolio.register.models import Initiative
from portfolio.register.rules import Status

T = TypeVar("T")

DEFAULT = "title"
ENTITY = Initiative.__tablename__

_LIFECYCLE = {status: place for place, status in enumerate(Status)}


@dataclass(frozen=True, slots=True)
class Order:
    """One way to sort: a column or expression, the table it must be joined from, and whether it may be empty."""

    expression: ColumnElement[Any]
    of_past_row: Callable[[Initiative, Mapping[int | None, Any]], Any]
    joined: type[Unit | Post] | None = None
    may_be_empty: bool = True


def _newest_change() -> ColumnElement[Any]:
    newest = select(func.max(Change.revision_id)).where(Change.entity == ENTITY, Change.entity_id == Initiative.id)
    return newest.correlate(Initiative).scalar_subquery()


_ORDERS: dict[str, Order] = {
    "title": Order(Initiative.title_sort.expression, lambda row, _: row.title_sort, may_be_empty=False),
    "code": Order(Initiative.code_sort.expression, lambda row, _: row.code_sort, may_be_empty=False),
    "status": Order(
        case(_LIFECYCLE, value=Initiative.status), lambda row, _: _LIFECYCLE[row.status], may_be_empty=False
    ),
    "starts": Order(Initiative.starts_on.expression, lambda row, _: row.starts_on),
    "ends": Order(Initiative.ends_on.expression, lambda row, _: row.ends_on),
    "progress": Order(Initiative.progress.expression, lambda row, _: row.progress),
    "unit": Order(Unit.name_sort.expression, lambda row, names: names.get(row.unit_id), Unit),
    "owner": Order(Post.title_sort.expression, lambda row, names: names.get(row.owner_post_id), Post),
    "updated": Order(_newest_change(), lambda row, newest: newest.get(row.id), may_be_empty=False),
}

SORTS = frozenset(_ORDERS)
"""What a list may be sorted by; a minus sign before it turns the order round."""


def in_order(statement: Select[Any], sort: str) -> Select[Any]:
    """Sort a statement over initiatives; what is not in ``SORTS`` sorts by title."""
    order, descending = _read(sort)
    if order.joined is Unit:
        statement = statement.outerjoin(Unit, Unit.id == Initiative.unit_id)
    elif order.joined is Post:
        statement = statement.outerjoin(Post, Post.id == Initiative.owner_post_id)
    key = order.expression.desc() if descending else order.expression.asc()
    return statement.order_by(key.nulls_last() if order.may_be_empty else key, Initiative.id)


def past_in_order(session: Session, municipality_id: int, sort: str, at: int) -> tuple[Initiative, ...]:
    """Return a municipality's initiatives as they were after a revision, sorted; put in order once and kept."""
    order, descending = _read(sort)

    def make() -> tuple[Initiative, ...]:
        known = _looked_up(session, municipality_id, order, at)
        keyed = [(order.of_past_row(row, known), row) for row in history.rows(session, Initiative, municipality_id, at)]
        valued = sorted((pair for pair in keyed if pair[0] is not None), key=itemgetter(0), reverse=descending)
        return (*(row for _, row in valued), *(row for value, row in keyed if value is None))

    return history.kept(session, ("initiatives in order", order, descending, municipality_id, at), make)


def ranked(rows: Iterable[T], ranks: Mapping[int, int], id_of: Callable[[T], int]) -> list[T]:
    """Put rows in the order of a rank by id; those without one come last, equals stay as they were."""
    last = max(ranks.values(), default=0) + 1
    return sorted(rows, key=lambda row: ranks.get(id_of(row), last))


def _read(sort: str) -> tuple[Order, bool]:
    descending = sort.startswith("-")
    return _ORDERS.get(sort.removeprefix("-"), _ORDERS[DEFAULT]), descending and sort.removeprefix("-") in _ORDERS


def _looked_up(session: Session, municipality_id: int, order: Order, at: int) -> Mapping[int | None, Any]:
    """Return what the order needs beside the row itself: names of units or posts, or the newest revisions."""
    if order.joined is Unit:
        return {one.id: one.name_sort for one in history.past(session, Unit, municipality_id, at).values()}
    if order.joined is Post:
        return {one.id: one.title_sort for one in history.past(session, Post, municipality_id, at).values()}
    if order is not _ORDERS["updated"]:
        return {}
    newest = (
        select(Change.entity_id, func.max(Change.revision_id))
        .where(Change.entity == ENTITY, Change.municipality_id == municipality_id, Change.revision_id <= at)
        .group_by(Change.entity_id)
    )
    return dict(session.execute(newest).all())
