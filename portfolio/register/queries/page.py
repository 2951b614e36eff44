"""A page of a list of initiatives, with what the list shows beside the rows themselves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portfolio.core import history
from portfolio.core.database import Owned
from portfolio.organisation.models import Post, Unit
from portfolio.register.models import Category, Initiative, Portfolio
from portfolio.register.queries.initiatives import updated_at
from portfolio.register.queries.matching import conditions, matching, matching_ids, rows_in_order
from portfolio.register.queries.parts import categories_of
from portfolio.register.queries.sorting import DEFAULT, in_order, past_in_order, ranked
from portfolio.register.rules import InitiativeFilter

M = TypeVar("M", bound=Owned)

BESIDE = frozenset({"units", "posts", "portfolios", "categories", "updated"})
"""What a page may hold beside its rows; each costs a statement, so a list asks for what it shows."""


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of a list, how many there are in all, and what they name: by id, removed or not.

    ``per_page`` is None when everything is on one page. ``categories`` and ``updated`` are by initiative. What was not
    asked for beside the rows is empty.
    """

    rows: tuple[Initiative, ...]
    total: int
    page: int
    per_page: int | None
    units: Mapping[int, Unit]
    posts: Mapping[int, Post]
    portfolios: Mapping[int, Portfolio]
    categories: Mapping[int, tuple[Category, ...]]
    updated: Mapping[int, dt.datetime]

    @property
    def pages(self) -> int:
        """Return how many pages there are; an empty list has one."""
        return _pages(self.total, self.per_page)


def find_initiatives(  # noqa: PLR0913 -- a list has a filter, an order, a place in it, a time, and what stands beside it
    session: Session,
    municipality_id: int,
    chosen: InitiativeFilter,
    *,
    today: dt.date,
    sort: str = DEFAULT,
    page: int = 1,
    per_page: int | None = 50,
    at: int | None = None,
    beside: Collection[str] = BESIDE,
    ranks: Mapping[int, int] | None = None,
) -> Page:
    """Return one page of the initiatives that a filter keeps, now or after revision ``at``, and what stands beside it.

    A page past the end is the last one. The number of statements does not depend on the number of rows. ``ranks`` puts
    the rows in another order than ``sort`` can: by the place that each has in it, those without one last.
    """
    if at is None:
        total, number, rows = _present(session, municipality_id, chosen, today, sort, (page, per_page), ranks)
    else:
        ordered = past_in_order(session, municipality_id, sort, at)
        found = matching(session, municipality_id, ordered, chosen, today=today, at=at)
        found = found if ranks is None else ranked(found, ranks, attrgetter("id"))
        total = len(found)
        number = _within(page, total, per_page)
        rows = found[_part(number, per_page)]
    ids = [row.id for row in rows]

    def named(name: str, model: type[M], ids: Collection[int | None]) -> dict[int, M]:
        return _named(session, model, municipality_id, ids, at) if name in beside else {}

    return Page(
        rows=tuple(rows),
        total=total,
        page=number,
        per_page=per_page,
        units=named("units", Unit, {row.unit_id for row in rows}),
        posts=named("posts", Post, {row.owner_post_id for row in rows}),
        portfolios=named("portfolios", Portfolio, {row.portfolio_id for row in rows}),
        categories=categories_of(session, municipality_id, ids, at=at) if "categories" in beside else {},
        updated=updated_at(session, ids, at=at) if "updated" in beside else {},
    )


def _present(
    session: Session,
    municipality_id: int,
    chosen: InitiativeFilter,
    today: dt.date,
    sort: str,
    place: tuple[int, int | None],
    ranks: Mapping[int, int] | None,
) -> tuple[int, int, list[Initiative]]:
    """Return how many rows there are now, the page's number and its rows.

    A text must be looked for in every row, and ranks are not the database's, so then one statement gives all ids;
    otherwise the index counts and sorts.
    """
    page, per_page = place
    ordered = in_order(matching_ids(municipality_id, chosen, today=today), sort)
    if chosen.words or per_page is None or ranks is not None:
        ids = list(session.scalars(ordered))
        ids = ids if ranks is None else ranked(ids, ranks, int)
        number = _within(page, len(ids), per_page)
        return len(ids), number, rows_in_order(session, ids[_part(number, per_page)])
    counted = select(func.count()).select_from(Initiative).where(*conditions(municipality_id, chosen, today))
    total = session.scalar(counted) or 0
    number = _within(page, total, per_page)
    shown = ordered.limit(per_page).offset(_part(number, per_page).start)
    return total, number, rows_in_order(session, list(session.scalars(shown)))


def _named(
    session: Session, model: type[M], municipality_id: int, ids: Collection[int | None], at: int | None
) -> dict[int, M]:
    wanted = frozenset(identity for identity in ids if identity is not None)
    if at is not None:
        past = history.past(session, model, municipality_id, at)
        return {identity: past[identity] for identity in wanted if identity in past}
    return {row.id: row for row in history.rows(session, model, municipality_id, with_removed=True, id=wanted)}


def _part(number: int, per_page: int | None) -> slice:
    return slice(0, None) if per_page is None else slice((number - 1) * per_page, number * per_page)


def _pages(total: int, per_page: int | None) -> int:
    return 1 if per_page is None else max(1, -(-total // per_page))


def _within(number: int, total: int, per_page: int | None) -> int:
    return min(max(number, 1), _pages(total, per_page))
