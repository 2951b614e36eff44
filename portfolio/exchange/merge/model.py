"""What a merge is told and what it answers: outcomes, cells, rows, rules, and what stands in place of a value."""

from __future__ import annotations

import enum
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
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


class RowFate(enum.StrEnum):
    """What becomes of one row.

    It is new, it is merged, it was removed by others since the workbook was made, it is to be removed, or the workbook
    does not name it.
    """

    ADD = "add"
    MERGE = "merge"
    GONE = "gone"
    REMOVE = "remove"
    MISSING = "missing"

    @property
    def is_whole(self) -> bool:
        """Tell whether such a row is decided as a whole and not cell by cell."""
        return self in {RowFate.ADD, RowFate.GONE, RowFate.REMOVE}


class Choice(enum.StrEnum):
    """Which side wins where both changed a cell."""

    CURRENT = "current"
    FILE = "file"


class Invalid:
    """A cell that could not be read; it equals nothing but itself."""

    __slots__ = ()


CLEARED: Any = type("Cleared", (), {"__slots__": (), "__repr__": lambda _self: "CLEARED"})()
"""In place of a value where the file says in so many words that nothing is to stand there."""

REMOVED = "removed"
"""The field of the one cell that asks to remove a row."""

WIDE = "cleared"
"""The note of a cleared cell in a column of which a good part was cleared."""

LEAST_CLEARED, MOST_CLEARED = 5, 0.2
"""From how many cells, and from what part of a column, clearing is asked about."""


@dataclass(frozen=True, slots=True)
class CellPlan:
    """One cell: its base (None where there is none), current and incoming value, what happens, and how it ends."""

    field: str
    base: Any
    current: Any
    incoming: Any
    outcome: Outcome
    result: Any
    note: str = ""


@dataclass(frozen=True, slots=True)
class RowPlan(Generic[K]):
    """One row of the workbook: the cells that are not simply the same, and how many are."""

    key: K
    fate: RowFate
    cells: tuple[CellPlan, ...]
    same: int = 0

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
        rows = [row for row in self.rows if row.fate is not RowFate.ADD]
        same = sum(row.same for row in rows) if outcome is Outcome.SAME else 0
        return same + sum(cell.outcome is outcome for row in rows for cell in row.cells)


@dataclass(frozen=True, slots=True)
class Rules:
    """What fields are like, and what the base tells.

    ``group`` names the group of fields that are decided together, None for a field that stands alone. ``grows`` tells
    which fields are lists of links, which a workbook that need not list them all only adds to. ``based``: the workbook
    is known to have been made from what was there, and the base names only cells that have changed since. ``asks``:
    nobody agreed on what the workbook means, so every difference is a person's choice.
    """

    group: Callable[[str], Hashable | None] = lambda _field: None
    grows: Callable[[str], bool] = lambda _field: False
    based: bool = False
    asks: bool = False


MISSING: Any = type("Missing", (), {"__slots__": (), "__repr__": lambda _self: "MISSING"})()
"""In place of a base value where there is no base for the cell."""


def is_blank(value: Any) -> bool:
    """Tell whether a cell says nothing; zero, no and an unknown amount say something."""
    return value is None or value is CLEARED or value in ("", frozenset())


def alike(one: Any, other: Any) -> bool:
    """Compare two values; an empty list and a blank are the same."""
    return bool(one == other) or (is_blank(one) and is_blank(other))
