"""How much of a plan there is: by part, by column, what would be written now, and what applying leaves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from portfolio.exchange.merge import Choice, Outcome, RowFate
from portfolio.exchange.models import PlannedCell, PlannedRow
from portfolio.exchange.queries.plan.parts import OUTCOMES, ROWS, UNDECIDED, PlanPart, conditions_of

if TYPE_CHECKING:
    from sqlalchemy import Select
    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class PlanCounts:
    """How much of each part there is, what would be written now, and how much waits.

    ``cells`` and ``rows`` are ticked: cells of rows that are there, and whole rows that are made, removed or brought
    back. ``undecided`` conflicts wait for a choice; ``blocked`` rows are left out because of what is wrong with them.
    """

    shown: Mapping[PlanPart, int]
    cells: int
    rows: int
    undecided: int
    blocked: int

    @property
    def ticked(self) -> int:
        """Count the changes that would be written now; a whole row is one."""
        return self.cells + self.rows


@dataclass(frozen=True, slots=True)
class ColumnCount:
    """One column of a part: how many cells, and how many of them wait for a choice."""

    entity: str
    field: str
    count: int
    undecided: int


@dataclass(frozen=True, slots=True)
class Leftovers:
    """What applying leaves for the next time: rows with errors, and changes that are not ticked."""

    blocked: int
    unticked: int

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing is left."""
        return not self.blocked and not self.unticked


def counts(session: Session, upload_id: int) -> PlanCounts:
    """Count the rows and cells of an upload's plan: by part, ticked, undecided, left out."""
    cells = _counted(session, PlannedCell.outcome, PlannedCell.upload_id == upload_id, PlannedCell.number >= 0)
    asked = (*ROWS.values(), PlannedRow.blocked)
    rows = select(*(func.count().filter(condition) for condition in asked)).where(PlannedRow.upload_id == upload_id)
    *parts, blocked = session.execute(rows).one()
    shown = {one: cells.get(outcome, 0) for one, outcome in OUTCOMES.items()} | dict(zip(ROWS, parts, strict=True))
    undecided = session.scalar(select(func.count()).where(PlannedCell.upload_id == upload_id, UNDECIDED))
    return PlanCounts(
        {one: shown[one] for one in PlanPart},
        _ticked_cells(session, upload_id),
        _ticked_rows(session, upload_id),
        undecided or 0,
        blocked,
    )


def columns(session: Session, upload_id: int, shown: PlanPart) -> list[ColumnCount]:
    """Count a part by its columns, the commonest first; parts that list rows have none."""
    if shown not in OUTCOMES:
        return []
    statement = (
        select(PlannedRow.entity, PlannedCell.field, func.count(), func.count().filter(UNDECIDED))
        .join(PlannedRow, PlannedRow.id == PlannedCell.row_id)
        .where(*conditions_of(upload_id, shown, None))
        .group_by(PlannedRow.entity, PlannedCell.field)
        .order_by(func.count().desc(), PlannedRow.entity, PlannedCell.field)
    )
    return [ColumnCount(*row) for row in session.execute(statement)]


def leftovers(session: Session, upload_id: int) -> Leftovers:
    """Count what an applied plan has left unwritten."""
    cells = session.scalar(unticked_cells(upload_id).with_only_columns(func.count()))
    rows = session.scalar(unticked_rows(upload_id).with_only_columns(func.count()))
    return Leftovers(_blocked(session, upload_id), (cells or 0) + (rows or 0))


def unticked_cells(upload_id: int) -> Select[PlannedCell]:
    """Select the changes that were decided alone and not ticked."""
    return (
        select(PlannedCell)
        .join(PlannedRow, PlannedRow.id == PlannedCell.row_id)
        .where(
            PlannedCell.upload_id == upload_id,
            PlannedCell.number >= 0,
            PlannedCell.outcome.in_((Outcome.APPLY, Outcome.CONFLICT)),
            ~PlannedCell.ticked,
            ~PlannedRow.blocked,
            PlannedRow.fate.not_in((RowFate.ADD, RowFate.REMOVE)),
        )
    )


def unticked_rows(upload_id: int) -> Select[PlannedRow]:
    """Select the new rows and the removals that were not ticked."""
    return select(PlannedRow).where(
        PlannedRow.upload_id == upload_id,
        PlannedRow.fate.in_((RowFate.ADD, RowFate.REMOVE)),
        ~PlannedRow.ticked,
        ~PlannedRow.blocked,
    )


def _counted(session: Session, by: Any, *conditions: ColumnElement[bool]) -> dict[Any, int]:
    return {row[0]: row[1] for row in session.execute(select(by, func.count()).where(*conditions).group_by(by))}


def _ticked_cells(session: Session, upload_id: int) -> int:
    """Count the cells of merged rows that would be written now."""
    written = or_(PlannedCell.outcome == Outcome.APPLY, PlannedCell.choice == Choice.FILE)
    statement = (
        select(func.count())
        .select_from(PlannedCell)
        .join(PlannedRow, PlannedRow.id == PlannedCell.row_id)
        .where(
            PlannedCell.upload_id == upload_id,
            PlannedCell.number >= 0,
            PlannedCell.ticked,
            written,
            PlannedRow.fate == RowFate.MERGE,
            ~PlannedRow.blocked,
        )
    )
    return session.scalar(statement) or 0


def _ticked_rows(session: Session, upload_id: int) -> int:
    """Count the whole rows that would be made, removed or brought back now."""
    asks = exists().where(PlannedCell.row_id == PlannedRow.id, PlannedCell.outcome == Outcome.CONFLICT)
    whole = or_(
        PlannedRow.fate == RowFate.ADD,
        and_(PlannedRow.fate.in_((RowFate.REMOVE, RowFate.GONE)), PlannedRow.choice == Choice.FILE),
        and_(PlannedRow.fate == RowFate.REMOVE, ~asks),
    )
    rows = select(func.count()).where(PlannedRow.upload_id == upload_id, whole, PlannedRow.ticked, ~PlannedRow.blocked)
    return session.scalar(rows) or 0


def _blocked(session: Session, upload_id: int) -> int:
    blocked = select(func.count()).select_from(PlannedRow)
    return session.scalar(blocked.where(PlannedRow.upload_id == upload_id, PlannedRow.blocked)) or 0
