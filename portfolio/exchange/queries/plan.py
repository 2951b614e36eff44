"""The plan of an upload as its check page shows it: counted, listed by pages, and what is left when it is applied."""

from __future__ import annotations

import enum
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from portfolio.core.problem import Problem, problem_from_json
from portfolio.exchange.columns.codec import decode
from portfolio.exchange.merge import Choice, Fate, Outcome
from portfolio.exchange.models import PlannedCell, PlannedRow
from portfolio.exchange.queries.touches import Touch, touches

if TYPE_CHECKING:
    from sqlalchemy import Select
    from sqlalchemy.orm import Session

Field: TypeAlias = tuple[str, str]
"""A column of the plan: (entity, field)."""


class Shown(enum.StrEnum):
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


ROWS: Mapping[Shown, ColumnElement[bool]] = {
    Shown.NEW: PlannedRow.fate == Fate.ADD,
    Shown.REMOVED: PlannedRow.fate == Fate.REMOVE,
    Shown.MISSING: PlannedRow.fate == Fate.MISSING,
    Shown.COMMENTED: PlannedRow.comment.is_not(None),
}
"""The parts that list rows."""
OUTCOMES: Mapping[Shown, Outcome] = {
    Shown.CHANGED: Outcome.APPLY,
    Shown.CONFLICT: Outcome.CONFLICT,
    Shown.ERROR: Outcome.ERROR,
    Shown.KEPT: Outcome.KEEP,
}
UNDECIDED = and_(
    PlannedCell.outcome == Outcome.CONFLICT,
    PlannedCell.number >= 0,
    PlannedCell.ticked,
    PlannedCell.choice.is_(None),
)
"""A conflict that somebody must decide, or untick, before the plan is applied."""


@dataclass(frozen=True, slots=True)
class PlanCounts:
    """How much of each part there is, how many changes would be written now, and how many conflicts wait for a choice.

    A whole new row, a removal and a return count as one change each.
    """

    shown: Mapping[Shown, int]
    ticked: int
    undecided: int


