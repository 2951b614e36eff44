"""From rows of raw cells to records of typed ones: first who each row is, then, with all names known, every cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from portfolio.core.language import N_
from portfolio.core.problem import Place, Problem
from portfolio.core.text import slug
from portfolio.exchange.columns import (
    AMOUNTS,
    MONEY,
    ROW_ENTITIES,
    Column,
    Entity,
    Key,
    Kind,
    Reading,
    as_text,
    canonical,
    column,
    money_field,
    norm,
    normalise,
)
from portfolio.exchange.merge import CLEARED
from portfolio.exchange.profile import Profile, SheetProfile
from portfolio.exchange.rows.headings import required_fields
from portfolio.exchange.rows.identity import SLUGGED, as_known, identity_fields, key_of, source_key
from portfolio.exchange.rows.model import Fault, RawCell, RawRow, ReadCell, Record, Sent, Surroundings
from portfolio.exchange.rows.sent import base_of, find_sent, settled, settled_lines
from portfolio.exchange.rows.trouble import clears, trouble
from portfolio.files.cells import CellValue, Sheet

REQUIRED = N_("%(field)s is missing.")
BELOW_UNKNOWN = N_("The row stands below row %(row)s, whose unit or section is not known.")
NO_IDENTITY = N_("Nothing tells which item the row is: %(fields)s.")
ALIKE_TWICE = N_("The row says the same as row %(row)s and was left out.")
SAME_TWICE = N_("Row %(row)s is the same item as this one. Each item stands once on a sheet.")
TWO_VALUES = N_('The sheet "%(sheet)s" says otherwise in %(cell)s: "%(value)s".')
OTHER_ITEM = N_('The row is of another item than "%(text)s". Do not move cells from one row to another.')
INCOMPLETE_LINE = N_("A line of money says its year, budget part and funding source.")

LONGEST_CODE = 60
MEMORY = 200
"""The longest text whose meaning is remembered for the next cell that says the same."""


class Typing:
    """Types the rows of one workbook; faults are collected, never raised."""

    def __init__(self, profile: Profile, surroundings: Surroundings) -> None:
        self.records: dict[Key, Record] = {}
        self.faults: list[Fault] = []
        self.notices: list[Problem] = []
        self.lost: list[ReadCell] = []
        self._profile = profile
        self._surroundings = surroundings
        self._registry = surroundings.registry
        self._sent = surroundings.sent
        self._readings: dict[tuple[int, str, str | None], tuple[Column, Reading] | None] = {}
        self._memory: dict[tuple[int, str, str | None, CellValue], Any] = {}
        self._required: dict[int, list[tuple[str, Column, bool]]] = {}
        self._seen: dict[tuple[int, str, Key], int] = {}

    def run(self, rows: Iterable[tuple[RawRow, Mapping[str, str]]]) -> None:
        """Type all rows, given with the units of their sheet's year columns."""
        by_entity: dict[Entity, list[tuple[RawRow, Mapping[str, str]]]] = {entity: [] for entity in ROW_ENTITIES}
        for row, units in rows:
            by_entity[row.profile.entity].append((row, units))
        named = [(row, units, self._identify(row)) for entity in ROW_ENTITIES for row, units in by_entity[entity]]
        self._memory.clear()  # all names are known only now
        for row, units, record in named:
            self._read_row(row, units, record)

    # -------------------------------------------------------------------------------- who a row is
    def _identify(self, row: RawRow) -> Record | None:
        """Find the identity of a row and make its names known; None, with a fault, when nothing tells it."""
        if self._sent and row.token:
            return self._known_by_id(self._sent, row)
        profile, entity = row.profile, row.profile.entity
        fields = identity_fields(self._profile, profile)
        if row.unknown_above is not None or any(self._is_broken(row, name) for name in fields):
            return None  # told when the row is read
        values = {name: self._sound(row, name) for name in fields}
        if entity in SLUGGED and "code" in fields and values.get("code") is None:
            values["code"] = self._code_of(entity, self._sound(row, SLUGGED[entity]))
        portfolio = profile.portfolio or ""
        source = self._source_key(row, values, fields)
        if not source:
            headings = [found.heading for name in fields if (found := column(entity, name))]
            shown = {"fields": Problem(_LISTS[min(len(headings), len(_LISTS)) - 1], _numbered(headings))}
            self._fault(Problem(NO_IDENTITY, shown, row.sheet.place(row.row)), "", row)
            return None
        key = key_of(entity, portfolio, source)
        if entity is Entity.BUDGET:
            key = values["initiative"]
        key = self._surroundings.aliases.get(key, key)
        self._make_known(row, key, {name: value for name, value in values.items() if value is not None})
        return Record(key, Entity(key[0]), portfolio, source, [(row.sheet.name, row.row)], {})

    def _make_known(self, row: RawRow, key: Key, values: Mapping[str, Any]) -> None:
        """Let other rows refer to a row by its names."""
        entity = row.profile.entity
        names = {name: self._sound(row, name) for name in _NAMES if column(entity, name) is not None}
        known = as_known(entity, key, row.profile.portfolio or "", {**names, **values})
        if known is not None:
            self._registry.add(known)

    def _known_by_id(self, sent: Sent, row: RawRow) -> Record | None:
        """Give the record of a row that we wrote; None, with a fault, when its id or its version cannot be right."""
        found = find_sent(sent, row)
        if isinstance(found, Fault):
            self.faults.append(found)
            return None
        key, version = found
        self._make_known(row, key, {})
        place = (row.sheet.name, row.row)
        return Record(key, Entity(key[0]), row.profile.portfolio or "", "", [place], {}, version=version)

    def _code_of(self, entity: Entity, name: str | None) -> str | None:
        """Give the code of what is known by this name already, else one made of the name."""
        if not name:
            return None
        found = self._registry.find(entity, name)
        return slug(name, LONGEST_CODE) if isinstance(found, Problem) else found[1]

    @staticmethod
    def _source_key(row: RawRow, values: Mapping[str, Any], fields: tuple[str, ...]) -> str:
        """Give the identity as it is kept: a code as it is written, all else normalised and joined."""
        if fields == ("code",):
            return str(values.get("code") or "")
        return source_key(values, fields, row.sheet.name)

    def _sound(self, row: RawRow, name: str) -> Any:
        """Read one cell for its name's or identity's sake; None when it is blank or cannot be read."""
        cell = row.cells.get(name)
        if cell is None:
            return None
        value = self._value(row, name, cell, None)
        return None if isinstance(value, Problem) or value is CLEARED else value

    def _is_broken(self, row: RawRow, name: str) -> bool:
        return name in row.cells and isinstance(self._value(row, name, row.cells[name], None), Problem)

    # -------------------------------------------------------------------------------- what it says
    def _read_row(self, row: RawRow, units: Mapping[str, str], record: Record | None) -> None:
        """Read every cell of a row into its record; a row without identity is read for its faults only."""
        cells: dict[str, ReadCell] = {}
        base = base_of(self._sent, row, record)
        for name, cell in row.cells.items():
            value = self._value(row, name, cell, units.get(name))
            if base is not None and self._sent:
                value = settled(self._sent, row, name, cell, base, value, units.get(name))
            cells[name] = ReadCell(
                value, self._shown(row.sheet, cell), row.sheet.name, cell.row or row.row, cell.column
            )
            if isinstance(value, Problem):
                self._fault(replace(value, place=self._place(row, cell)), cells[name].raw, row)
        if base is None:
            self._check_required(row, cells)
        if row.unknown_above is not None:
            cells = self._astray(row, row.unknown_above, cells)
        if record is None or self._is_second(row, record, cells):
            self.lost += cells.values()
            return
        if row.profile.entity is Entity.BUDGET:
            self._check_item(row, record, cells)
            cells = self._money_cells(row, cells)
            if base is not None and self._sent:
                cells = settled_lines(self._sent, row, cells, base)
        self._merge(record, cells, row, base)

    def _astray(self, row: RawRow, section: int, cells: Mapping[str, ReadCell]) -> dict[str, ReadCell]:
        """Tell that nobody knows where a row belongs: none of what it says can be taken."""
        problem = Problem(BELOW_UNKNOWN, {"row": section}, row.sheet.place(row.row))
        self._fault(problem, "", row)
        return {name: cell if cell.value is None else replace(cell, value=problem) for name, cell in cells.items()}

    def _is_second(self, row: RawRow, record: Record, cells: Mapping[str, ReadCell]) -> bool:
        """Tell whether an item stands on its sheet twice: alike it is left out, otherwise neither is written."""
        if row.profile.entity is Entity.BUDGET:
            return False
        twin = (id(row.profile), row.sheet.name, record.key)
        first = self._seen.setdefault(twin, row.row)
        if first == row.row:
            return False
        before = self.records[record.key]
        place = row.sheet.place(row.row)
        if all(cell.value in (None, before.cells[name].value) for name, cell in cells.items() if name in before.cells):
            self.notices.append(Problem(ALIKE_TWICE, {"row": first}, place))
        else:
            self._fault(Problem(SAME_TWICE, {"row": first}, place), "", row)
            before.rows.append((row.sheet.name, row.row))
        return True

    def _check_required(self, row: RawRow, cells: Mapping[str, ReadCell]) -> None:
        """Tell what a row lacks; a column that is missing altogether was told with the heading."""
        if id(row.profile) not in self._required:
            self._required[id(row.profile)] = list(_required(row.profile))
        for name, found, is_split in self._required[id(row.profile)]:
            cell = cells.get(name)
            if is_split if cell is None else cell.value in (None, CLEARED):
                place = row.sheet.place(row.row, cell.column if cell else None)
                self._fault(Problem(REQUIRED, {"field": found.heading}, place), "", row)

    def _check_item(self, row: RawRow, record: Record, cells: Mapping[str, ReadCell]) -> None:
        """Tell when a row of money names another item than the one whose id it bears."""
        said = cells.get("initiative")
        if said is not None and said.is_sound and said.value not in (None, record.key):
            place = self._place(row, row.cells["initiative"])
            self._fault(Problem(OTHER_ITEM, {"text": as_text(said.raw, "fi")}, place), said.raw, row)

    def _money_cells(self, row: RawRow, cells: dict[str, ReadCell]) -> dict[str, ReadCell]:
        """Give the money of a row under the fields of the item it belongs to."""
        money = {name: cell for name, cell in cells.items() if name.startswith(MONEY)}
        if "year" not in cells:
            return money
        year, part, source = (cells[name].value if name in cells else None for name in ("year", "part", "source"))
        if isinstance(year, int) and isinstance(part, str) and isinstance(source, tuple):
            return {money_field(year, part, source[1], name): cells[name] for name in AMOUNTS if name in cells} | money
        if all(cells[name].is_sound for name in ("year", "part", "source") if name in cells):
            self._fault(Problem(INCOMPLETE_LINE, {}, row.sheet.place(row.row)), "", row)
        return money

    def _merge(
        self, record: Record, cells: dict[str, ReadCell], row: RawRow, base: Mapping[str, Any] | None = None
    ) -> None:
        """Add a row to its record: a blank gives way to what another sheet says, two different values are a fault.

        Where it is known what the cells were, the one that was touched goes before the other.
        """
        known = self.records.setdefault(record.key, record)
        if known is not record:
            known.rows.extend(record.rows)
        for name, value in row.profile.defaults.items():
            read = self._value(row, name, RawCell(value, 0, None), None)
            known.defaults.setdefault(name, ReadCell(read, value, row.sheet.name, row.row, None))
        for name, cell in cells.items():
            before = known.cells.get(name)
            if base is not None and before is not None and base.get(name) in (before.value, cell.value):
                known.cells[name] = cell if before.value == base.get(name) else before
            elif before is None or (before.is_sound and before.value is None):
                known.cells[name] = cell
            elif cell.is_sound and before.is_sound and cell.value is not None and cell.value != before.value:
                shown = {"sheet": before.sheet, "cell": f"{before.place.column or ''}{before.row}", "value": before.raw}
                self._fault(Problem(TWO_VALUES, shown, cell.place), cell.raw, row)
                known.cells[name] = replace(cell, value=Problem(TWO_VALUES, shown, cell.place))
            elif not cell.is_sound:
                known.cells[name] = cell

    # -------------------------------------------------------------------------------- one cell
    def _value(self, row: RawRow, name: str, cell: RawCell, unit: str | None) -> Any:
        found = self._reading(row.profile, name, unit)
        if found is None:
            return None
        if cell.column is None:
            return canonical(found[0], cell.value, found[1])
        if found_trouble := trouble(row.sheet, cell):
            return found_trouble
        if clears(cell.value):
            return CLEARED
        memory = (id(row.profile), name, unit, cell.value)
        if isinstance(cell.value, str) and len(cell.value) <= MEMORY:
            if memory not in self._memory:
                self._memory[memory] = normalise(found[0], cell.value, found[1])
            return self._memory[memory]
        return normalise(found[0], cell.value, found[1])

    def _reading(self, profile: SheetProfile, name: str, unit: str | None) -> tuple[Column, Reading] | None:
        key = (id(profile), name, unit)
        if key not in self._readings:
            found = column(
                profile.entity if not name.startswith(MONEY) else Entity.INITIATIVE, name, self._registry.several
            )
            self._readings[key] = (
                None if found is None else (found, reading_of(self._profile, profile, found, self._surroundings, unit))
            )
        return self._readings[key]

    @staticmethod
    def _shown(sheet: Sheet, cell: RawCell) -> CellValue:
        error = sheet.errors.get((cell.row, cell.column)) if cell.column else None
        shown: CellValue = cell.value if error is None else error
        return shown

    @staticmethod
    def _place(row: RawRow, cell: RawCell) -> Place:
        return row.sheet.place(cell.row or row.row, cell.column)

    def _fault(self, problem: Problem, value: CellValue, row: RawRow) -> None:
        self.faults.append(Fault(problem, value, (row.sheet.name, row.row)))


