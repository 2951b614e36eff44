"""One import while it is written or judged: ids of rows as they come to be, and what the rooms refuse, by row."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, TypeAlias, TypeVar

from sqlalchemy.orm import Session

from portfolio.core.language import N_
from portfolio.core.problem import Place, Problem, Refusal
from portfolio.core.records import BatchRefusal, shape_of
from portfolio.core.rights import Actor
from portfolio.exchange.apply.rooms import Judging, Rooms, Writing
from portfolio.exchange.columns import AMOUNTS, COLUMNS, MONEY, Column, Entity, Key, Kind
from portfolio.exchange.merge import Outcome, RowFate, RowPlan
from portfolio.exchange.queries import MODELS, Present
from portfolio.exchange.rows import Fault, Record
from portfolio.register.rules import Facts, editable_fields

LINKS = frozenset({"decision", "initiatives"})
"""The fields that tell which decisions concern which initiatives, one on either side."""

_ENTITIES: Mapping[str, Entity] = {entity.value: entity for entity in Entity}

T = TypeVar("T")
Row: TypeAlias = RowPlan[Key]

LEFT_OUT = N_('It refers to "%(name)s", which was left out.')
IN_A_CIRCLE = N_("The rows stand above one another in a circle.")
BROUGHT_BACK = N_('"%(name)s" had been removed and came back.')


@dataclass(slots=True)
class Batch:
    """What the writers of all kinds of rows share during one import.

    ``faults`` are what the rooms refused, ``failed`` the rows left out, ``notices`` what is told besides.
    Of ``present`` only what the rows mean is asked: ids, removed rows, names, portfolios.
    """

    rooms: Rooms
    actor: Actor
    present: Present
    records: Mapping[Key, Record]
    faults: list[Fault] = field(default_factory=list)
    failed: set[Key] = field(default_factory=set)
    notices: list[Problem] = field(default_factory=list)
    _fields: dict[Facts, frozenset[str]] = field(default_factory=dict)
    _by_id: tuple[Sequence[Row], dict[int, Row]] | None = None

    def id_of(self, key: Any) -> int | None:
        """Give the id of what a key means; None for no key."""
        return None if key is None else self.present.ids[key]

    def values(self, row: Row) -> dict[str, Any]:
        """Give the cells to write of a row by the columns of its table; for a new row only those that say something."""
        entity = _ENTITIES[row.key[0]]
        columns = COLUMNS[entity]
        return {
            column.stored: self._value(entity, column, column.stored, cell.result)
            for cell in row.cells
            if cell.outcome is Outcome.APPLY and (column := columns.get(cell.field)) and column.stored
        }

    def _value(self, entity: Entity, column: Column, stored: str, value: Any) -> Any:
        if column.kind is Kind.REFERENCE:
            return self.id_of(value)
        if value is None:
            return _blank(entity, stored)
        members = shape_of(MODELS[entity]).choices.get(stored)
        return value if members is None else members(value)

    def sound(self, rows: Iterable[Row]) -> list[Row]:
        """Keep the rows whose references all exist by now; the others are left out with what they refer to."""
        kept = []
        for row in rows:
            referred = _referred(row)
            missing = next((one for one in referred if one not in self.present.ids), None) if referred else None
            if missing is None:
                kept.append(row)
            else:
                name = self.present.registry.label(missing)
                self.refuse(row, [Problem(LEFT_OUT, {"name": name})])
        return kept

    def attempt(
        self,
        rows: Sequence[Row],
        call: Callable[[list[Row]], T],
        find: Callable[[list[Row], int], Row] = operator.getitem,
    ) -> tuple[list[Row], T | None]:
        """Write rows through a room's operation, without those that it refuses; gives the rows written and its answer.

        ``find`` leads from an item of the refusal to its row: by index, unless the operation counts by id.
        """
        waiting = list(rows)
        while waiting:
            try:
                return waiting, call(waiting)
            except BatchRefusal as refusal:
                refused = {item: find(waiting, item) for item in refusal.by_item}
                for item, row in refused.items():
                    self.refuse(row, refusal.by_item[item])
            except Refusal as refusal:
                for row in waiting:
                    self.refuse(row, refusal.problems)
            waiting = [row for row in waiting if row.key not in self.failed]
        return [], None

    def by_id(self, rows: Sequence[Row], identity: int) -> Row:
        """Find the row of an id."""
        if self._by_id is None or self._by_id[0] is not rows:
            self._by_id = rows, {self.present.ids[row.key]: row for row in rows}
        return self._by_id[1][identity]

    def may_key(self, unit_id: int | None, owner_post_id: int | None) -> bool:
        """Tell whether the person may give a new initiative the identity by which a profile finds it again."""
        facts = Facts(unit_id, owner_post_id, new=True)
        if facts not in self._fields:
            self._fields[facts] = editable_fields(self.actor, facts)
        return "source_key" in self._fields[facts]

    def told(self, row: Row, name: str) -> Any:
        """Give what a field of a row is to be, else what it is."""
        changes = row.changes
        return changes[name] if name in changes else self.present.cells.get(row.key, {}).get(name)

    def refuse(self, row: Row, problems: Iterable[Problem]) -> None:
        """Note what a room refused, at the cell it concerns, and leave the row out."""
        self.failed.add(row.key)
        record = self.records[row.key]
        for problem in problems:
            name = _field_of(record, problem)
            cell = record.cells.get(name) if name else None
            sheet, number = record.rows[0]
            place = cell.place if cell else Place(sheet, number)
            found = Problem(problem.msgid, problem.params, place)
            self.faults.append(Fault(found, cell.raw if cell else "", (sheet, number)))

    def is_new(self, row: Row) -> bool:
        """Tell whether a row is to be made: it is not there, and never was."""
        return row.fate is RowFate.ADD and row.key not in self.present.removed

    def ids_of(self, row: Row, keys: Iterable[Key]) -> set[int]:
        """Give the ids of what a row is linked to; what was left out is told and passed over."""
        known = self.present.ids
        for key in keys:
            if key not in known:
                self.refuse(row, [Problem(LEFT_OUT, {"name": self.present.registry.label(key)}, place="decision")])
        return {known[key] for key in keys if key in known}

    def bring_back(self, rows: Iterable[Row], restore: Callable[[list[int]], object]) -> None:
        """Restore rows that had been removed and that the workbook has again."""
        found = [row for row in rows if row.fate is RowFate.ADD and row.key in self.present.removed]
        ids = {row.key: self.present.removed[row.key] for row in found}
        rows_of = {identity: key for key, identity in ids.items()}
        back, _ = self.attempt(
            found,
            lambda some: restore([ids[row.key] for row in some]),
            lambda some, identity: next(row for row in some if row.key == rows_of[identity]),
        )
        for row in back:
            self.present.ids[row.key] = ids[row.key]
            self.note_return(row)

    def note_return(self, row: Row) -> None:
        """Tell that a row which had been removed is there again."""
        name = self.present.registry.label(row.key)
        place = Place(*self.records[row.key].rows[0])
        self.notices.append(Problem(BROUGHT_BACK, {"name": name}, place))

    def in_order(self, rows: Sequence[Row]) -> Iterable[list[Row]]:
        """Give rows in waves, each after those it refers to among them; what goes in a circle is left out."""
        waiting = [row for row in rows if row.key not in self.failed]
        while waiting:
            pending = {row.key for row in waiting} - self.present.ids.keys()
            wave = [row for row in waiting if pending.isdisjoint(_referred(row))]
            if not wave:
                for row in waiting:
                    self.refuse(row, [Problem(IN_A_CIRCLE)])
                return
            yield wave
            written = {row.key for row in wave}
            waiting = [row for row in waiting if row.key not in written]


def writing(session: Session, actor: Actor, present: Present, records: Mapping[Key, Record]) -> Batch:
    """Begin a batch that writes."""
    return Batch(Writing(session, actor), actor, present, records)


def judging(session: Session, actor: Actor, present: Present, records: Mapping[Key, Record]) -> Batch:
    """Begin a batch that only judges: ids of rows to come stay its own."""
    return Batch(Judging(session, actor), actor, replace(present, ids=dict(present.ids)), records)


@cache
def _blank(entity: Entity, stored: str) -> Any:
    """Give what a column holds where nothing is said: its default, if it must hold something."""
    shape = shape_of(MODELS[entity])
    return None if shape.table.c[stored].nullable else shape.defaults.get(stored)


def _referred(row: Row) -> list[Key]:
    """Give the keys that the cells to write refer to, save the links, which are written when both sides are there."""
    found: list[Key] = []
    for cell in row.cells:
        result = cell.result
        if cell.outcome is Outcome.APPLY and isinstance(result, tuple | frozenset) and cell.field not in LINKS:
            found += [result] if isinstance(result, tuple) else [one for one in result if isinstance(one, tuple)]
    return found


def _field_of(record: Record, problem: Problem) -> str | None:
    """Find the field that a room means by the name of a column of its table; of an amount, the one of that year."""
    place = problem.place
    if not isinstance(place, str):
        return None
    if place in record.cells:
        return place
    if place in AMOUNTS:
        year = f"{MONEY}{problem.params.get('year', '')}"
        return next((one for one in record.cells if one.startswith(year) and one.endswith(f":{place}")), None)
    columns = COLUMNS[record.entity].values()
    return next((column.name for column in columns if place == column.stored and column.name in record.cells), None)
