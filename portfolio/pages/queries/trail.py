"""The history of one initiative: its own cells and those of everything that belongs to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from sqlalchemy import Label, Table, literal, or_, select

from portfolio.budgets.models import BudgetLine
from portfolio.core import history
from portfolio.core.database import Owned
from portfolio.forums.models import DecisionInitiative, InitiativeForum
from portfolio.pages.queries.words import RevisionWords, described
from portfolio.register.models import (
    Dependency,
    DocumentLink,
    Indicator,
    IndicatorValue,
    Initiative,
    InitiativeCategory,
    Milestone,
    RecurringDeadline,
)

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

Item = tuple[str, int]

_PARTS: Mapping[type[Owned], tuple[str, ...]] = {
    Milestone: ("initiative_id",),
    RecurringDeadline: ("initiative_id",),
    Indicator: ("initiative_id",),
    DocumentLink: ("initiative_id",),
    InitiativeCategory: ("initiative_id",),
    Dependency: ("predecessor_id", "successor_id"),
    BudgetLine: ("initiative_id",),
    InitiativeForum: ("initiative_id",),
    DecisionInitiative: ("initiative_id",),
}
"""The tables whose rows belong to an initiative, and the columns that say to which."""


def items_of(session: Session, initiative: Initiative) -> list[Item]:
    """Name every row that tells something of an initiative, removed ones too, as (table, id)."""
    return [(Initiative.__tablename__, initiative.id), *_parts(session, initiative.id)]


def trail(
    session: Session,
    initiative: Initiative,
    language: str,
    *,
    items: list[Item] | None = None,
    at: int | None = None,
    limit: int = 5,
    offset: int = 0,
) -> list[RevisionWords]:
    """Say the latest revisions of an initiative and what belongs to it, newest first, up to revision ``at``."""
    found = history.changes_of(
        session, items if items is not None else items_of(session, initiative), limit=limit, offset=offset, at=at
    )
    return described(session, initiative.municipality_id, found, language, main=Initiative.__tablename__)


def _number(number: int) -> Label[int]:
    return literal(number).label("kind")


def _parts(session: Session, identity: int) -> Iterator[Item]:
    """Ask all tables at once: one statement, whatever they hold."""
    selects = []
    for number, (model, columns) in enumerate(_PARTS.items()):
        table: Table = model.__table__  # type: ignore[attr-defined] # mapped
        selects.append(select(_number(number), table.c.id).where(or_(*(table.c[name] == identity for name in columns))))
    indicators = select(Indicator.id).where(Indicator.initiative_id == identity)
    values = select(_number(len(_PARTS)), IndicatorValue.id).where(IndicatorValue.indicator_id.in_(indicators))
    names = [*(model.__tablename__ for model in _PARTS), IndicatorValue.__tablename__]  # type: ignore[attr-defined]
    for number, part in session.execute(selects[0].union_all(*selects[1:], values)):
        yield names[number], part