def _is_money(row: RawRow) -> bool:
    return row.profile.entity is Entity.BUDGET


def reading_of(
    profile: Profile, sheet: SheetProfile, found: Column, surroundings: Surroundings, unit: str | None = None
) -> Reading:
    """Give what the cells of a profile's column are read by; ``unit`` is that of a year's column."""
    name = "amount" if found.kind is Kind.MONEY else found.name
    values = {**profile.values.get(name, {}), **sheet.values.get(name, {})}
    return Reading(
        profile.language,
        surroundings.times,
        surroundings.registry,
        sheet.portfolio or "",
        {norm(text): value for text, value in values.items()},
        unit or sheet.units.get(found.name),
        frozenset(map(norm, sheet.blank)),
    )


_NAMES = ("code", "name_fi", "name_sv", "title_fi", "title_sv", "number", "reference", "scheme")

ONE, TWO, THREE = N_("%(a)s is blank"), N_("%(a)s and %(b)s are blank"), N_("%(a)s, %(b)s and %(c)s are blank")
_LISTS = (ONE, TWO, THREE)


def _required(profile: SheetProfile) -> Iterator[tuple[str, Column, bool]]:
    """Give the fields that a row must fill, and whether each is split off another."""
    split = {group for one in profile.split.values() for group in re.compile(one).groupindex}
    for name in required_fields(profile):
        found = column(profile.entity, name)
        if found is not None and not (name == "code" and profile.entity in SLUGGED):
            yield name, found, name in split


def _numbered(headings: list[Problem]) -> dict[str, object]:
    return dict(zip("abc", headings, strict=False))
