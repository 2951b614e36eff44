"""The merge of whole rows; ``reference/excel.md`` §4.3."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterator, Mapping
from dataclasses import replace
from typing import Generic

from portfolio.exchange.merge.cells import gone_cells, grouped, merge_cell, new_cell
from portfolio.exchange.merge.model import (
    MISSING,
    REMOVED,
    CellPlan,
    Cells,
    K,
    Outcome,
    Plan,
    RowFate,
    RowPlan,
    Rules,
    alike,
    is_blank,
)


def _anything(_key: K, _field: str) -> bool:
    return True


def plan(
    base: Mapping[K, Cells],
    current: Mapping[K, Cells],
    incoming: Mapping[K, Cells],
    allowed: Callable[[K, str], bool] = _anything,
    rules: Rules | None = None,
    removals: Collection[K] = (),
) -> Plan[K]:
    """Merge every row of the workbook with what is there.

    ``base`` holds the rows, and of each the cells, for which it is known what the workbook was made from; all else is
    compared with the present alone, unless the rules say that it was then what it is now. A field that a row does not
    name is untouched. ``allowed`` tells whether the importing person may change a cell. A row that the workbook lacks
    is never a deletion: ``removals`` are the rows that it asks to remove.
    """
    merging = _Merging(base, current, allowed, rules or Rules(), frozenset(removals))
    rows = tuple(merging.row(key, cells) for key, cells in incoming.items())
    known = dict.fromkeys((*current, *base))
    return Plan(rows, tuple(key for key in known if key in current and key not in incoming))


class _Merging(Generic[K]):
    """Everything that one row is merged with."""

    def __init__(
        self,
        base: Mapping[K, Cells],
        current: Mapping[K, Cells],
        allowed: Callable[[K, str], bool],
        rules: Rules,
        removals: frozenset[K],
    ) -> None:
        self._base = base
        self._current = current
        self._allowed = allowed
        self._rules = rules
        self._removals = removals

    def row(self, key: K, incoming: Cells) -> RowPlan[K]:
        before = self._base.get(key)
        now = self._current.get(key)
        if now is None:
            return self._gone(key, before, incoming) if before is not None else self._new(key, incoming)
        if key in self._removals:
            return self._removal(key, before or {}, now, incoming)
        if not before and incoming.items() <= now.items():
            return RowPlan(key, RowFate.MERGE, (), len(incoming))
        found = list(self._cells(before or {}, now, incoming))
        same = len(incoming) - len(found)
        elsewhere = self._changed_elsewhere(before or {}, now, incoming)
        cells = tuple(self._forbidden(key, cell) for cell in grouped(found, elsewhere, self._rules))
        return RowPlan(key, RowFate.MERGE, cells, same)

    def _new(self, key: K, incoming: Cells) -> RowPlan[K]:
        cells = tuple(
            new_cell(key, field, value, self._allowed) for field, value in incoming.items() if not is_blank(value)
        )
        return RowPlan(key, RowFate.ADD, cells, len(incoming) - len(cells))

    def _gone(self, key: K, before: Cells, incoming: Cells) -> RowPlan[K]:
        """Plan a row that others removed, which the workbook may ask to remove as well."""
        if key in self._removals:
            return RowPlan(key, RowFate.GONE, (), len(incoming) + 1)
        cells = list(gone_cells(before, incoming))
        if not self._allowed(key, REMOVED):  # who may not bring it back has nothing to choose
            cells = [replace(one, outcome=Outcome.ERROR) if one.outcome is Outcome.CONFLICT else one for one in cells]
        return RowPlan(key, RowFate.GONE, tuple(cells))

    def _removal(self, key: K, before: Cells, now: Cells, incoming: Cells) -> RowPlan[K]:
        """Plan a row that the workbook asks to remove, which is a choice where others changed it since."""
        theirs = [field for field, value in before.items() if not alike(value, now.get(field))]
        kept = [
            CellPlan(field, before[field], now.get(field), incoming[field], Outcome.KEEP, now.get(field))
            for field in theirs
            if field in incoming
        ]
        outcome = Outcome.CONFLICT if theirs or self._rules.asks else Outcome.APPLY
        asked = CellPlan(REMOVED, False, False, True, outcome, outcome is Outcome.APPLY)
        return RowPlan(key, RowFate.REMOVE, (self._forbidden(key, asked), *kept), len(incoming) - len(kept))

    def _cells(self, before: Cells, now: Cells, incoming: Cells) -> Iterator[CellPlan]:
        for field, value in incoming.items():
            current = now.get(field)
            absent = current if self._rules.based else MISSING
            base = before.get(field, absent)
            if (value is current or value == current) and (base is absent or alike(base, current)):
                continue
            cell = merge_cell(field, base, current, value, self._rules)
            if cell.outcome is not Outcome.SAME:
                yield cell

    def _changed_elsewhere(self, before: Cells, now: Cells, incoming: Cells) -> frozenset[Hashable]:
        """Give the groups of which others changed a member that the workbook does not name."""
        names = (field for field in before if field not in incoming and not alike(before[field], now.get(field)))
        return frozenset(self._rules.group(field) for field in names) - {None}

    def _forbidden(self, key: K, cell: CellPlan) -> CellPlan:
        """Turn a change that the importing person may not make into an error; a conflict they may not win, too."""
        if cell.outcome in {Outcome.APPLY, Outcome.CONFLICT} and not self._allowed(key, cell.field):
            return replace(cell, outcome=Outcome.ERROR, result=cell.current)
        return cell
