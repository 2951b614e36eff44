"""What a room refuses only when a checked plan is written: its rows are left out and the plan tells why."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, select, update

from portfolio.core.problem import Place, problem_to_json
from portfolio.core.records import chunks
from portfolio.exchange.apply.batch import Batch
from portfolio.exchange.apply.stored import Stored
from portfolio.exchange.merge import Outcome
from portfolio.exchange.models import PlannedCell, PlannedRow, Upload
from portfolio.exchange.rows import Fault

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def tell_refused(session: Session, upload: Upload, stored: Stored, written: Batch) -> None:
    """Keep with the plan what a room refused when it came to writing, at the cell that it is about if any."""
    if not written.failed:
        return
    ids = {stored.row_ids[key]: stored.records[key] for key in written.failed}
    for few in chunks(sorted(ids)):
        session.execute(update(PlannedRow).where(PlannedRow.id.in_(few)).values(blocked=True, ticked=False))
    last = session.scalar(select(func.max(PlannedCell.number)).where(PlannedCell.upload_id == upload.id)) or 0
    by_row: dict[tuple[str, int] | None, int] = {
        (str(sheet), row): row_id for row_id, record in ids.items() for sheet, row in record.rows
    }
    told = _cells_at(session, ids)
    added = []
    known = [(fault, by_row[fault.row]) for fault in written.faults if fault.row in by_row]
    for index, (fault, row_id) in enumerate(known, start=1):
        error = {"number": last + index, "outcome": Outcome.ERROR, "problem": problem_to_json(fault.problem)}
        if cell := told.pop(fault.place, None):
            session.execute(update(PlannedCell).where(PlannedCell.id == cell).values(**error, ticked=False))
        else:
            added.append({**_BLANK, **error, **_place(fault), "upload_id": upload.id, "row_id": row_id})
    if added:
        session.connection().execute(insert(PlannedCell), added)


def _cells_at(session: Session, row_ids: Iterable[int]) -> dict[Place, int]:
    """Give the ids of the planned cells of rows by where they stand in the file."""
    found: dict[Place, int] = {}
    for few in chunks(sorted(row_ids)):
        cells = select(PlannedCell.id, PlannedCell.sheet, PlannedCell.row, PlannedCell.column)
        where = PlannedCell.row_id.in_(few), PlannedCell.column.is_not(None)
        found |= {
            Place(sheet, row, column): identity for identity, sheet, row, column in session.execute(cells.where(*where))
        }
    return found


def _place(fault: Fault) -> dict[str, Any]:
    return {"sheet": fault.place.sheet, "row": fault.place.row, "column": fault.place.column}


_BLANK: dict[str, Any] = {
    **dict.fromkeys(("base", "current", "incoming", "result", "choice", "note", "raw")),
    "field": "",
    "ticked": False,
}
"""A cell of a row that is none of its cells: what is wrong with the row as a whole."""
