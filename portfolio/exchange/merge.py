"""Three-way merge of a workbook, cell by cell: what was there, what is there now, and what the workbook says; pure.

Source: ``reference/excel.md`` §4.2 and §4.3. Keys and values are opaque: they are only compared.
"""

from __future__ import annotations

import enum
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeAlias, TypeVar

Cells: TypeAlias = Mapping[str, Any]
K = TypeVar("K", bound=Hashable)


class Outcome(enum.StrEnum):
    """What becomes of one cell of the workbook."""

    SAME = "same"
    KEEP = "keep"
    APPLY = "apply"
    CONVERGED = "converged"
    CONFLICT = "conflict"
    ERROR = "error"


class Fate(enum.StrEnum):
    """What becomes of one row.

    It is new, it is merged, it was removed by others since the workbook was made, it is to be removed, or the workbook
    does not name it.
    """

    ADD = "add"
    MERGE = "merge"
    GONE = "gone"
    REMOVE = "remove"
    MISSING = "missing"


class Choice(enum.StrEnum):
    """Which side wins where both changed a cell."""

    CURRENT = "current"
    FILE = "file"


class Invalid:
    """A cell that could not be read; it equals nothing but itself."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class CellPlan:
    """One cell: its base (None where there is none), current and incoming value, what happens, and how it ends."""

    field: str
    base: Any
    current: Any
    incoming: Any
    outcome: Outcome
    result: Any


@dataclass(frozen=True, slots=True)
class RowPlan(Generic[K]):
    """One row of the workbook with all its cells."""

    key: K
    fate: Fate
    cells: tuple[CellPlan, ...]

    @property
    def has_errors(self) -> bool:
        """Tell whether a cell is in error: then nothing of the row is applied."""
        return any(cell.outcome is Outcome.ERROR for cell in self.cells)

    @property
    def has_conflicts(self) -> bool:
        """Tell whether a cell waits for a person's choice."""
        return any(cell.outcome is Outcome.CONFLICT for cell in self.cells)

    @property
    def changes(self) -> dict[str, Any]:
        """Give the cells to write, with their values."""
        return {cell.field: cell.result for cell in self.cells if cell.outcome is Outcome.APPLY}


@dataclass(frozen=True, slots=True)
class Plan(Generic[K]):
    """What the workbook would do; ``not_in_file`` are rows that are there but that the workbook does not name."""

    rows: tuple[RowPlan[K], ...]
    not_in_file: tuple[K, ...] = ()

    def count(self, outcome: Outcome) -> int:
        """Count the cells of one outcome in rows that are not new."""
        return sum(cell.outcome is outcome for row in self.rows if row.fate is not Fate.ADD for cell in row.cells)

    def resolved(self, choice: Choice) -> Plan[K]:
        """Decide every conflict for one side."""
        return replace(self, rows=tuple(_decided(row, choice) for row in self.rows))


@dataclass(frozen=True, slots=True)
class Rules:
    """What fields are like.

    ``group`` names the group of fields that are decided together, None for a field that stands alone. ``grows`` tells
    which fields are lists of links, to which a workbook without a base only adds.
    """

    group: Callable[[str], Hashable | None] = lambda _field: None
    grows: Callable[[str], bool] = lambda _field: False


MISSING: Any = type("Missing", (), {"__slots__": (), "__repr__": lambda _self: "MISSING"})()
"""In place of a base value where there is no base for the cell."""


def _anything(_key: K, _field: str) -> bool:
    return True


def plan(
    base: Mapping[K, Cells],
    current: Mapping[K, Cells],
    incoming: Mapping[K, Cells],
    allowed: Callable[[K, str], bool] = _anything,
    rules: Rules | None = None,
) -> Plan[K]:
    """Merge every row of the workbook with what is there.

    ``base`` holds the rows, and of each the cells, for which it is known what the workbook was made from; all else is
    compared with the present alone. A field that a row does not name is untouched. ``allowed`` tells whether the
    importing person may change a cell. A row that the workbook lacks is never a deletion.
    """
    rules = rules or Rules()
    rows = tuple(_row(key, base, current, cells, allowed, rules) for key, cells in incoming.items())
    known = dict.fromkeys((*current, *base))
    return Plan(rows, tuple(key for key in known if key in current and key not in incoming))


def _row(
    key: K,
    base: Mapping[K, Cells],
    current: Mapping[K, Cells],
    incoming: Cells,
    allowed: Callable[[K, str], bool],
    rules: Rules,
) -> RowPlan[K]:
    before = base.get(key)
    now = current.get(key)
    if now is None and before is None:
        return RowPlan(key, Fate.ADD, tuple(_new_cell(key, field, value, allowed) for field, value in incoming.items()))
    if now is None:
        return RowPlan(key, Fate.GONE, tuple(_gone_cells(before or {}, incoming)))
    cells = [
        _cell(field, (before or {}).get(field, MISSING), now.get(field), value, rules)
        for field, value in incoming.items()
    ]
    cells = list(_grouped(cells, rules))
    return RowPlan(key, Fate.MERGE, tuple(_forbidden(key, cell, allowed) for cell in cells))


