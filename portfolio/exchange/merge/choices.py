"""What is left to a person: which side wins, and whether a wide clearing is meant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable
from dataclasses import replace

from portfolio.exchange.merge.model import (
    LEAST_CLEARED,
    MOST_CLEARED,
    WIDE,
    CellPlan,
    Choice,
    K,
    Outcome,
    Plan,
    RowFate,
    RowPlan,
    is_blank,
)


def resolved(found: Plan[K], choice: Choice) -> Plan[K]:
    """Decide every conflict for one side."""
    return replace(found, rows=tuple(_decided(row, choice) for row in found.rows))


def ask_wide_clearing(
    found: Plan[K], column: Callable[[K, str], Hashable], filled: Callable[[Hashable], int]
) -> Plan[K]:
    """Make a choice of clearing a good part of a column: more than a fifth of its cells, and at least five.

    ``column`` names the column of a cell; ``filled`` counts the cells of a column that said something in the base.
    """
    cleared = Counter(
        column(row.key, cell.field)
        for row in found.rows
        if row.fate is RowFate.MERGE
        for cell in row.cells
        if _clears(cell)
    )
    wide = {name for name, count in cleared.items() if count >= LEAST_CLEARED and count > MOST_CLEARED * filled(name)}
    if not wide:
        return found

    def asking(row: RowPlan[K]) -> RowPlan[K]:
        cells = tuple(
            replace(cell, outcome=Outcome.CONFLICT, result=cell.current, note=WIDE)
            if _clears(cell) and column(row.key, cell.field) in wide
            else cell
            for cell in row.cells
        )
        return replace(row, cells=cells)

    return replace(found, rows=tuple(asking(row) if row.fate is RowFate.MERGE else row for row in found.rows))


def _clears(cell: CellPlan) -> bool:
    return cell.outcome is Outcome.APPLY and is_blank(cell.result) and not is_blank(cell.base)


def _decided(row: RowPlan[K], choice: Choice) -> RowPlan[K]:
    """Decide the conflicts of one row; a removed row that the file wins comes back as the file has it."""
    if not row.has_conflicts:
        return row
    if row.fate is RowFate.GONE and choice is Choice.FILE:
        said = [cell for cell in row.cells if not is_blank(cell.incoming)]
        cells = tuple(CellPlan(cell.field, None, None, cell.incoming, Outcome.APPLY, cell.incoming) for cell in said)
        return RowPlan(row.key, RowFate.ADD, cells, row.same + len(row.cells) - len(said))
    fate = RowFate.MERGE if row.fate is RowFate.REMOVE and choice is Choice.CURRENT else row.fate
    return replace(row, fate=fate, cells=tuple(_decide(cell, choice) for cell in row.cells))


def _decide(cell: CellPlan, choice: Choice) -> CellPlan:
    if cell.outcome is not Outcome.CONFLICT:
        return cell
    if choice is Choice.CURRENT:
        return replace(cell, outcome=Outcome.KEEP, result=cell.current)
    return replace(cell, outcome=Outcome.APPLY, result=cell.incoming)
