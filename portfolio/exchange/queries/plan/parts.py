"""The parts of a plan as its check page shows them, and which rows and cells each of them lists."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeAlias

from sqlalchemy import ColumnElement, and_, select

from portfolio.exchange.merge import Outcome, RowFate
from portfolio.exchange.models import PlannedCell, PlannedRow

if TYPE_CHECKING:
    from sqlalchemy import Select

Field: TypeAlias = tuple[str, str]
"""A column of the plan: (entity, field)."""


class PlanPart(enum.StrEnum):
    """A part of the plan: whole new rows, changed cells, cells to be decided, in error, kept; rows removed, or missing.

    Those with a comment stand in a part of their own too, also when that is all they say.
    A row that others removed, or that the file removes and others changed, is decided by its cells in conflict.
    """

    NEW = "new"
    CHANGED = "changed"
    CONFLICT = "conflict"
    ERROR = "error"
    KEPT = "kept"
    REMOVED = "removed"
    MISSING = "missing"
    COMMENTED = "commented"


ROWS: Mapping[PlanPart, ColumnElement[bool]] = {
    PlanPart.NEW: and_(PlannedRow.fate == RowFate.ADD, ~PlannedRow.blocked),
    PlanPart.REMOVED: and_(PlannedRow.fate == RowFate.REMOVE, ~PlannedRow.blocked),
    PlanPart.MISSING: PlannedRow.fate == RowFate.MISSING,
    PlanPart.COMMENTED: PlannedRow.comment.is_not(None),
}
"""The parts that list rows; what is left out because of an error is told by that error alone."""
OUTCOMES: Mapping[PlanPart, Outcome] = {
    PlanPart.CHANGED: Outcome.APPLY,
    PlanPart.CONFLICT: Outcome.CONFLICT,
    PlanPart.ERROR: Outcome.ERROR,
    PlanPart.KEPT: Outcome.KEEP,
}
UNDECIDED = and_(
    PlannedCell.outcome == Outcome.CONFLICT,
    PlannedCell.number >= 0,
    PlannedCell.ticked,
    PlannedCell.choice.is_(None),
)
"""A conflict that somebody must decide, or untick, before the plan is applied."""


def matching_cells(upload_id: int, shown: PlanPart, column: Field | None) -> Select[int, int, str]:
    """Select id, row and field of the cells of a part."""
    statement = select(PlannedCell.id, PlannedCell.row_id, PlannedCell.field)
    if column is not None:
        statement = statement.join(PlannedRow, PlannedRow.id == PlannedCell.row_id)
    return statement.where(*conditions_of(upload_id, shown, column))


def conditions_of(upload_id: int, shown: PlanPart, column: Field | None) -> list[ColumnElement[bool]]:
    """Give what the cells of a part fulfil; a column is asked of their rows, which the statement joins."""
    conditions = [
        PlannedCell.upload_id == upload_id,
        PlannedCell.outcome == OUTCOMES[shown],
        PlannedCell.number >= 0,
    ]
    if column is not None:
        conditions += [PlannedRow.entity == column[0], PlannedCell.field == column[1]]
    return conditions
