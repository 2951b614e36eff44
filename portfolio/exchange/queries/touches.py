"""Who last changed the cells that a plan holds against a file, wherever in the tables they are kept."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from sqlalchemy import func, or_, select, tuple_

from portfolio.budgets.models import BudgetLine, FundingSource
from portfolio.core.history import Change, Revision
from portfolio.exchange.columns import (
    CATEGORY,
    COLUMNS,
    MEASURE,
    MONEY,
    QUESTION,
    SUBMITTED,
    VALUE,
    Entity,
    money_parts,
)
from portfolio.exchange.merge import Outcome
from portfolio.exchange.models import PlannedCell, PlannedRow
from portfolio.exchange.queries.measured import told_places
from portfolio.exchange.queries.present import MODELS
from portfolio.forums.models import DecisionInitiative, InitiativeForum
from portfolio.register.models import Category, CategoryScheme, IndicatorValue, InitiativeCategory
from portfolio.reviews.models import ReviewAnswer

if TYPE_CHECKING:
    from sqlalchemy import Select
    from sqlalchemy.orm import Session

OTHERS = frozenset({Outcome.KEEP, Outcome.CONFLICT})
"""The outcomes of cells whose current side somebody changed."""

Kept: TypeAlias = tuple[str, int, str | None]
"""Where a cell is kept: (table, row, column), None for any column of the row."""


@dataclass(frozen=True, slots=True)
class Touch:
    """The latest revision that changed a cell: when, by whom and whence."""

    revision_id: int
    at: dt.datetime
    user_id: int | None
    source: str
    source_ref: str | None


def touches(session: Session, cells: Sequence[tuple[PlannedRow, PlannedCell]]) -> dict[int, Touch]:
    """Return by the cell's id who last changed what it is held against, for cells that others changed."""
    wanted = [(row, cell) for row, cell in cells if cell.outcome in OTHERS and row.entity_id is not None]
    kept: dict[int, list[Kept]] = defaultdict(list)
    for table, some in _by_place(wanted).items():
        for cell_id, one in _places(session, table, some):
            kept[cell_id].append(one)
    latest = _latest(session, {one for few in kept.values() for one in few})
    found = {cell_id: max((latest[one] for one in few if one in latest), default=0) for cell_id, few in kept.items()}
    revisions = session.scalars(select(Revision).where(Revision.id.in_(set(found.values()))))
    by_id = {one.id: Touch(one.id, one.at, one.user_id, one.source, one.source_ref) for one in revisions}
    return {cell_id: by_id[revision] for cell_id, revision in found.items() if revision in by_id}


Cells: TypeAlias = "list[tuple[PlannedRow, PlannedCell]]"


def _by_place(cells: Iterable[tuple[PlannedRow, PlannedCell]]) -> dict[str, Cells]:
    found: dict[str, Cells] = defaultdict(list)
    for row, cell in cells:
        prefix = next((one for one in (CATEGORY, MONEY, VALUE, QUESTION, MEASURE) if cell.field.startswith(one)), "")
        apart = cell.field in _LOOKUPS and _column(row, cell) is None
        found[prefix or (cell.field if apart else "")].append((row, cell))
    return found


def _column(row: PlannedRow, cell: PlannedCell) -> str | None:
    if cell.field == SUBMITTED:
        return "state"
    column = COLUMNS[Entity(row.entity)].get(cell.field)
    return column.stored if column else None


def _places(session: Session, place: str, cells: Cells) -> Iterator[tuple[int, Kept]]:
    """Give for each cell where it is kept; what stands in a table of its own is looked up by its owner.

    What is no column of its row, as its removal, is about the row whole.
    """
    if not place:
        for row, cell in cells:
            table = str(MODELS[Entity(row.entity)].__tablename__)  # type: ignore[attr-defined] # every model has a table
            yield cell.id, (table, row.entity_id or 0, _column(row, cell))
        return
    table, statement = _LOOKUPS[place]
    owners = {row.entity_id for row, _ in cells}
    rows = session.execute(statement(owners)).all()
    for row, cell in cells:
        for identity, owner, *told in rows:
            if owner == row.entity_id and _means(place, cell.field, told):
                yield cell.id, (table, identity, money_parts(cell.field)[3] if place == MONEY else None)


