"""A kept plan read back as the rows to write: what was ticked and chosen, and nothing of rows in error."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from sqlalchemy import select

from portfolio.budgets.models import FundingSource
from portfolio.exchange.apply.batch import Row
from portfolio.exchange.apply.record import Origin
from portfolio.exchange.columns import Entity, Key, Known
from portfolio.exchange.columns.codec import Reference, by_key, decode, references
from portfolio.exchange.merge import CellPlan, Choice, Fate, Outcome, RowPlan
from portfolio.exchange.models import PlannedCell, PlannedRow, Upload
from portfolio.exchange.queries import Present
from portfolio.exchange.rows import ReadCell, Record
from portfolio.files.cells import column_number
from portfolio.forums.models import Decision
from portfolio.register.models import Category, CategoryScheme, Portfolio

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

Cell: TypeAlias = Any
"""One row of planned_cell, with the columns of ``_CELL``."""

_ROW = (
    *(PlannedRow.id, PlannedRow.fate, PlannedRow.entity, PlannedRow.key, PlannedRow.entity_id, PlannedRow.portfolio),
    *(PlannedRow.source_key, PlannedRow.title, PlannedRow.rows, PlannedRow.comment, PlannedRow.ticked),
)
_CELL = (
    *(PlannedCell.row_id, PlannedCell.field, PlannedCell.outcome, PlannedCell.sheet, PlannedCell.row),
    *(PlannedCell.column, PlannedCell.current, PlannedCell.incoming, PlannedCell.result, PlannedCell.ticked),
    PlannedCell.choice,
)


@dataclass(slots=True)
class Stored:
    """A kept plan as it is to be applied.

    ``rows`` are those to write, ``records`` where they stand in the file, by key; ``present`` knows what they mean, and
    no more of the municipality. ``row_ids`` lead back to the kept rows. ``referred`` are the items that cells refer to.
    ``moved`` counts the cells by what was decided of them: applied, kept, left.
    """

    present: Present
    rows: list[Row] = field(default_factory=list)
    records: dict[Key, Record] = field(default_factory=dict)
    row_ids: dict[Key, int] = field(default_factory=dict)
    referred: set[Reference] = field(default_factory=set)
    moved: Counter[str] = field(default_factory=Counter)

    def origins(self, failed: Iterable[Key]) -> Iterator[Origin]:
        """Give where the items stood that were written or are as the file has them."""
        left, ids = set(failed), self.present.ids
        for key, record in self.records.items():
            if key in ids and key not in left:
                yield from (Origin(key[0], ids[key], sheet, row, record.comment) for sheet, row in record.rows)


def read_plan(session: Session, upload: Upload) -> Stored:
    """Read what is to be applied of an upload's plan."""
    stored = Stored(Present(upload.municipality_id))
    cells: dict[int, list[Cell]] = defaultdict(list)
    told = select(*_CELL).where(PlannedCell.upload_id == upload.id, PlannedCell.outcome != Outcome.ERROR)
    for cell in session.execute(told.order_by(PlannedCell.id)):
        cells[cell.row_id].append(cell)
    wanted = PlannedRow.upload_id == upload.id, ~PlannedRow.blocked, PlannedRow.fate != Fate.MISSING
    for row in session.execute(select(*_ROW).where(*wanted).order_by(PlannedRow.number)):
        _take(stored, row, cells[row.id])
    _know(session, stored)
    return stored


def _take(stored: Stored, row: Any, cells: list[Cell]) -> None:
    key = (row.entity, row.key)
    stored.row_ids[key] = row.id
    stored.present.registry.add(Known(key, row.title))
    if row.entity_id is not None and row.fate in {Fate.MERGE, Fate.REMOVE}:
        stored.present.ids[key] = row.entity_id
    plan = _planned(stored, key, row, cells)
    if plan is None:
        return
    stored.records[key] = _record(key, row, cells)
    if plan.fate is Fate.REMOVE or plan.fate is Fate.ADD or plan.cells:
        stored.rows.append(plan)


