"""What reading a workbook by a profile gives: rows and records with typed cells, and everything that is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from portfolio.core.problem import Place, Problem
from portfolio.core.timespan import Context
from portfolio.exchange.columns import Entity, Key, Registry
from portfolio.exchange.columns.identity import SheetMeta
from portfolio.exchange.merge import REMOVED
from portfolio.exchange.profile import SheetProfile
from portfolio.exchange.rows.tokens import Tokens
from portfolio.files.cells import CellValue, Sheet, column_letter


@dataclass(frozen=True, slots=True)
class Sent:
    """What is known of a workbook in a profile's layout that we sent out and that comes back.

    ``sheets`` are what it says of itself; ``base`` gives a row as it was then; ``says`` tells whether a cell of a
    field, in a unit, still stands as it is written for a row of these values: then nobody touched it, whatever it reads
    as.
    """

    tokens: Tokens
    sheets: Sequence[SheetMeta]
    base: Callable[[Key], Mapping[str, Any]]
    says: Callable[[SheetProfile, str, CellValue, Mapping[str, Any], str | None], bool]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a workbook is read among: how time words are meant, what references may mean, and known identities.

    ``aliases`` leads from the identity that a row would have by a profile to the row that has it already, such as one
    that was made on screen. ``sent`` is there when the workbook is one of ours: its rows are found by their ids.
    """

    times: Context
    registry: Registry
    aliases: Mapping[Key, Key] = field(default_factory=lambda: MappingProxyType({}))
    sent: Sent | None = None


@dataclass(frozen=True, slots=True)
class RawCell:
    """What stands in a cell, before it is read: its value and address; without a column it is a profile's constant."""

    value: Any
    row: int
    column: int | None


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row of data, or one card: which field stands where.

    ``unknown_above`` is the row of the section it stands below, when that section is not known: then nobody can tell
    where it belongs, and it makes no record. ``token`` and ``version`` are who it is, where a workbook of ours says so.
    """

    sheet: Sheet
    profile: SheetProfile
    row: int
    cells: dict[str, RawCell]
    unknown_above: int | None = None
    token: RawCell | None = None
    version: RawCell | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that stops a row or the file, with the value as it stands in the file."""

    problem: Problem
    value: CellValue = ""
    row: tuple[str, int] | None = None

    @property
    def place(self) -> Place:
        """Name the place as the user's Excel shows it."""
        return self.problem.place if isinstance(self.problem.place, Place) else Place()


@dataclass(frozen=True, slots=True)
class ReadCell:
    """One cell of a record: its typed value, or the problem that stands in its place, and where it was read."""

    value: Any
    raw: CellValue
    sheet: str
    row: int
    column: int | None

    @property
    def is_sound(self) -> bool:
        """Tell whether the cell could be read."""
        return not isinstance(self.value, Problem)

    @property
    def place(self) -> Place:
        """Name the cell as the user's Excel shows it."""
        return Place(self.sheet, self.row, column_letter(self.column) if self.column else None)


@dataclass(slots=True)
class Record:
    """One item as the workbook tells it, on one row or on several sheets' rows.

    ``source_key`` is its identity inside its portfolio, as it is kept in the register; "" when it has none but its id.
    ``version`` is the row version that an export of ours wrote beside it, ``comment`` what a person wrote beside it,
    ``removal`` the cell that asks to remove it, ``defaults`` what it holds beside its cells when it is new.
    """

    key: Key
    entity: Entity
    portfolio: str
    source_key: str
    rows: list[tuple[str, int]]
    cells: MutableMapping[str, ReadCell]
    version: int | None = None
    comment: str | None = None
    removal: ReadCell | None = None
    defaults: dict[str, ReadCell] = field(default_factory=dict)

    @property
    def is_sound(self) -> bool:
        """Tell whether every cell could be read."""
        return all(cell.is_sound for cell in self.cells.values())

    def begin(self) -> None:
        """Let the record of a new item hold its defaults where the workbook leaves it blank."""
        for name, cell in self.defaults.items():
            said = self.cells.get(name)
            if said is None or said.value is None:
                self.cells[name] = cell

    def said_in(self, field: str) -> ReadCell | None:
        """Give the cell of a field, or the one that asks to remove the row; None where the row has none."""
        return self.removal if field == REMOVED else self.cells.get(field)


@dataclass(slots=True)
class SheetRead:
    """What was made of one sheet of the workbook; ``columns`` maps each heading to a field or None."""

    name: str
    hidden: bool
    header_rows: list[int]
    rows: int = 0
    columns: dict[str, str | None] = field(default_factory=dict)
    totals: dict[str, Decimal] = field(default_factory=dict)


@dataclass(slots=True)
class Parsed:
    """A workbook as read: its sheets, its records by key, everything wrong, and what a person should know.

    ``content_hash`` is the same for the same rows in any order, also after another program saved the file. ``lost`` are
    the cells of rows that belong to no record; where they are many, those that could be read are only counted as
    ``passed``. ``lone`` are items that only the sheet of their money tells of. ``stopped``: what was found makes
    the whole file unsafe, and nothing of it may be written.
    """

    sheets: list[SheetRead]
    records: dict[Key, Record]
    faults: list[Fault]
    notices: list[Problem]
    content_hash: str
    rows: int
    lost: list[ReadCell]
    passed: int = 0
    lone: set[Key] = field(default_factory=set)
    stopped: bool = False

    @property
    def blocked(self) -> set[Key]:
        """Give the records that have a fault on one of their rows: nothing of them is written."""
        if self.stopped:
            return set(self.records)
        faulty = {fault.row for fault in self.faults if fault.row}
        return {key for key, record in self.records.items() if not faulty.isdisjoint(record.rows)}

    def of(self, entity: Entity) -> Iterator[Record]:
        """Give the records of one kind, in the order of the workbook."""
        return (record for record in self.records.values() if record.entity is entity)
