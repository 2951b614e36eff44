"""Reading .xls (BIFF), as Excel wrote it until 2007: only values, and what is hidden, merged or in error.

xlrd and not calamine reads it, since calamine cannot tell an error from a blank.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator, Mapping
from typing import Any

import xlrd
from xlrd.biffh import XLRDError

from portfolio.core.problem import Problem, Refusal
from portfolio.files.cells import Address, CellValue, Merged, Sheet
from portfolio.files.workbook.limits import Told, check_reach
from portfolio.files.workbook.safety import BROKEN, ENCRYPTED

_BLANK = frozenset({xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK})
_TEXT_OPERAND = 1


def read_xls(data: bytes, name: str, told: Told) -> tuple[tuple[Sheet, ...], Mapping[str, str]]:
    """Read the sheets of an old workbook, and its defined names that are a constant text."""
    try:
        # xlrd prints what it finds odd
        with open(os.devnull, "w", encoding="utf-8") as nowhere:  # noqa: PTH123 -- a device, not a path of ours
            book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=nowhere)
            return tuple(_sheets(book, told)), dict(_names(book))
    except XLRDError as error:
        raise Refusal(Problem(ENCRYPTED if "encrypted" in str(error) else BROKEN, {"file": name})) from error
    except (Refusal, MemoryError):
        raise
    except Exception as error:
        # xlrd trusts the file's own numbers: a damaged one fails in whatever way its bytes lead to
        raise Refusal(Problem(BROKEN, {"file": name})) from error


def _sheets(book: Any, told: Told) -> Iterator[Sheet]:
    total, done = sum(sheet.nrows for sheet in book.sheets()), 0
    for sheet in book.sheets():
        told(done, total)
        yield _sheet(book, sheet)
        done += sheet.nrows
    told(total, total)


def _sheet(book: Any, sheet: Any) -> Sheet:
    types = [sheet.row_types(row) for row in range(sheet.nrows)]
    last_row = max((row for row, kinds in enumerate(types, 1) if _filled(kinds)), default=0)
    last_column = max(map(_filled, types), default=0)
    check_reach(sheet.name, last_row, last_column)
    errors: dict[Address, str] = {}
    rows: list[list[CellValue]] = []
    for row in range(last_row):
        rows.append([_value(book, *cell) for cell in zip(types[row], sheet.row_values(row), strict=True)][:last_column])
        for column, kind in enumerate(types[row]):
            if kind == xlrd.XL_CELL_ERROR:
                errors[row + 1, column + 1] = xlrd.error_text_from_code.get(sheet.cell_value(row, column), "#")
    return Sheet(
        sheet.name,
        rows,
        sheet.visibility != 0,
        frozenset(row + 1 for row, about in sheet.rowinfo_map.items() if about.hidden and row < last_row),
        frozenset(column + 1 for column, about in sheet.colinfo_map.items() if about.hidden and column < last_column),
        tuple(Merged((top + 1, left + 1), (below, right)) for top, below, left, right in sheet.merged_cells),
        errors,
    )


def _filled(kinds: Any) -> int:
    """Count the cells of a row up to the last that holds anything."""
    return max((column for column, kind in enumerate(kinds, 1) if kind not in _BLANK), default=0)


def _value(book: Any, kind: int, value: Any) -> CellValue:
    if kind in _BLANK or kind == xlrd.XL_CELL_ERROR:
        return ""
    if kind == xlrd.XL_CELL_BOOLEAN:
        return bool(value)
    if kind == xlrd.XL_CELL_DATE:
        return _moment(value, book.datemode)
    return str(value) if kind == xlrd.XL_CELL_TEXT else float(value)


def _moment(serial: float, mode: Any) -> CellValue:
    """Read a serial as a day, a moment or a time of day; one that is no day stays a number."""
    try:
        moment: dt.datetime = xlrd.xldate_as_datetime(serial, mode)
    except (ValueError, OverflowError):
        return serial
    if 0 <= serial < 1:
        return moment.time()
    return moment if moment.time() != dt.time() else moment.date()


def _names(book: Any) -> Iterator[tuple[str, str]]:
    for name in book.name_obj_list:
        result = name.result
        if name.scope == -1 and result is not None and result.kind == _TEXT_OPERAND and isinstance(result.value, str):
            yield f"name:{name.name}", result.value
