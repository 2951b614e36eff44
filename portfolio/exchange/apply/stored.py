"""A kept plan read back as the rows to write: what was ticked and chosen, and nothing of rows in error."""

from __future__ import annotations

from collections import Counter, UserDict, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import Integer, String, case, select, type_coerce

from portfolio.budgets.models import FundingSource
from portfolio.exchange.apply.batch import LINKS, Row
from portfolio.exchange.apply.record import Origin, origins_of
from portfolio.exchange.columns import Entity, Key, Registry
from portfolio.exchange.columns.codec import Reference, by_key, decode, references
from portfolio.exchange.merge import CellPlan, Choice, Outcome, RowFate, RowPlan
from portfolio.exchange.models import PlannedCell, PlannedRow, Upload
from portfolio.exchange.queries import Present
from portfolio.exchange.rows import ReadCell, Record
from portfolio.files.cells import column_number
from portfolio.forums.models import Decision
from portfolio.register.models import Category, CategoryScheme, Portfolio

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_rows, _cells = PlannedRow.__table__.c, PlannedCell.__table__.c
_ROW = (
    *(_rows.id, type_coerce(_rows.fate, String)),
    *(_rows[name] for name in ("entity", "key", "entity_id", "portfolio", "source_key", "title")),
    *(_rows.rows, _rows.comment, type_coerce(_rows.ticked, Integer)),
)
_CELL = (
    *(_cells[name] for name in ("row_id", "field", "sheet", "row", "column")),
    type_coerce(_cells.ticked, Integer),
    *(type_coerce(_cells[name], String) for name in ("outcome", "choice")),
    case((_cells.outcome == Outcome.CONFLICT, _cells.incoming), else_=_cells.result).label("result"),
    case((_cells.field.in_(LINKS), _cells.current)).label("current"),
)
"""Of the values of a cell only what is written is read, and what lists of links held before; of closed lists the
plain codes, which equal their members: there may be ten thousand of each."""


_ENTITIES = {entity.value: entity for entity in Entity}


class Cell(NamedTuple):
    """One kept cell, with the columns of ``_CELL``."""

    row_id: int
    field: str
    sheet: str | None
    row: int | None
    column: str | None
    ticked: int
    outcome: str
    choice: str | None
    result: Any
    current: Any


class _Row(NamedTuple):
    """One kept row, with the columns of ``_ROW``."""

    id: int
    fate: str
    entity: str
    key: str
    entity_id: int | None
    portfolio: str
    source_key: str
    title: str
    rows: list[Any]
    comment: str | None
    ticked: int


class _Places(UserDict[str, ReadCell]):
    """Where the cells of a row stand in the file, found when one is asked for: only what is refused needs it."""

    def __init__(self, cells: list[Cell]) -> None:
        self.data = {}
        self._cells = cells

    def __missing__(self, name: str) -> ReadCell:
        cell = next((one for one in self._cells if one.field == name), None)
        if cell is None:
            raise KeyError(name)
        return ReadCell(None, "", cell.sheet or "", cell.row or 0, column_number(cell.column) if cell.column else None)

    def __contains__(self, name: object) -> bool:
        return any(cell.field == name for cell in self._cells)


class _Labels(Registry):
    """Names of items alone, taken in without making them known by their names."""

    def name(self, key: Key, label: str) -> None:
        """Name an item."""
        self._labels.setdefault(key, label)


@dataclass(slots=True)
class Stored:
    """A kept plan as it is to be applied.

    ``rows`` are those to write, ``records`` where they stand in the file, by key; ``present`` knows what they mean, and
    no more of the municipality. ``row_ids`` lead back to the kept rows. ``referred`` are the items that cells refer to.
    ``moved`` counts the cells by what was decided of them: applied, kept, left.
    """

    present: Present
    labels: _Labels
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
                yield from origins_of(key[0], ids[key], record)


def read_plan(session: Session, upload: Upload) -> Stored:
    """Read what is to be applied of an upload's plan."""
    labels = _Labels()
    stored = Stored(Present(upload.municipality_id, registry=labels), labels)
    cells: dict[int, list[Cell]] = defaultdict(list)
    connection = session.connection()
    told = select(*_CELL).where(_cells.upload_id == upload.id, _cells.outcome.in_((Outcome.APPLY, Outcome.CONFLICT)))
    for cell in map(Cell._make, connection.execute(told.order_by(_cells.id)).all()):
        cells[cell.row_id].append(cell)
    wanted = _rows.upload_id == upload.id, ~_rows.blocked, _rows.fate != RowFate.MISSING
    for row in map(_Row._make, connection.execute(select(*_ROW).where(*wanted).order_by(_rows.number)).all()):
        _take(stored, row, cells[row.id])
    _know(session, stored)
    return stored