def _means(place: str, name: str, told: Sequence[Any]) -> bool:
    """Tell whether a row of a table of its own holds the field."""
    if place == MONEY:
        year, part, source, _ = money_parts(name)
        return list(told) == [year, part, source]
    return not told or name == f"{place}{told[0]}"


def _lines(owners: set[int | None]) -> Select[*tuple[Any, ...]]:
    return (
        select(BudgetLine.id, BudgetLine.initiative_id, BudgetLine.year, BudgetLine.part, FundingSource.code)
        .join(FundingSource, FundingSource.id == BudgetLine.source_id)
        .where(BudgetLine.initiative_id.in_(owners))
    )


def _classes(owners: set[int | None]) -> Select[*tuple[Any, ...]]:
    return (
        select(InitiativeCategory.id, InitiativeCategory.initiative_id, CategoryScheme.code)
        .join(Category, Category.id == InitiativeCategory.category_id)
        .join(CategoryScheme, CategoryScheme.id == Category.scheme_id)
        .where(InitiativeCategory.initiative_id.in_(owners))
    )


def _values(owners: set[int | None]) -> Select[*tuple[Any, ...]]:
    found = select(IndicatorValue.id, IndicatorValue.indicator_id, IndicatorValue.year)
    return found.where(IndicatorValue.indicator_id.in_(owners))


def _answers(owners: set[int | None]) -> Select[*tuple[Any, ...]]:
    found = select(ReviewAnswer.id, ReviewAnswer.review_id, ReviewAnswer.question_id)
    return found.where(ReviewAnswer.review_id.in_(owners))


def _forums(owners: set[int | None]) -> Select[*tuple[Any, ...]]:
    found = select(InitiativeForum.id, InitiativeForum.initiative_id)
    return found.where(InitiativeForum.initiative_id.in_(owners))


def _decisions(owners: set[int | None]) -> Select[*tuple[Any, ...]]:
    found = select(DecisionInitiative.id, DecisionInitiative.initiative_id)
    return found.where(DecisionInitiative.initiative_id.in_(owners))


def _initiatives(owners: set[int | None]) -> Select[*tuple[Any, ...]]:
    found = select(DecisionInitiative.id, DecisionInitiative.decision_id)
    return found.where(DecisionInitiative.decision_id.in_(owners))


_LOOKUPS = {
    CATEGORY: ("initiative_category", _classes),
    MONEY: ("budget_line", _lines),
    VALUE: ("indicator_value", _values),
    QUESTION: ("review_answer", _answers),
    MEASURE: ("review_indicator", told_places),
    "forum": ("initiative_forum", _forums),
    "decision": ("decision_initiative", _decisions),
    "initiatives": ("decision_initiative", _initiatives),
}


def _latest(session: Session, kept: set[Kept]) -> dict[Kept, int]:
    """Return the latest revision of each place; a row's birth and its removal count for every column of it."""
    if not kept:
        return {}
    rows = {(table, identity) for table, identity, _ in kept}
    statement = (
        select(Change.entity, Change.entity_id, Change.field, func.max(Change.revision_id))
        .where(or_(tuple_(Change.entity, Change.entity_id).in_(sorted(rows))))
        .group_by(Change.entity, Change.entity_id, Change.field)
    )
    by_row: dict[tuple[str, int], dict[str, int]] = defaultdict(dict)
    for entity, identity, name, revision in session.execute(statement):
        by_row[entity, identity][name] = revision
    return {
        one: max(
            (
                revision
                for name, revision in by_row[one[0], one[1]].items()
                if one[2] in {None, name} or name in {"*", "removed"}
            ),
            default=0,
        )
        for one in kept
    }
