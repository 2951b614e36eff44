"""Splitting a cell that holds several values, such as "Toimenpide 1a: title", by a profile's regular expressions."""

from __future__ import annotations

import re

from portfolio.core.language import N_
from portfolio.core.problem import Problem
from portfolio.exchange.columns import as_text, column
from portfolio.exchange.profile import SheetProfile
from portfolio.exchange.rows.model import Fault, RawCell
from portfolio.files.cells import Sheet

CANNOT_SPLIT = N_('"%(text)s" is not written as expected here, so its parts cannot be told apart.')


def split_cells(
    sheet: Sheet, profile: SheetProfile, cells: dict[str, RawCell]
) -> tuple[dict[str, RawCell], list[Fault]]:
    """Give the cells with those split that can be; what does not match stays whole, if its field can hold it."""
    whole = dict(cells)
    faults: list[Fault] = []
    for name, expression in profile.split.items():
        cell = cells.get(name)
        is_field = column(profile.entity, name) is not None
        if cell is None:
            continue
        text = as_text(cell.value, "fi").strip()
        match = re.fullmatch(expression, text, re.DOTALL)
        if match:
            whole.update(
                {group: RawCell(part or "", cell.row, cell.column) for group, part in match.groupdict().items()}
            )
        elif text and not is_field:
            faults.append(Fault(Problem(CANNOT_SPLIT, {"text": text}, sheet.place(cell.row, cell.column)), cell.value))
        if not is_field:
            del whole[name]
    return whole, faults