def _take(stored: Stored, row: _Row, cells: list[Cell]) -> None:
    key = (row.entity, row.key)
    stored.row_ids[key] = row.id
    stored.labels.name(key, row.title)
    if row.entity_id is not None and row.fate in {RowFate.MERGE, RowFate.REMOVE}:
        stored.present.ids[key] = row.entity_id
    plan = _planned(stored, key, row, cells)
    if plan is None:
        return
    stored.records[key] = _record(key, row, cells)
    if plan.fate is RowFate.REMOVE or plan.fate is RowFate.ADD or plan.cells:
        stored.rows.append(plan)


def _planned(stored: Stored, key: Key, row: _Row, cells: list[Cell]) -> Row | None:
    """Give a row as it is to be written, without cells when all is to stay; None when all of it waits."""
    if row.fate == RowFate.MERGE:
        return _merged(stored, key, cells)
    conflicts = [cell for cell in cells if cell.outcome == Outcome.CONFLICT]
    chosen = {cell.choice for cell in conflicts}
    if not row.ticked:
        stored.moved["left"] += row.fate == RowFate.ADD
        stored.moved["unticked"] += row.fate == RowFate.REMOVE and not conflicts
        return None
    if Choice.CURRENT in chosen or (row.fate == RowFate.GONE and not chosen):
        stored.moved["current"] += len(conflicts)
        return None
    stored.moved["file"] += len(conflicts)
    if row.fate == RowFate.REMOVE:
        return RowPlan(key, RowFate.REMOVE, ())
    if row.entity_id is not None:
        stored.present.removed[key] = row.entity_id
    return RowPlan(key, RowFate.ADD, tuple(_cell(stored, cell) for cell in cells))


def _merged(stored: Stored, key: Key, cells: list[Cell]) -> Row | None:
    applied, waiting = [], 0
    for cell in cells:
        if not cell.ticked:
            waiting += 1
            stored.moved["unticked" if cell.outcome == Outcome.APPLY else "waiting"] += 1
        elif cell.outcome == Outcome.APPLY:
            applied.append(_cell(stored, cell))
        elif cell.choice == Choice.FILE:
            applied.append(_cell(stored, cell))
            stored.moved["file"] += 1
        else:
            stored.moved["current"] += 1
    return None if waiting and not applied else RowPlan(key, RowFate.MERGE, tuple(applied))


def _cell(stored: Stored, cell: Cell) -> CellPlan:
    """Read a cell to be written; what it refers to is made known."""
    result, current = cell.result, cell.current
    if isinstance(result, dict) or current is not None:
        result, current = decode(result), decode(current)
        for one in (*references(result), *references(current)):
            stored.referred.add(one)
            stored.labels.name(one.key, one.label)
            if one.id is not None:
                stored.present.ids.setdefault(one.key, one.id)
        result, current = by_key(result), by_key(current)
    return CellPlan(cell.field, None, current, result, Outcome.APPLY, result)


def _record(key: Key, row: _Row, cells: list[Cell]) -> Record:
    entity, places = _ENTITIES[row.entity], _Places(cells)
    return Record(key, entity, row.portfolio, row.source_key, row.rows, places, comment=row.comment)


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
    decisions = _there(stored, Entity.DECISION)
    for identity, reference in session.execute(
        select(Decision.id, Decision.source_key).where(Decision.id.in_(decisions))
    ):
        present.cells[decisions[identity]] = {"reference": reference}
    classes = _there(stored, Entity.CATEGORY)
    found = select(Category.id, Category.code, CategoryScheme.code).join(CategoryScheme)
    for identity, code, scheme in session.execute(found.where(Category.id.in_(classes))):
        present.cells[classes[identity]] = {"scheme": (Entity.SCHEME, scheme), "code": code}


def _there(stored: Stored, entity: Entity) -> dict[int, Key]:
    """Give the items of one kind that are there already, by id."""
    ids = stored.present.ids
    return {ids[key]: key for key in stored.records if key[0] == entity and key in ids}


def _codes(model: Any, municipality_id: int) -> Any:
    return select(model.id, model.code).where(model.municipality_id == municipality_id)
