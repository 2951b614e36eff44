"""Classifications as their own page tells them: classes with their levels and how many initiatives each holds."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portfolio.core import history
from portfolio.register.models import Category, CategoryScheme, Initiative, InitiativeCategory
from portfolio.register.queries.settings import schemes


@dataclass(frozen=True, slots=True)
class ClassCount:
    """A class, how many classes stand above it, and how many initiatives are in it."""

    category: Category
    level: int
    initiatives: int


@dataclass(frozen=True, slots=True)
class SchemeCounts:
    """A way of classifying with its classes in order."""

    scheme: CategoryScheme
    classes: tuple[ClassCount, ...]


def counted_schemes(session: Session, municipality_id: int, *, at: int | None = None) -> list[SchemeCounts]:
    """Return every classification with its classes, levels and counts, now or after a revision."""
    counts = _present(session, municipality_id) if at is None else _past(session, municipality_id, at)
    found = []
    for one in schemes(session, municipality_id, at=at):
        levels: dict[int | None, int] = {}
        for category in one.categories:
            levels[category.id] = levels.get(category.parent_id, -1) + 1
        classes = tuple(ClassCount(row, levels[row.id], counts[row.id]) for row in one.categories)
        found.append(SchemeCounts(one.scheme, classes))
    return found


def _present(session: Session, municipality_id: int) -> Counter[int]:
    statement = (
        select(InitiativeCategory.category_id, func.count())
        .join(Initiative, Initiative.id == InitiativeCategory.initiative_id)
        .where(
            InitiativeCategory.municipality_id == municipality_id,
            InitiativeCategory.removed.is_(False),
            Initiative.removed.is_(False),
        )
        .group_by(InitiativeCategory.category_id)
    )
    return Counter(dict(session.execute(statement).all()))


def _past(session: Session, municipality_id: int, at: int) -> Counter[int]:
    there = {row.id for row in history.rows(session, Initiative, municipality_id, at)}
    links = history.rows(session, InitiativeCategory, municipality_id, at)
    return Counter(link.category_id for link in links if link.initiative_id in there)