def _new_cell(key: K, field: str, value: Any, allowed: Callable[[K, str], bool] = _anything) -> CellPlan:
    if isinstance(value, Invalid) or (not is_blank(value) and not allowed(key, field)):
        return CellPlan(field, None, None, value, Outcome.ERROR, None)
    return CellPlan(field, None, None, value, Outcome.SAME if is_blank(value) else Outcome.APPLY, value)


def _gone_cells(base: Cells, incoming: Cells) -> Iterator[CellPlan]:
    """Plan the cells of a row that others removed: what the workbook changed must be decided, the rest stays gone."""
    for field, value in incoming.items():
        before = base.get(field)
        if isinstance(value, Invalid):
            yield CellPlan(field, before, None, value, Outcome.ERROR, None)
        else:
            outcome = Outcome.KEEP if value == before else Outcome.CONFLICT
            yield CellPlan(field, before, None, value, outcome, None)


def _cell(field: str, base: Any, current: Any, incoming: Any, rules: Rules) -> CellPlan:
    shown = None if base is MISSING else base
    if isinstance(incoming, Invalid):
        return CellPlan(field, shown, current, incoming, Outcome.ERROR, current)
    outcome, result = (
        _without_base(current, incoming, grows=rules.grows(field))
        if base is MISSING
        else _three_way(base, current, incoming)
    )
    return CellPlan(field, shown, current, incoming, outcome, result)


def _without_base(current: Any, incoming: Any, *, grows: bool) -> tuple[Outcome, Any]:
    if is_blank(incoming) or incoming == current:
        return Outcome.SAME, current
    if grows and isinstance(incoming, frozenset):
        both = incoming | (current or frozenset())
        return (Outcome.SAME, current) if both == current else (Outcome.APPLY, both)
    return Outcome.APPLY, incoming


def _three_way(base: Any, current: Any, incoming: Any) -> tuple[Outcome, Any]:
    if _equal(incoming, base):
        return (Outcome.SAME if _equal(current, base) else Outcome.KEEP), current
    if _equal(incoming, current):
        return Outcome.CONVERGED, current
    if any(isinstance(one, frozenset) for one in (base, current, incoming)):
        before, now, then = (one or frozenset() for one in (base, current, incoming))
        merged = (now | (then - before)) - (before - then)
        return (Outcome.CONVERGED, current) if merged == now else (Outcome.APPLY, merged)
    return (Outcome.APPLY, incoming) if _equal(current, base) else (Outcome.CONFLICT, current)


def _grouped(cells: list[CellPlan], rules: Rules) -> Iterator[CellPlan]:
    """Make one conflict of a group of which both sides changed a member, unless they changed it alike."""
    groups: dict[Hashable, list[CellPlan]] = defaultdict(list)
    for cell in cells:
        if (name := rules.group(cell.field)) is not None:
            groups[name].append(cell)
    clashing = {name for name, members in groups.items() if _clash(members)}
    for cell in cells:
        both_sides = cell.outcome in {Outcome.APPLY, Outcome.KEEP}
        if both_sides and rules.group(cell.field) in clashing:
            yield replace(cell, outcome=Outcome.CONFLICT, result=cell.current)
        else:
            yield cell


def _clash(members: list[CellPlan]) -> bool:
    outcomes = {cell.outcome for cell in members}
    return Outcome.CONFLICT in outcomes or {Outcome.APPLY, Outcome.KEEP} <= outcomes


def _forbidden(key: K, cell: CellPlan, allowed: Callable[[K, str], bool]) -> CellPlan:
    """Turn a change that the importing person may not make into an error; a conflict they may not win, too."""
    if cell.outcome in {Outcome.APPLY, Outcome.CONFLICT} and not allowed(key, cell.field):
        return replace(cell, outcome=Outcome.ERROR, result=cell.current)
    return cell


def _decided(row: RowPlan[K], choice: Choice) -> RowPlan[K]:
    """Decide the conflicts of one row; a removed row that the file wins comes back as the file has it."""
    if not row.has_conflicts:
        return row
    if row.fate is Fate.GONE and choice is Choice.FILE:
        return RowPlan(row.key, Fate.ADD, tuple(_new_cell(row.key, cell.field, cell.incoming) for cell in row.cells))
    return replace(row, cells=tuple(_decide(cell, choice) for cell in row.cells))


def _decide(cell: CellPlan, choice: Choice) -> CellPlan:
    if cell.outcome is not Outcome.CONFLICT:
        return cell
    if choice is Choice.CURRENT:
        return replace(cell, outcome=Outcome.KEEP, result=cell.current)
    return replace(cell, outcome=Outcome.APPLY, result=cell.incoming)


def is_blank(value: Any) -> bool:
    """Tell whether a cell says nothing; zero, no and an unknown amount say something."""
    return value is None or value in ("", frozenset())


def _equal(one: Any, other: Any) -> bool:
    """Compare two values; an empty list and a blank are the same."""
    return one == other or (is_blank(one) and is_blank(other))
