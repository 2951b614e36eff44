"""From a planned import to the rows that keep it: cells that change, conflict or are wrong; the rest is counted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from portfolio.core.language import N_
from portfolio.core.problem import Place, Problem, problem_to_json
from portfolio.exchange.apply.batch import Row
from portfolio.exchange.apply.forbidden import forbidden
from portfolio.exchange.apply.model import Import
from portfolio.exchange.columns import Key, as_text
from portfolio.exchange.columns.codec import encode
from portfolio.exchange.merge import CLEARED, CellPlan, Choice, Invalid, Outcome, RowFate
from portfolio.exchange.models import TOGETHER
from portfolio.exchange.rows import Fault, ReadCell, Record
from portfolio.files.cells import column_letter

TITLES = ("title_fi", "name_fi", "title", "reference", "title_sv", "name_sv")
TOLD = frozenset({Outcome.APPLY, Outcome.KEEP, Outcome.CONFLICT, Outcome.ERROR})
"""The outcomes of cells that are kept; the others are counted."""

WOULD_BE_REFUSED = N_("What the file says would be refused: %(why)s")

Values: TypeAlias = dict[str, Any]
Decisions: TypeAlias = dict[tuple[str, str, str], tuple[bool, Choice | None, Any]]
"""What a person ticked and chose in an earlier plan, with the three values by which it was: by entity, key, field."""


@dataclass(slots=True)
class KeptRow:
    """The values of one ``PlannedRow`` and of its ``PlannedCell`` rows."""

    row: Values
    cells: list[Values] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Planned:
    """A whole plan as values of its tables; ``unchanged`` are [entity, id, sheet, row]."""

    rows: tuple[KeptRow, ...]
    unchanged: tuple[tuple[str, int, str, int], ...]


def told_of(done: Import, earlier: Decisions, language: str) -> Planned:
    """Give the rows that keep a plan; ``earlier`` decisions hold again where the same values are planned."""
    return _Telling(done, earlier, language).told()


class _Telling:
    """Turns one import into rows of tables."""

    def __init__(self, done: Import, earlier: Decisions, language: str) -> None:
        self._done = done
        self._earlier = earlier
        self._language = language
        self._labels: dict[Key, str] = {}
        self._numbers = 0
        self._by_cell: dict[Place, list[Problem]] = defaultdict(list)
        self._by_row: dict[tuple[str, int], list[Fault]] = defaultdict(list)
        for fault in done.faults:
            if fault.row is not None:
                self._by_row[fault.row].append(fault)
                self._by_cell[fault.place].append(fault.problem)

    def told(self) -> Planned:
        rows: list[KeptRow] = []
        unchanged: list[tuple[str, int, str, int]] = []
        for plan in self._done.plan.rows:
            record = self._done.parsed.records[plan.key]
            told = self._row(plan, record)
            if told is not None:
                rows.append(told)
            else:
                unchanged.extend(self._unchanged(plan, record))
        rows.extend(self._strays())
        rows.extend(map(self._missing, self._done.plan.not_in_file))
        for number, one in enumerate(rows):
            one.row["number"] = number
        return Planned(tuple(rows), tuple(unchanged))

    def _unchanged(self, plan: Row, record: Record) -> Iterator[tuple[str, int, str, int]]:
        """Give where an item stands that the file has as it is, unless an export of ours put it there."""
        identity = self._done.present.ids.get(plan.key)
        if identity is not None and self._done.way.export_id is None:
            yield from ((plan.key[0], identity, sheet, row) for sheet, row in record.rows)

    def _row(self, plan: Row, record: Record) -> KeptRow | None:
        faults = [fault for where in record.rows for fault in self._by_row.get(where, ())]
        cells = [cell for cell in plan.cells if cell.outcome in TOLD]
        if not cells and not faults and not record.comment and plan.fate not in {RowFate.ADD, RowFate.REMOVE}:
            return None
        blocked = plan.key in self._done.left_out and (plan.has_errors or bool(faults) or not plan.has_conflicts)
        told = KeptRow(self._row_values(plan, record, blocked=blocked))
        places = set()
        for cell in cells:
            read = record.said_in(cell.field)
            if read is not None:
                places.add(read.place)
            told.cells.append(self._cell(plan, cell, read, blocked=blocked))
        rest = [fault for fault in faults if fault.place not in places]
        told.cells += [self._fault(fault, record) for fault in rest]
        told.row["choice"] = self._choice(plan, told.cells)
        return told

    def _choice(self, plan: Row, cells: list[Values]) -> Choice | None:
        """Give what was chosen of a row that is decided whole; a removal that nobody else touched is as asked."""
        if not plan.fate.is_whole:
            return None
        conflicts = [cell for cell in cells if cell["outcome"] is Outcome.CONFLICT]
        if not conflicts and plan.fate is RowFate.REMOVE:
            return Choice.FILE
        return next((cell["choice"] for cell in conflicts if cell["choice"]), None)

    def _row_values(self, plan: Row, record: Record, *, blocked: bool) -> Values:
        present, key = self._done.present, plan.key
        sheet, row = record.rows[0] if record.rows else (None, None)
        ticked, _, _ = self._earlier.get((key[0], key[1], ""), (True, None, None))
        return {
            "number": 0,
            "fate": plan.fate,
            "entity": key[0],
            "key": key[1],
            "entity_id": present.ids.get(key) or present.removed.get(key),
            "portfolio": record.portfolio,
            "source_key": record.source_key,
            "code": present.names.get(key),
            "title": self._title(plan)[:300],
            "sheet": sheet and sheet[:80],
            "row": row,
            "rows": [list(where) for where in record.rows],
            "comment": record.comment,
            "ticked": ticked and not blocked,
            "blocked": blocked,
            "choice": None,
        }

    def _title(self, plan: Row) -> str:
        current = self._done.present.cells.get(plan.key, {})
        incoming = {cell.field: cell.incoming for cell in plan.cells}
        sides = (incoming, current) if plan.fate is RowFate.ADD else (current, incoming)
        texts = (side.get(name) for side in sides for name in TITLES)
        return next((one for one in texts if isinstance(one, str) and one), self._label(plan.key))

    def _cell(self, plan: Row, cell: CellPlan, read: ReadCell | None, *, blocked: bool) -> Values:
        problems = self._problems(plan, cell, read)
        outcome = Outcome.ERROR if problems else cell.outcome
        warning = self._done.warnings.get(read.place) if read and outcome is Outcome.CONFLICT else None
        if warning:
            problems = [Problem(WOULD_BE_REFUSED, {"why": warning})]
        decides = plan.fate is RowFate.MERGE or outcome is Outcome.CONFLICT
        alone = outcome is Outcome.ERROR or (decides and not blocked)
        values = [self._json(one) for one in (cell.base, cell.current, cell.incoming, cell.result)]
        ticked, choice = self._decision(plan.key, cell.field, outcome, values)
        return {
            "number": self._next() if alone else TOGETHER,
            "field": cell.field,
            "outcome": outcome,
            "sheet": read.sheet[:80] if read else None,
            "row": read.row if read else None,
            "column": column_letter(read.column) if read and read.column else None,
            "raw": as_text(read.raw, self._language) if read and outcome is Outcome.ERROR else None,
            **dict(zip(("base", "current", "incoming", "result"), values, strict=True)),
            "problem": problem_to_json(problems[0]) if problems else None,
            "note": cell.note or None,
            "ticked": ticked and not blocked,
            "choice": choice,
        }

    def _problems(self, plan: Row, cell: CellPlan, read: ReadCell | None) -> list[Problem]:
        if read is not None and isinstance(read.value, Problem):
            return [Problem(read.value.msgid, read.value.params, read.place)]
        if read is not None and (found := self._by_cell.get(read.place)):
            return found
        if cell.outcome is Outcome.ERROR:
            return [replace(forbidden(plan, cell, self._done.rights), place=read.place if read else None)]
        return []

    def _decision(self, key: Key, name: str, outcome: Outcome, values: list[Any]) -> tuple[bool, Choice | None]:
        ticked, choice, before = self._earlier.get((key[0], key[1], name), (True, None, None))
        if before != values[:3]:
            return True, None
        return ticked, choice if outcome is Outcome.CONFLICT else None

    def _fault(self, fault: Fault, record: Record | None = None) -> Values:
        """Keep what is wrong at a cell that would not change, or without a field with the row as a whole."""
        place = fault.place
        cells = record.cells.items() if record is not None and place.column else ()
        return {
            **dict.fromkeys(("base", "current", "incoming", "result", "note", "choice")),
            "number": self._next(),
            "field": next((name for name, cell in cells if cell.place == place), ""),
            "outcome": Outcome.ERROR,
            "sheet": place.sheet and place.sheet[:80],
            "row": place.row,
            "column": place.column,
            "raw": as_text(fault.value, self._language),
            "problem": problem_to_json(fault.problem),
            "ticked": False,
        }

    def _strays(self) -> Iterator[KeptRow]:
        """Keep the rows of the file that are no item's because of what is wrong with them."""
        known = {where for record in self._done.parsed.records.values() for where in record.rows}
        for where, faults in self._by_row.items():
            if where not in known:
                yield KeptRow(_without_item(RowFate.MERGE, where), [self._fault(fault) for fault in faults])

    def _missing(self, key: Key) -> KeptRow:
        present = self._done.present
        cells = present.cells.get(key, {})
        title = next((cells[name] for name in TITLES if cells.get(name)), self._label(key))
        about = {"entity": key[0], "key": key[1], "entity_id": present.ids[key], "code": present.names.get(key)}
        return KeptRow({**_without_item(RowFate.MISSING, None), **about, "title": str(title)[:300], "blocked": False})

    def _json(self, value: Any) -> Any:
        if value is CLEARED or isinstance(value, Invalid):
            return None
        return encode(value, self._done.present.ids.get, self._label)

    def _label(self, key: Key) -> str:
        if key not in self._labels:
            self._labels[key] = self._done.present.registry.label(key)
        return self._labels[key]

    def _next(self) -> int:
        self._numbers += 1
        return self._numbers


def _without_item(fate: RowFate, where: tuple[str, int] | None) -> Values:
    sheet, row = where or (None, None)
    return {
        **dict.fromkeys(("entity_id", "code", "comment", "choice")),
        **dict.fromkeys(("entity", "key", "portfolio", "source_key", "title"), ""),
        "number": 0,
        "fate": fate,
        "sheet": sheet and sheet[:80],
        "row": row,
        "rows": [list(where)] if where else [],
        "ticked": False,
        "blocked": True,
    }
