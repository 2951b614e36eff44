"""Reading the initiatives of a report with what names them: a number of statements that does not grow with them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portfolio.budgets.queries import amounts_by_initiative
from portfolio.budgets.rules import Sum
from portfolio.core import history
from portfolio.documents.report import Area, Item, Name, ReviewSummary
from portfolio.organisation.models import Post
from portfolio.organisation.queries import units
from portfolio.register.models import Initiative
from portfolio.register.queries import categories_of

SHOWN = (
    *("id", "code", "title_fi", "title_sv", "title_sort", "kind", "status", "unit_id", "owner_post_id", "timespan"),
    *("starts_on", "ends_on", "progress", "summary_fi", "summary_sv", "goals", "done_so_far", "results"),
    *("budget_effect", "completed_on"),
)
"""What is read of an initiative."""


def rows_of(session: Session, municipality_id: int, portfolio_id: int, *, at: int | None = None) -> list[Any]:
    """Return a portfolio's initiatives in Finnish order of title, now or after a revision."""
    if at is None:
        columns = [getattr(Initiative, name) for name in SHOWN]
        own = (Initiative.municipality_id == municipality_id, Initiative.portfolio_id == portfolio_id)
        found: list[Any] = list(session.execute(select(*columns).where(*own, Initiative.removed.is_(False))))
    else:
        found = [*history.rows(session, Initiative, municipality_id, at, portfolio_id=portfolio_id)]
    return sorted(found, key=lambda row: (row.title_sort, row.id))


def areas_of(session: Session, municipality_id: int, rows: Iterable[Any], *, at: int | None = None) -> list[Area]:
    """Return the units that the rows belong to, in the order of the tree; what has none comes last."""
    held = {row.unit_id for row in rows}
    found = [
        Area(one.unit.id, Name(one.unit.name_fi, one.unit.name_sv))
        for one in units(session, municipality_id, at=at)
        if one.unit.id in held
    ]
    known = {area.id for area in found}
    return [*found, *([Area(None, None)] if held - known else [])]


def make_items(
    session: Session,
    municipality_id: int,
    rows: Sequence[Any],
    areas: Sequence[Area],
    year: int,
    *,
    told: Mapping[int, ReviewSummary] | None = None,
    with_classes: bool = False,
    at: int | None = None,
) -> list[Item]:
    """Give rows as reports show them, in order of area and title, with the money of the year."""
    ids = [row.id for row in rows]
    posts = _posts(session, municipality_id, at)
    classes = categories_of(session, municipality_id, ids, at=at) if with_classes else {}
    money = amounts_by_initiative(session, municipality_id, ids, year, at=at)
    place = {area.id: number for number, area in enumerate(areas)}
    items = []
    for row in rows:
        area = row.unit_id if row.unit_id in place else None
        named = [Name(one.name_fi, one.name_sv) for one in classes.get(row.id, ())]
        items.append(make_item(row, posts, area, named, money.get(row.id, {}), (told or {}).get(row.id)))
    return sorted(items, key=lambda item: place.get(item.area_id, len(place)))


def make_item(
    row: Any,
    posts: Mapping[int, Name],
    area: int | None,
    classes: Sequence[Name] = (),
    money: Mapping[str, Sum] | None = None,
    told: ReviewSummary | None = None,
) -> Item:
    """Give one row as reports show it."""
    return Item(
        id=row.id,
        code=row.code,
        title=Name(row.title_fi, row.title_sv),
        kind=row.kind,
        status=row.status,
        area_id=area,
        owner=posts.get(row.owner_post_id or 0),
        time=row.timespan.words if row.timespan is not None else None,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        progress=row.progress,
        summary=Name(row.summary_fi, row.summary_sv) if row.summary_fi else None,
        goals=row.goals,
        done=row.done_so_far,
        results=row.results,
        classes=classes,
        money=money or {},
        told=told,
    )


def post_names(
    session: Session, municipality_id: int, ids: Collection[int | None], *, at: int | None = None
) -> dict[int, Name]:
    """Name a few posts, removed ones too; who holds them is nowhere in a report."""
    wanted = frozenset(one for one in ids if one is not None)
    rows = history.few(session, Post, municipality_id, at, with_removed=True, id=wanted) if wanted else []
    return {row.id: Name(row.title_fi, row.title_sv) for row in rows}


def _posts(session: Session, municipality_id: int, at: int | None) -> dict[int, Name]:
    rows = history.rows(session, Post, municipality_id, at, with_removed=True)
    return {row.id: Name(row.title_fi, row.title_sv) for row in rows}