@dataclass(frozen=True, slots=True)
class PlanCell:
    """One cell with its values read, and who changed the current side."""

    cell: PlannedCell
    base: Any
    current: Any
    incoming: Any
    result: Any
    problem: Problem | None
    touch: Touch | None


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One row with those of its cells that are shown, and what is wrong with it as a whole."""

    row: PlannedRow
    cells: tuple[PlanCell, ...]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanPage:
    """One page of a part; ``total`` counts cells or rows, whichever the part lists."""

    rows: tuple[PlanRow, ...]
    total: int
    page: int
    per: int

    @property
    def pages(self) -> int:
        """Count the pages; nothing is one empty page."""
        return max(1, -(-self.total // self.per))


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
    """Count a plan."""
    cells = _counted(session, PlannedCell.outcome, PlannedCell.upload_id == upload_id, PlannedCell.number >= 0)
    rows = select(*(func.count().filter(condition) for condition in ROWS.values()))
    shown = {one: cells.get(outcome, 0) for one, outcome in OUTCOMES.items()}
    shown |= dict(zip(ROWS, session.execute(rows.where(PlannedRow.upload_id == upload_id)).one(), strict=True))
    undecided = session.scalar(select(func.count()).where(PlannedCell.upload_id == upload_id, UNDECIDED))
    return PlanCounts({one: shown[one] for one in Shown}, _ticked(session, upload_id), undecided or 0)


def columns(session: Session, upload_id: int, shown: Shown) -> list[ColumnCount]:
    """Count a part by its columns, the commonest first; parts that list rows have none."""
    if shown not in OUTCOMES:
        return []
    statement = (
        select(PlannedRow.entity, PlannedCell.field, func.count(), func.count().filter(UNDECIDED))
        .join(PlannedRow, PlannedRow.id == PlannedCell.row_id)
        .where(*_of_cells(upload_id, shown, None))
        .group_by(PlannedRow.entity, PlannedCell.field)
        .order_by(func.count().desc(), PlannedRow.entity, PlannedCell.field)
    )
    return [ColumnCount(*row) for row in session.execute(statement)]


def page(
    session: Session,
    upload_id: int,
    shown: Shown | None = None,
    column: Field | None = None,
    page: int = 1,
    per: int = 50,
) -> PlanPage:
    """Return one page of a part, or of all rows that have anything to tell; a page past the end is the last one."""
    if shown is not None and shown in OUTCOMES:
        return _page_of_cells(session, upload_id, shown, column, page, per)
    conditions = [PlannedRow.upload_id == upload_id]
    conditions += [ROWS[shown]] if shown else [PlannedRow.fate != Fate.MISSING]
    total = session.scalar(select(func.count()).select_from(PlannedRow).where(*conditions)) or 0
    page = _within(page, total, per)
    statement = select(PlannedRow).where(*conditions).order_by(PlannedRow.number)
    rows = session.scalars(statement.limit(per).offset((page - 1) * per)).all()
    cells = session.scalars(cells_of([row.id for row in rows])).all() if rows else []
    return PlanPage(_rows(session, rows, cells), total, page, per)


def leftovers(session: Session, upload_id: int) -> Leftovers:
    """Tell what an applied plan left."""
    blocked = session.scalar(
        select(func.count()).select_from(PlannedRow).where(PlannedRow.upload_id == upload_id, PlannedRow.blocked)
    )
    cells = session.scalar(_left_cells(upload_id).with_only_columns(func.count()))
    rows = session.scalar(_left_rows(upload_id).with_only_columns(func.count()))
    return Leftovers(blocked or 0, (cells or 0) + (rows or 0))


def unticked(session: Session, upload_id: int, most: int) -> tuple[PlanRow, ...]:
    """Give the first changes that nobody ticked by their rows; of those left as a whole without cells."""
    cells = session.scalars(_left_cells(upload_id).order_by(PlannedCell.number).limit(most)).all()
    whole = session.scalars(_left_rows(upload_id).order_by(PlannedRow.number).limit(most - len(cells))).all()
    ids = {cell.row_id for cell in cells}
    rows = [*session.scalars(select(PlannedRow).where(PlannedRow.id.in_(ids))), *whole]
    return _rows(session, sorted(rows, key=lambda row: row.number), cells)


def _left_cells(upload_id: int) -> Select[PlannedCell]:
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
            PlannedRow.fate.not_in((Fate.ADD, Fate.REMOVE)),
        )
    )


def _left_rows(upload_id: int) -> Select[PlannedRow]:
    """Select the new rows and the removals that were not ticked."""
    return select(PlannedRow).where(
        PlannedRow.upload_id == upload_id,
        PlannedRow.fate.in_((Fate.ADD, Fate.REMOVE)),
        ~PlannedRow.ticked,
        ~PlannedRow.blocked,
    )


def error_rows(session: Session, upload_id: int) -> Iterator[PlanRow]:
    """Give the rows of which nothing is applied, with all their cells, in the order of the file."""
    blocked = select(PlannedRow).where(PlannedRow.upload_id == upload_id, PlannedRow.blocked)
    rows = session.scalars(blocked.order_by(PlannedRow.number)).all()
    ids = select(PlannedRow.id).where(PlannedRow.upload_id == upload_id, PlannedRow.blocked)
    cells = select(PlannedCell).where(PlannedCell.row_id.in_(ids)).order_by(PlannedCell.id)
    yield from _rows(session, rows, session.scalars(cells).all())


def cells_of(row_ids: Sequence[int]) -> Select[PlannedCell]:
    """Select the cells of rows in the order of the file."""
    return select(PlannedCell).where(PlannedCell.row_id.in_(row_ids)).order_by(PlannedCell.id)


def matching_cells(upload_id: int, shown: Shown, column: Field | None) -> Select[int, int, str]:
    """Select id, row and field of the cells of a part."""
    statement = select(PlannedCell.id, PlannedCell.row_id, PlannedCell.field)
    if column is not None:
        statement = statement.join(PlannedRow, PlannedRow.id == PlannedCell.row_id)
    return statement.where(*_of_cells(upload_id, shown, column))


def _of_cells(upload_id: int, shown: Shown, column: Field | None) -> list[ColumnElement[bool]]:
    conditions = [
        PlannedCell.upload_id == upload_id,
        PlannedCell.outcome == OUTCOMES[shown],
        PlannedCell.number >= 0,
    ]
    if column is not None:
        conditions += [PlannedRow.entity == column[0], PlannedCell.field == column[1]]
    return conditions


def _page_of_cells(
    session: Session, upload_id: int, shown: Shown, column: Field | None, page: int, per: int
) -> PlanPage:
    """Read a page by the index alone, and then its cells: a far page costs no more than the first."""
    ids = matching_cells(upload_id, shown, column)
    total = session.scalar(select(func.count()).select_from(ids.subquery())) or 0
    page = _within(page, total, per)
    wanted = ids.with_only_columns(PlannedCell.id).order_by(PlannedCell.number).limit(per).offset((page - 1) * per)
    chosen = list(session.scalars(wanted))
    cells = session.scalars(select(PlannedCell).where(PlannedCell.id.in_(chosen)).order_by(PlannedCell.number)).all()
    rows = session.scalars(
        select(PlannedRow).where(PlannedRow.id.in_({cell.row_id for cell in cells})).order_by(PlannedRow.number)
    ).all()
    return PlanPage(_rows(session, rows, cells), total, page, per)


def _within(page: int, total: int, per: int) -> int:
    return max(1, min(page, -(-total // per)))


def _rows(session: Session, rows: Sequence[PlannedRow], cells: Sequence[PlannedCell]) -> tuple[PlanRow, ...]:
    by_row: dict[int, list[PlannedCell]] = defaultdict(list)
    for cell in cells:
        by_row[cell.row_id].append(cell)
    found = touches(session, [(row, cell) for row in rows for cell in by_row[row.id]])
    return tuple(
        PlanRow(
            row,
            tuple(_cell(cell, found.get(cell.id)) for cell in by_row[row.id]),
            tuple(map(problem_from_json, row.problems or ())),
        )
        for row in rows
    )


def _cell(cell: PlannedCell, touch: Touch | None) -> PlanCell:
    return PlanCell(
        cell,
        decode(cell.base),
        decode(cell.current),
        decode(cell.incoming),
        decode(cell.result),
        problem_from_json(cell.problem) if cell.problem else None,
        touch,
    )


def _counted(session: Session, by: Any, *conditions: ColumnElement[bool]) -> dict[Any, int]:
    return {row[0]: row[1] for row in session.execute(select(by, func.count()).where(*conditions).group_by(by))}


def _ticked(session: Session, upload_id: int) -> int:
    """Count what would be written now: cells of merged rows, and whole rows made, removed or brought back."""
    written = or_(PlannedCell.outcome == Outcome.APPLY, PlannedCell.choice == Choice.FILE)
    cells = (
        select(func.count())
        .select_from(PlannedCell)
        .join(PlannedRow, PlannedRow.id == PlannedCell.row_id)
        .where(
            PlannedCell.upload_id == upload_id,
            PlannedCell.number >= 0,
            PlannedCell.ticked,
            written,
            PlannedRow.fate == Fate.MERGE,
            ~PlannedRow.blocked,
        )
    )
    asks = exists().where(PlannedCell.row_id == PlannedRow.id, PlannedCell.outcome == Outcome.CONFLICT)
    whole = or_(
        PlannedRow.fate == Fate.ADD,
        and_(PlannedRow.fate.in_((Fate.REMOVE, Fate.GONE)), PlannedRow.choice == Choice.FILE),
        and_(PlannedRow.fate == Fate.REMOVE, ~asks),
    )
    rows = select(func.count()).where(PlannedRow.upload_id == upload_id, whole, PlannedRow.ticked, ~PlannedRow.blocked)
    return (session.scalar(cells) or 0) + (session.scalar(rows) or 0)
