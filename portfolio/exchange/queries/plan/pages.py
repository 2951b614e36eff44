"""A plan by pages, and the rows of which something is left: each row with its cells read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from portfolio.core.problem import Problem, problem_from_json
from portfolio.exchange.columns.codec import decode
from portfolio.exchange.merge import RowFate
from portfolio.exchange.models import PlannedCell, PlannedRow
from portfolio.exchange.queries.plan.counting import unticked_cells, unticked_rows
from portfolio.exchange.queries.plan.parts import OUTCOMES, ROWS, Field, PlanPart, matching_cells
from portfolio.exchange.queries.touches import Touch, touches

if TYPE_CHECKING:
    from sqlalchemy import Select
    from sqlalchemy.orm import Session


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


def page(
    session: Session,
    upload_id: int,
    shown: PlanPart | None = None,
    column: Field | None = None,
    page: int = 1,
    per: int = 50,
) -> PlanPage:
    """Return one page of a part, or of all rows that have anything to tell; a page past the end is the last one."""
    if shown is not None and shown in OUTCOMES:
        return _page_of_cells(session, upload_id, shown, column, page, per)
    conditions = [PlannedRow.upload_id == upload_id]
    conditions += [ROWS[shown]] if shown else [PlannedRow.fate != RowFate.MISSING]
    total = session.scalar(select(func.count()).select_from(PlannedRow).where(*conditions)) or 0
    page = _within(page, total, per)
    statement = select(PlannedRow).where(*conditions).order_by(PlannedRow.number)
    rows = session.scalars(statement.limit(per).offset((page - 1) * per)).all()
    cells = session.scalars(cells_of([row.id for row in rows])).all() if rows else []
    return PlanPage(_rows(session, rows, cells), total, page, per)


def unticked(session: Session, upload_id: int, most: int) -> tuple[PlanRow, ...]:
    """Give the first changes that nobody ticked by their rows; of those left as a whole without cells."""
    cells = session.scalars(unticked_cells(upload_id).order_by(PlannedCell.number).limit(most)).all()
    whole = session.scalars(unticked_rows(upload_id).order_by(PlannedRow.number).limit(most - len(cells))).all()
    ids = {cell.row_id for cell in cells}
    rows = [*session.scalars(select(PlannedRow).where(PlannedRow.id.in_(ids))), *whole]
    return _rows(session, sorted(rows, key=lambda row: row.number), cells)


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


def _page_of_cells(
    session: Session, upload_id: int, shown: PlanPart, column: Field | None, page: int, per: int
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
