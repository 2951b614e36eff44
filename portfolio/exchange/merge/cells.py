"""What becomes of one cell, and of cells that are decided together; ``reference/excel.md`` §4.2."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator
from dataclasses import replace
from typing import Any

from portfolio.exchange.merge.model import (
    CLEARED,
    MISSING,
    CellPlan,
    Cells,
    Invalid,
    K,
    Outcome,
    Rules,
    alike,
    is_blank,
)


def new_cell(key: K, field: str, value: Any, allowed: Callable[[K, str], bool]) -> CellPlan:
    """Plan a cell of a new row that says something."""
    if isinstance(value, Invalid) or not allowed(key, field):
        return CellPlan(field, None, None, value, Outcome.ERROR, None)
    return CellPlan(field, None, None, value, Outcome.APPLY, value)


def gone_cells(base: Cells, incoming: Cells) -> Iterator[CellPlan]:
    """Plan the cells of a row that others removed: what the workbook changed must be decided, the rest stays gone."""
    for field, value in incoming.items():
        before = base.get(field)
        if isinstance(value, Invalid):
            yield CellPlan(field, before, None, value, Outcome.ERROR, None)
        else:
            said = None if value is CLEARED else value
            outcome = Outcome.KEEP if alike(said, before) else Outcome.CONFLICT
            yield CellPlan(field, before, None, said, outcome, None)


def merge_cell(field: str, base: Any, current: Any, incoming: Any, rules: Rules) -> CellPlan:
    """Plan one cell of a row that is there; a base of MISSING means that it is not known."""
    shown = None if base is MISSING else base
    if isinstance(incoming, Invalid):
        return CellPlan(field, shown, current, incoming, Outcome.ERROR, current)
    said = None if incoming is CLEARED else incoming
    grows = rules.grows(field)
    outcome, result = (
        _without_base(current, incoming, grows=grows)
        if base is MISSING
        else _three_way(base, current, said, grows=grows)
    )
    if base is MISSING and rules.asks and outcome is Outcome.APPLY:
        outcome, result = Outcome.CONFLICT, current
    return CellPlan(field, shown, current, said, outcome, result)


def _without_base(current: Any, incoming: Any, *, grows: bool) -> tuple[Outcome, Any]:
    if incoming is CLEARED:
        return (Outcome.SAME, current) if is_blank(current) else (Outcome.APPLY, None)
    if is_blank(incoming) or incoming == current:
        return Outcome.SAME, current
    if grows and isinstance(incoming, frozenset):
        both = incoming | (current or frozenset())
        return (Outcome.SAME, current) if both == current else (Outcome.APPLY, both)
    return Outcome.APPLY, incoming


def _three_way(base: Any, current: Any, incoming: Any, *, grows: bool) -> tuple[Outcome, Any]:
    if alike(incoming, base):
        return (Outcome.SAME if alike(current, base) else Outcome.KEEP), current
    if alike(incoming, current):
        return Outcome.CONVERGED, current
    if any(isinstance(one, frozenset) for one in (base, current, incoming)):
        before, now, then = (one or frozenset() for one in (base, current, incoming))
        merged = (now | (then - before)) - (frozenset() if grows else before - then)
        return (Outcome.CONVERGED, current) if merged == now else (Outcome.APPLY, merged)
    return (Outcome.APPLY, incoming) if alike(current, base) else (Outcome.CONFLICT, current)


def grouped(cells: list[CellPlan], elsewhere: frozenset[Hashable], rules: Rules) -> Iterator[CellPlan]:
    """Make one conflict of a group of which both sides changed a member, unless they changed it alike."""
    groups: dict[Hashable, list[CellPlan]] = defaultdict(list)
    for cell in cells:
        if (name := rules.group(cell.field)) is not None:
            groups[name].append(cell)
    clashing = {name for name, members in groups.items() if _clash(members, changed=name in elsewhere)}
    for cell in cells:
        both_sides = cell.outcome in {Outcome.APPLY, Outcome.KEEP}
        if both_sides and rules.group(cell.field) in clashing:
            yield replace(cell, outcome=Outcome.CONFLICT, result=cell.current)
        else:
            yield cell


def _clash(members: list[CellPlan], *, changed: bool) -> bool:
    outcomes = {cell.outcome for cell in members}
    theirs = changed or Outcome.KEEP in outcomes
    return Outcome.CONFLICT in outcomes or (theirs and Outcome.APPLY in outcomes)
