"""What belongs to initiatives in rows of their own, now or after a revision."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from portfolio.core import history
from portfolio.core.records import chunks
from portfolio.core.text import sort_key
from portfolio.register.models import (
    Category,
    CategoryScheme,
    DocumentLink,
    Indicator,
    InitiativeCategory,
    Milestone,
    RecurringDeadline,
)

P = TypeVar("P", Milestone, RecurringDeadline, Indicator, DocumentLink)


def parts_of(
    session: Session, model: type[P], municipality_id: int, initiative_ids: Collection[int], *, at: int | None = None
) -> list[P]:
    """Return milestones (in order of time), deadlines (in order of the year), indicators or links of initiatives."""
    if not initiative_ids:
        return []
    rows = history.rows(session, model, municipality_id, at, initiative_id=frozenset(initiative_ids))
    return sorted(rows, key=_place)


def deadlines_of_portfolio(
    session: Session, municipality_id: int, portfolio_id: int, *, at: int | None = None
) -> list[RecurringDeadline]:
    """Return a portfolio's own deadlines in the order of the year."""
    return sorted(history.rows(session, RecurringDeadline, municipality_id, at, portfolio_id=portfolio_id), key=_place)


def categories_of(
    session: Session, municipality_id: int, initiative_ids: Collection[int], *, at: int | None = None
) -> dict[int, tuple[Category, ...]]:
    """Return the classes of initiatives, by initiative; those that are removed, or whose scheme is, are left out."""
    if at is not None:
        past = _past_classes(session, municipality_id, at)
        return {identity: past[identity] for identity in initiative_ids if identity in past}
    return _by_initiative(_present_classes(session, initiative_ids))


def _by_initiative(pairs: Iterable[tuple[int, Category]]) -> dict[int, tuple[Category, ...]]:
    found: dict[int, list[Category]] = defaultdict(list)
    for initiative_id, category in pairs:
        found[initiative_id].append(category)
    return {identity: tuple(sorted(classes, key=_class_place)) for identity, classes in found.items()}


def _present_classes(session: Session, initiative_ids: Collection[int]) -> list[tuple[int, Category]]:
    found: list[tuple[int, Category]] = []
    for chunk in chunks(list(initiative_ids)):
        statement = (
            select(InitiativeCategory.initiative_id, Category)
            .join(Category, Category.id == InitiativeCategory.category_id)
            .join(CategoryScheme, CategoryScheme.id == Category.scheme_id)
            .where(
                InitiativeCategory.initiative_id.in_(chunk),
                InitiativeCategory.removed.is_(False),
                Category.removed.is_(False),
                CategoryScheme.removed.is_(False),
            )
        )
        found.extend((initiative_id, category) for initiative_id, category in session.execute(statement))
    return found


def _past_classes(session: Session, municipality_id: int, at: int) -> dict[int, tuple[Category, ...]]:
    """Return the classes of every initiative after a revision, put together once and kept."""

    def make() -> dict[int, tuple[Category, ...]]:
        schemes = {one.id for one in history.rows(session, CategoryScheme, municipality_id, at)}
        rows = history.rows(session, Category, municipality_id, at)
        classes = {one.id: one for one in rows if one.scheme_id in schemes}
        links = history.rows(session, InitiativeCategory, municipality_id, at)
        return _by_initiative(
            (link.initiative_id, classes[link.category_id]) for link in links if link.category_id in classes
        )

    return history.kept(session, ("classes in order", municipality_id, at), make)


def _class_place(category: Category) -> tuple[Any, ...]:
    return category.scheme_id, category.position, sort_key(category.name_fi), category.id


def _place(row: Milestone | RecurringDeadline | Indicator | DocumentLink) -> tuple[Any, ...]:
    match row:
        case Milestone():
            return row.ends_on or row.starts_on or dt.date.max, row.id
        case RecurringDeadline():
            return row.month, row.day, row.id
        case _:
            return (row.id,)
