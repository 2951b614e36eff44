"""How much of a workbook is read, and what no cell may hold: the same for every format."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

from portfolio.core.language import N_
from portfolio.core.problem import Place, Problem, Refusal
from portfolio.files.cells import CellValue, Sheet, column_letter

MOST_ROWS = 100_000
MOST_COLUMNS = 1_000
MOST_CELLS = 3_000_000
MOST_SHEETS = 200
LONGEST = 32_767

Told: TypeAlias = Callable[[int, int], None]
"""Is told now and then how many rows are read, of how many; 0 where nobody knows."""

REACHES_TOO_FAR = N_(
    "The sheet has content as far as cell %(cell)s. At most %(rows)s rows, %(columns)s columns and %(cells)s cells can "
    "be read: remove what stands far from the table."
)
TOO_MANY_SHEETS = N_('"%(file)s" has more than %(most)s sheets. Copy what is to be imported to a new file.')
TOO_LONG = N_(
    "The text has %(length)s characters, and a cell of Excel holds at most %(longest)s. The row was not read."
)
CONTROL_CHARACTER = N_(
    "The text holds a character that cannot be shown (U+%(code)s). Type the text anew; the row was not read."
)

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_BREAKS = str.maketrans({"\x0b": "\n", "\x0c": "\n"})


def check_reach(sheet: str, last_row: int, last_column: int) -> None:
    """Refuse a sheet that reaches too far, before its values are loaded as one rectangle."""
    if last_row > MOST_ROWS or last_column > MOST_COLUMNS or last_row * last_column > MOST_CELLS:
        limits = {"rows": MOST_ROWS, "columns": MOST_COLUMNS, "cells": MOST_CELLS}
        cell = f"{column_letter(last_column)}{last_row}"
        raise Refusal(Problem(REACHES_TOO_FAR, {"cell": cell, **limits}, Place(sheet)))


def checked(sheet: Sheet) -> Sheet:
    """Give the sheet with every text judged: a row with one that no cell may hold becomes blank, and a fault.

    A vertical tab or a form feed is how word processors break a line, and becomes a line break.
    """
    texts = [value for row in sheet.rows for value in row if value.__class__ is str]
    # Joined, since the search in one long text takes a tenth of the time of many short ones.
    if not _CONTROL.search("".join(texts)) and max(map(len, texts), default=0) <= LONGEST:
        return sheet
    rows, faults = list(sheet.rows), list(sheet.faults)
    for number, row in enumerate(rows, start=1):
        mended = [value.translate(_BREAKS) if isinstance(value, str) else value for value in row]
        wrong = ((column, _wrong(value)) for column, value in enumerate(mended, start=1))
        found = [Problem(*told, sheet.place(number, column)) for column, told in wrong if told]
        rows[number - 1] = [] if found else mended
        faults += found
    return replace(sheet, rows=rows, faults=tuple(faults))


def _wrong(value: CellValue) -> tuple[str, dict[str, object]] | None:
    if not isinstance(value, str):
        return None
    if len(value) > LONGEST:
        return TOO_LONG, {"length": len(value), "longest": LONGEST}
    found = _CONTROL.search(value)
    return (CONTROL_CHARACTER, {"code": f"{ord(found[0]):04X}"}) if found else None
