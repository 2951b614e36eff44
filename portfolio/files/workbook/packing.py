"""Writing a book as a workbook: its sheets' shape, what may be chosen, and the carriers of its identity."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import Any

import openpyxl
from openpyxl.packaging.custom import StringProperty
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties

from portfolio.files.cells import column_letter
from portfolio.files.workbook.book import Book, BookColumn, BookRow, BookSheet, DropDown, Format, Palette, Style, Value
from portfolio.files.workbook.filling import AUTHOR, CellSheet, fill
from portfolio.files.workbook.tones import Made, StyleBook, dress
from portfolio.files.workbook.writing import NOT_IN_A_NAME

LONGEST_TITLE = 31
LONGEST_EXPLANATION = 255

_LIST = (Style(format=Format.TEXT),)


def write_book(book: Book) -> bytes:
    """Write a book as a workbook (.xlsx).

    Raises Refusal, with the place, for what Excel cannot hold, rather than let it be cut.
    """
    workbook: Any = openpyxl.Workbook(write_only=True)
    ranges = _ranges(book)
    try:
        for sheet in [*book.sheets, *([_list_sheet(book)] if book.lists else [])]:
            made = CellSheet(workbook, sheet_title(sheet.title))
            workbook._add_sheet(made)  # noqa: SLF001 -- the only way to add a sheet of one's own kind
            _set_up(made, sheet, ranges, book.palette)
            fill(made, sheet, StyleBook(made, book.palette))
    except BaseException:
        workbook.save(io.BytesIO())  # the temporary files go when the workbook is saved, and only then
        raise
    _sign(workbook, book)
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def sheet_title(text: str) -> str:
    """Give a text as Excel lets a sheet be called: at most 31 characters, without brackets and slashes."""
    return NOT_IN_A_NAME.sub(" ", text).strip()[:LONGEST_TITLE] or "1"


def _ranges(book: Book) -> dict[str, str]:
    """Give where each list that holds anything stands."""
    return {
        name: f"'{book.list_sheet}'!${column_letter(number)}$2:${column_letter(number)}${len(words) + 1}"
        for number, (name, words) in enumerate(book.lists.items(), start=1)
        if words
    }


def _list_sheet(book: Book) -> BookSheet:
    lists = list(book.lists.values())
    rows: list[Sequence[Value]] = [[*book.lists], *zip_longest(*lists)]
    columns = [BookColumn(30, _LIST[0]) for _ in lists]
    return BookSheet(
        book.list_sheet, [BookRow(row, _LIST) for row in rows], columns, head=1, hidden=True, protected=True
    )


def _set_up(made: Made, sheet: BookSheet, ranges: Mapping[str, str], palette: Palette | None) -> None:
    """Give a sheet all that is not its cells; the shape of columns must be known before the first row."""
    _shape_columns(made, sheet.columns, palette)
    if sheet.head or sheet.frozen:
        made.freeze_panes = f"{column_letter(sheet.frozen + 1)}{sheet.head + 1}"
    if sheet.row_height is not None:
        made.sheet_format.defaultRowHeight = sheet.row_height
        made.sheet_format.customHeight = True
    for area in sheet.merged:
        (top, left), (bottom, right) = area.first, area.last
        made.merged_cells.add(f"{column_letter(left)}{top}:{column_letter(right)}{bottom}")
    for offered in sheet.drop_downs:
        if offered.list_name in ranges:
            made.data_validations.append(_validation(offered, ranges[offered.list_name]))
    if sheet.filtered is not None:
        made.auto_filter.ref = f"A{sheet.filtered}:{column_letter(len(sheet.columns))}{sheet.last_row}"
    made.sheet_view.showGridLines = sheet.gridlines
    made.sheet_state = "hidden" if sheet.hidden else "visible"
    made.protection.sheet = sheet.protected
    _lay_on_paper(made, sheet)


def _shape_columns(made: Made, columns: Sequence[BookColumn], palette: Palette | None) -> None:
    for number, column in enumerate(columns, start=1):
        shape = made.column_dimensions[column_letter(number)]
        shape.width = column.width
        dress(shape, column.style, palette)
        shape.hidden = column.hidden or column.folded
        if column.folded:
            shape.outlineLevel = made.column_dimensions.max_outline = 1
        elif number > 1 and columns[number - 2].folded:
            shape.collapsed = True  # the button that unfolds stands above the first column after the group


def _validation(offered: DropDown, area: str) -> DataValidation:
    made = DataValidation("list", formula1=area, allow_blank=True, showErrorMessage=offered.strict)
    if offered.strict and offered.explanation:
        made.error = offered.explanation[:LONGEST_EXPLANATION]
    letter = column_letter(offered.column)
    made.add(f"{letter}{offered.first}:{letter}{offered.last}")
    return made


def _lay_on_paper(made: Made, sheet: BookSheet) -> None:
    made.page_setup.orientation = "landscape" if sheet.landscape else "portrait"
    made.page_setup.paperSize = "9"  # A4
    if sheet.one_page_wide:
        made.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        made.page_setup.fitToHeight = 0
    if sheet.head:
        made.print_title_rows = f"1:{sheet.head}"


def _sign(workbook: Any, book: Book) -> None:
    """Write who made the workbook, and what carries its identity."""
    about, made_at = workbook.properties, book.made_at.astimezone(dt.UTC).replace(tzinfo=None, microsecond=0)
    about.creator, about.title, about.language = AUTHOR, book.title or None, book.language
    about.created = about.modified = made_at
    about.identifier = book.identifier
    for name, text in book.names.items():
        workbook.defined_names[name] = DefinedName(name, attr_text='"{}"'.format(text.replace('"', '""')))
    for name, text in book.properties.items():
        workbook.custom_doc_props.append(StringProperty(name=name, value=text))
    workbook.active = next((number for number, sheet in enumerate(book.sheets) if not sheet.hidden), 0)
