"""Keeping a plan until a person has checked it, written in short transactions."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select

from portfolio.core.bulk import execute_many
from portfolio.core.database import open_session
from portfolio.core.jobs import Progress
from portfolio.core.language import N_
from portfolio.core.problem import problem_to_json
from portfolio.exchange.apply.model import Import, Return
from portfolio.exchange.apply.summary import told_counts
from portfolio.exchange.apply.telling import Decisions, KeptRow, Planned
from portfolio.exchange.columns.identity import META_SHEET
from portfolio.exchange.guess.extract import rows_extract
from portfolio.exchange.models import PlannedCell, PlannedRow, Upload, UploadState
from portfolio.exchange.operations.plans import drop_plan
from portfolio.exchange.rows import Fault
from portfolio.files.cells import Workbook

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

_TOLD = (
    *("number", "field", "outcome", "sheet", "row", "column", "raw", "base", "current", "incoming", "result"),
    *("problem", "note", "ticked", "choice"),
)
"""The columns of a cell as ``telling`` gives them."""

KEEPING = N_("Keeping the plan")
ROWS_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Made:
    """A plan as it is to be kept, the revision that it was made against, its name, and the file's rows in error."""

    done: Import
    planned: Planned
    revision: int
    stamp: str
    in_error: Mapping[str, Any] | None


def keep_plan(engine: Engine, upload_id: int, made: Made, progress: Progress) -> None:
    """Write the plan in short transactions; it is there only when the last of them has said so.

    Each asks whether the job is still ours: what a lost attempt writes late must not stand among a later one's rows.
    """
    rows = made.planned.rows
    with open_session(engine, write=True) as session:
        drop_plan(session, [upload_id])
        progress.confirm(session)
        session.commit()
    for first in range(0, len(rows), ROWS_AT_ONCE):
        progress(KEEPING, first, len(rows))
        with open_session(engine, write=True) as session:
            store_rows(session, upload_id, rows[first : first + ROWS_AT_ONCE])
            progress.confirm(session)
            session.commit()
    with open_session(engine, write=True) as session:
        upload = session.get_one(Upload, upload_id)
        _say(upload, made)
        upload.state, upload.extract = UploadState.CHECKED, made.in_error
        progress.confirm(session)
        session.commit()


def _say(upload: Upload, made: Made) -> None:
    done = made.done
    upload.planned_revision_id, upload.plan_hash = made.revision, made.stamp
    upload.content_hash, upload.profile_name = done.parsed.content_hash, done.way.name
    upload.export_id = done.way.export.id if isinstance(done.way, Return) else None
    upload.unchanged = [list(one) for one in made.planned.unchanged] or None
    upload.summary = told_counts(done)
    upload.notices = [problem_to_json(one) for one in done.notices]
    upload.problems = _of_the_file(done.faults) or None
    upload.sheets = [
        {"name": one.name, "hidden": one.hidden, "rows": one.rows, "header_rows": one.header_rows}
        for one in done.parsed.sheets
    ]


def decisions(session: Session, upload_id: int) -> Decisions:
    """Read what a person decided in the plan that is there."""
    cell, row = PlannedCell, PlannedRow
    statement = (
        select(row.entity, row.key, cell.field, cell.ticked, cell.choice, cell.base, cell.current, cell.incoming)
        .join(row, row.id == cell.row_id)
        .where(cell.upload_id == upload_id, ~row.blocked, ~cell.ticked | cell.choice.is_not(None))
    )
    found: Decisions = {
        (entity, key, name): (ticked, choice, [*values])
        for entity, key, name, ticked, choice, *values in session.execute(statement)
    }
    unticked = select(row.entity, row.key).where(row.upload_id == upload_id, ~row.blocked, ~row.ticked)
    return found | {(entity, key, ""): (False, None, None) for entity, key in session.execute(unticked)}


def store_rows(session: Session, upload_id: int, rows: Iterable[KeptRow]) -> None:
    """Write some rows of a plan with their cells."""
    told = list(rows)
    if not told:
        return
    connection = session.connection()
    returning = insert(PlannedRow).returning(PlannedRow.id, sort_by_parameter_order=True)
    ids = [row.id for row in connection.execute(returning, [{**one.row, "upload_id": upload_id} for one in told])]
    table = PlannedCell.metadata.tables[PlannedCell.__tablename__]
    cells = (
        (upload_id, row_id, *(cell[name] for name in _TOLD))
        for row_id, one in zip(ids, told, strict=True)
        for cell in one.cells
    )
    types = {name: table.c[name].type for name in ("upload_id", "row_id", *_TOLD)}
    execute_many(connection, insert(table), types, cells)


def plan_hash(*parts: object) -> str:
    """Name a plan by all that it was made from, so that only the plan that was seen is applied."""
    return hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()


def rows_in_error(done: Import, planned: Planned, workbook: Workbook) -> dict[str, Any] | None:
    """Give the rows of the file that are in error with the heads above them, as JSON; None where there are none.

    In our own layout each row tells by itself what it is; in others the rows around it say so, and are kept too.
    """
    wrong: dict[str, set[int]] = defaultdict(set)
    for one in planned.rows:
        for sheet, row in one.row["rows"] if one.row["blocked"] else ():
            wrong[sheet].add(row)
    if not wrong:
        return None
    heads = {one.name: max(one.header_rows, default=0) for one in done.parsed.sheets}
    whole = not isinstance(done.way, Return) or done.way.profile is not None
    kept = {name: None if whole else {*range(1, heads.get(name, 0) + 1), *rows} for name, rows in wrong.items()}
    return rows_extract(workbook, {META_SHEET: None, **kept})


def _of_the_file(faults: Iterable[Fault]) -> list[Mapping[str, Any]]:
    """Give what is wrong with the file as a whole."""
    return [problem_to_json(fault.problem) for fault in faults if fault.row is None]
