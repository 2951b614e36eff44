"""Writing a plain table as a workbook that spreadsheet programs open without asking anything."""

from __future__ import annotations

import datetime as dt
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import openpyxl
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from portfolio.core.language import HELSINKI, N_
from portfolio.core.problem import Problem, Refusal
from portfolio.files.cells import column_letter
from portfolio.files.workbook.book import Format

if not openpyxl.DEFUSEDXML:
    message = "defusedxml must be installed: openpyxl would expand entities without it (security.md point 28)"
    raise RuntimeError(message)

LONGEST = 32_767
MOST_ROWS = 1_048_575
TOO_LONG = N_("A text of %(length)s characters does not fit in a cell of Excel, which holds at most %(longest)s.")
TOO_MANY = N_("Excel holds at most %(most)s rows on a sheet. Narrow the list and take it out in parts.")

STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
LINE_BREAK = re.compile(r"\r\n?")
NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\]")


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column: its heading, how its values are shown, and its width in characters."""

    heading: str
    format: Format = Format.GENERAL
    width: float = 18


def write_table(
    columns: Sequence[TableColumn], rows: Iterable[Sequence[Any]], *, title: str = "", above: Sequence[str] = ()
) -> bytes:
    """Write one sheet with headings, frozen and filterable, and give the file.

    ``above`` are lines that stand over the headings: whose table it is, as of when, how it was narrowed.

    Values: None, text, bool, int, float, Decimal, date and datetime (an aware one becomes Helsinki's). A percentage is
    given in per cent and written as a fraction. Text is never a formula, whatever it begins with (security.md point
    31). Raises Refusal for what Excel cannot hold, rather than let it be cut.
    """
    workbook = openpyxl.Workbook(write_only=True)
    sheet = workbook.create_sheet(NOT_IN_A_NAME.sub(" ", title).strip()[:31] or "1")
    head = len(above) + 1
    sheet.freeze_panes = f"A{head + 1}"
    for number, column in enumerate(columns, start=1):
        sheet.column_dimensions[column_letter(number)].width = column.width
    for line in above:
        sheet.append([_text(sheet, line)])
    try:
        written = _append(sheet, columns, rows)
    except BaseException:
        workbook.save(io.BytesIO())  # the temporary file goes when the workbook is saved, and only then
        raise
    sheet.auto_filter.ref = f"A{head}:{column_letter(len(columns))}{head + written}"
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def _append(sheet: WriteOnlyWorksheet, columns: Sequence[TableColumn], rows: Iterable[Sequence[Any]]) -> int:
    """Write the headings and the rows; gives how many rows there were."""
    sheet.append([_heading(sheet, column) for column in columns])
    written = 0
    for written, row in enumerate(rows, start=1):
        if written > MOST_ROWS:
            raise Refusal(Problem(TOO_MANY, {"most": MOST_ROWS}))
        sheet.append([_cell(sheet, column, value) for column, value in zip(columns, row, strict=True)])
    return written


def _heading(sheet: WriteOnlyWorksheet, column: TableColumn) -> Cell:
    cell = _text(sheet, column.heading)
    cell.font = Font(bold=True)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _cell(sheet: WriteOnlyWorksheet, column: TableColumn, value: Any) -> Cell | None:
    if value is None or value == "":
        return None
    if isinstance(value, str):
        return _text(sheet, value)
    if isinstance(value, dt.datetime) and value.tzinfo:
        value = value.astimezone(HELSINKI).replace(tzinfo=None)
    if column.format is Format.PERCENT:
        value = Decimal(value) / 100
    cell = WriteOnlyCell(sheet, value=value)
    if column.format is not Format.GENERAL:
        cell.number_format = column.format
    return cell


def _text(sheet: WriteOnlyWorksheet, text: str) -> Cell:
    shown = LINE_BREAK.sub("\n", FORBIDDEN.sub("", text))  # a line break in a cell of Excel is a line feed
    if len(shown) > LONGEST:
        raise Refusal(Problem(TOO_LONG, {"length": len(shown), "longest": LONGEST}))
    cell = WriteOnlyCell(sheet, value=shown)
    cell.data_type = "s"  # also "#N/A" and "=1+1", which would have become an error and a formula
    if unicodedata.normalize("NFKC", shown[:1]).startswith(STARTS_A_FORMULA):  # full-width signs too
        cell.quotePrefix = True
    if "\n" in shown:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell
