"""What a person does with the plan of an upload: ticks changes, decides conflicts, gives it up.

Nothing here is history. The caller has seen to it that the upload is the actor's own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any, TypeAlias

from sqlalchemy import delete, or_, select, update

from portfolio.core.language import N_
from portfolio.core.problem import Problem, Refusal
from portfolio.core.records import chunks
from portfolio.exchange.columns import group_of
from portfolio.exchange.merge import Choice, Outcome, RowFate
from portfolio.exchange.models import PlannedCell, PlannedRow, Upload, UploadState
from portfolio.exchange.queries.plan import OUTCOMES, ROWS, Field, PlanPart, matching_cells

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

NOT_CHECKED = N_("There is nothing to decide in this file any more.")

Ids: TypeAlias = set[int]


def tick(
    session: Session,
    upload: Upload,
    *,
    value: bool,
    cell_ids: Collection[int] = (),
    row_ids: Collection[int] = (),
    shown: PlanPart | None = None,
    column: Field | None = None,
) -> int:
    """Tick changes or take ticks away, those named or a whole part of the plan; return how many cells and rows.

    A group of cells goes together, and a row that is decided as a whole with all its cells. Rows in error stay out.
    """
    _refuse_unless_checked(session, upload)
    cells, rows = _targets(session, upload, cell_ids, row_ids, shown, column)
    for ids in chunks(sorted(cells)):
        session.execute(update(PlannedCell).where(PlannedCell.id.in_(ids)).values(ticked=value))
    for ids in chunks(sorted(rows)):
        session.execute(update(PlannedRow).where(PlannedRow.id.in_(ids)).values(ticked=value))
        session.execute(update(PlannedCell).where(PlannedCell.row_id.in_(ids)).values(ticked=value))
    return len(cells) + len(rows)


def choose(
    session: Session,
    upload: Upload,
    choice: Choice | None,
    *,
    cell_ids: Collection[int] = (),
    row_ids: Collection[int] = (),
    column: Field | None = None,
) -> int:
    """Decide conflicts for one side, or with None leave them open; those named, else all of a column, else all.

    What is decided is ticked too. Returns how many cells and rows.
    """
    _refuse_unless_checked(session, upload)
    shown = None if cell_ids or row_ids else PlanPart.CONFLICT
    cells, rows = _targets(session, upload, cell_ids, row_ids, shown, column)
    decided = {"choice": choice, "ticked": True}
    conflicts = PlannedCell.outcome == Outcome.CONFLICT
    for ids in chunks(sorted(cells)):
        session.execute(update(PlannedCell).where(PlannedCell.id.in_(ids), conflicts).values(decided))
    for ids in chunks(sorted(rows)):
        waiting = PlannedRow.id.in_(
            select(PlannedCell.row_id).where(PlannedCell.row_id.in_(ids), conflicts, PlannedCell.number >= 0)
        )
        session.execute(update(PlannedRow).where(PlannedRow.id.in_(ids), waiting).values(decided))
        session.execute(update(PlannedCell).where(PlannedCell.row_id.in_(ids), conflicts).values(decided))
    return len(cells) + len(rows)


def discard(session: Session, upload: Upload) -> None:
    """Give a file up: its bytes and its plan go at once."""
    session.refresh(upload, with_for_update=True)
    if upload.state is UploadState.APPLIED:
        raise Refusal(Problem(NOT_CHECKED))
    upload.state, upload.data, upload.extract = UploadState.DISCARDED, None, None
    drop_plan(session, [upload.id])
    session.flush()


def plan_again(session: Session, upload: Upload) -> None:
    """Let a checked file wait for another plan, since what it was planned against has changed.

    The old plan stays until the new one takes its place, which carries over what was ticked and chosen.
    """
    _refuse_unless_checked(session, upload)
    upload.state = UploadState.WAITING
    session.flush()


def purge_uploads(session: Session, now: dt.datetime) -> int:
    """Forget the bytes and plans of files whose time is up; return how many. What was applied stays told of."""
    over = select(Upload.id).where(Upload.kept_until < now)
    has_plan = select(PlannedRow.id).where(PlannedRow.upload_id == Upload.id).exists()
    ids = list(session.scalars(over.where(or_(Upload.data.is_not(None), has_plan))))
    drop_plan(session, ids)
    for few in chunks(ids):
        session.execute(update(Upload).where(Upload.id.in_(few)).values(data=None, unchanged=None, extract=None))
        waiting = Upload.state.not_in((UploadState.APPLIED, UploadState.REFUSED))
        session.execute(update(Upload).where(Upload.id.in_(few), waiting).values(state=UploadState.DISCARDED))
    return len(ids)


def drop_plan(session: Session, upload_ids: Collection[int]) -> None:
    """Delete the planned rows and cells of uploads."""
    for ids in chunks(list(upload_ids)):
        session.execute(delete(PlannedCell).where(PlannedCell.upload_id.in_(ids)))
        session.execute(delete(PlannedRow).where(PlannedRow.upload_id.in_(ids)))


def _refuse_unless_checked(session: Session, upload: Upload) -> None:
    """Hold the upload as it is now: on PostgreSQL it may be applied while somebody still decides."""
    session.refresh(upload, with_for_update=True)
    if upload.state is not UploadState.CHECKED:
        raise Refusal(Problem(NOT_CHECKED))


def _targets(
    session: Session,
    upload: Upload,
    cell_ids: Collection[int],
    row_ids: Collection[int],
    shown: PlanPart | None,
    column: Field | None,
) -> tuple[Ids, Ids]:
    """Find the cells that are decided alone and the rows that are decided whole, of this upload and not in error."""
    found: list[Any] = []
    if shown is not None and shown in OUTCOMES:
        found += session.execute(matching_cells(upload.id, shown, column)).all()
    elif shown is not None:
        row_ids = list(session.scalars(_rows_of(upload).where(ROWS[shown])))
    for ids in chunks(list(cell_ids)):
        wanted = select(PlannedCell.id, PlannedCell.row_id, PlannedCell.field)
        found += session.execute(wanted.where(PlannedCell.upload_id == upload.id, PlannedCell.id.in_(ids))).all()
    fates = _fates(session, upload, {*row_ids, *(row_id for _, row_id, _ in found)})
    alone = [cell for cell in found if fates.get(cell.row_id) is RowFate.MERGE]
    whole = {row_id for row_id, fate in fates.items() if fate.is_whole}
    merged = {row_id for row_id in row_ids if fates.get(row_id) is RowFate.MERGE}
    return {cell.id for cell in alone} | _members(session, alone) | _cells_of(session, merged), whole


def _rows_of(upload: Upload) -> Any:
    return select(PlannedRow.id).where(PlannedRow.upload_id == upload.id)


def _fates(session: Session, upload: Upload, row_ids: Iterable[int]) -> dict[int, RowFate]:
    """Return what becomes of those of the rows that belong to the upload and are not in error."""
    found: dict[int, RowFate] = {}
    for ids in chunks(sorted(row_ids)):
        statement = select(PlannedRow.id, PlannedRow.fate).where(
            PlannedRow.upload_id == upload.id, PlannedRow.id.in_(ids), ~PlannedRow.blocked
        )
        found.update({row.id: row.fate for row in session.execute(statement)})
    return found


def _members(session: Session, cells: Iterable[Any]) -> Ids:
    """Return the cells that are decided together with these."""
    grouped = {(cell.row_id, group) for cell in cells if (group := group_of(cell.field)) is not None}
    found: Ids = set()
    for ids in chunks(sorted({row_id for row_id, _ in grouped})):
        statement = select(PlannedCell.id, PlannedCell.row_id, PlannedCell.field).where(PlannedCell.row_id.in_(ids))
        found |= {cell.id for cell in session.execute(statement) if (cell.row_id, group_of(cell.field)) in grouped}
    return found


def _cells_of(session: Session, row_ids: Iterable[int]) -> Ids:
    found: Ids = set()
    for ids in chunks(sorted(row_ids)):
        found |= set(session.scalars(select(PlannedCell.id).where(PlannedCell.row_id.in_(ids))))
    return found