def _planned(stored: Stored, key: Key, row: Any, cells: list[Cell]) -> Row | None:
    """Give a row as it is to be written, without cells when all is to stay; None when all of it waits."""
    if row.fate is Fate.MERGE:
        return _merged(stored, key, cells)
    chosen = {cell.choice for cell in cells if cell.outcome is Outcome.CONFLICT}
    if not row.ticked or Choice.CURRENT in chosen or (row.fate is Fate.GONE and not chosen):
        stored.moved["left"] += row.fate is Fate.ADD
        return None
    stored.moved["rows"] += 1
    if row.fate is Fate.REMOVE:
        return RowPlan(key, Fate.REMOVE, ())
    if row.entity_id is not None:
        stored.present.removed[key] = row.entity_id
    changing = [cell for cell in cells if cell.outcome in {Outcome.APPLY, Outcome.CONFLICT}]
    return RowPlan(key, Fate.ADD, tuple(_cell(stored, cell) for cell in changing))


def _merged(stored: Stored, key: Key, cells: list[Cell]) -> Row | None:
    applied, waiting = [], 0
    for cell in cells:
        if cell.outcome is Outcome.KEEP:
            continue
        if not cell.ticked:
            waiting += 1
            stored.moved["unticked" if cell.outcome is Outcome.APPLY else "waiting"] += 1
        elif cell.outcome is Outcome.APPLY:
            applied.append(_cell(stored, cell))
        elif cell.choice is Choice.FILE:
            applied.append(_cell(stored, cell))
            stored.moved["file"] += 1
        else:
            stored.moved["current"] += 1
    return None if waiting and not applied else RowPlan(key, Fate.MERGE, tuple(applied))


def _cell(stored: Stored, cell: Cell) -> CellPlan:
    """Read a cell to be written; what it refers to is made known."""
    result = decode(cell.incoming if cell.outcome is Outcome.CONFLICT else cell.result)
    current = decode(cell.current)
    for one in (*references(result), *references(current)):
        stored.referred.add(one)
        stored.present.registry.add(Known(one.key, one.label))
        if one.id is not None:
            stored.present.ids.setdefault(one.key, one.id)
    written = by_key(result)
    return CellPlan(cell.field, None, by_key(current), written, Outcome.APPLY, written)


def _record(key: Key, row: Any, cells: list[Cell]) -> Record:
    places = {cell.field: ReadCell(None, "", cell.sheet or "", cell.row or 0, _column(cell)) for cell in cells}
    rows = [(sheet, number) for sheet, number in row.rows]
    return Record(key, Entity(key[0]), row.portfolio, row.source_key, rows, places, comment=row.comment)


def _column(cell: Cell) -> int | None:
    return column_number(cell.column) if cell.column else None


def _know(session: Session, stored: Stored) -> None:
    """Learn what rows are written by: the ids of portfolios, classifications and sources, and old identities."""
    present = stored.present
    mine = present.municipality_id
    codes = {
        model: {code: identity for identity, code in session.execute(_codes(model, mine))}
        for model in (Portfolio, CategoryScheme, FundingSource)
    }
    present.portfolios = codes[Portfolio]
    present.ids.update({(Entity.SCHEME, code): identity for code, identity in codes[CategoryScheme].items()})
    present.ids.update({(Entity.SOURCE, code): identity for code, identity in codes[FundingSource].items()})
    by_id = {(key[0], present.ids[key]): key for key in stored.records if key in present.ids}
    decisions = [identity for entity, identity in by_id if entity == Entity.DECISION]
    for identity, reference in session.execute(
        select(Decision.id, Decision.source_key).where(Decision.id.in_(decisions))
    ):
        present.cells[by_id[Entity.DECISION, identity]] = {"reference": reference}
    classes = [identity for entity, identity in by_id if entity == Entity.CATEGORY]
    found = select(Category.id, Category.code, CategoryScheme.code).join(CategoryScheme)
    for identity, code, scheme in session.execute(found.where(Category.id.in_(classes))):
        present.cells[by_id[Entity.CATEGORY, identity]] = {"scheme": (Entity.SCHEME, scheme), "code": code}


def _codes(model: Any, municipality_id: int) -> Any:
    return select(model.id, model.code).where(model.municipality_id == municipality_id)
