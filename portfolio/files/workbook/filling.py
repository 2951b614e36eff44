"""The rows of a book handed to openpyxl one by one: text stays text, days are days, blanks keep their look."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from portfolio.core.language import HELSINKI
from portfolio.core.problem import Place, Problem, Refusal
from portfolio.files.cells import Address, column_letter
from portfolio.files.workbook.book import BookRow, BookSheet, Formula, Style, Value
from portfolio.files.workbook.tones import Made, StyleBook
from portfolio.files.workbook.writing import FORBIDDEN, LONGEST, STARTS_A_FORMULA, TOO_LONG, TOO_MANY

MOST_ROWS = 1_048_576
FIRST_DAY = dt.date(1900, 3, 1)
"""Before it the days of spreadsheet programs differ by one: such a day is written as text."""

NUMBER, TEXT, BOOL, FORMULA = "n", "s", "b", "f"
AUTHOR = "Portfolio"

_DAY_ZERO = dt.date(1899, 12, 30).toordinal()
_DAY_SECONDS = 86_400
_NOTE_WIDTH, _NOTE_LINE, _NOTE_LETTERS = 320, 18, 46
_CODE_OF_A_CHARACTER = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_SURROGATES = re.compile(r"[\ud800-\udfff]")


class LookCell(Cell):
    """A cell that knows the number of its style, and is used again for the next row: looking styles up takes time."""

    __slots__ = ("look",)

    look: int
    _value: Any

    def put(self, look: int, kind: str, content: Any) -> None:
        """Take a style and a content that openpyxl need not judge."""
        self.look = look
        self.data_type = kind
        self._value = content

    def noted(self, note: Comment) -> LookCell:
        """Give a cell like this one with a note, which does not serve again."""
        made = LookCell(self.parent, self.row, self.column)
        made.put(self.look, self.data_type, self._value)
        made.comment = note
        return made

    @property
    def has_style(self) -> bool:
        """Every cell of a book has a style."""
        return True

    @property
    def style_id(self) -> int:
        """The number of the style."""
        return self.look


class CellSheet(WriteOnlyWorksheet):
    """A sheet whose rows are lists of cells that know their places: openpyxl would try each as a value first."""

    def _values_to_row(self, cells: list[LookCell], _row: int) -> list[LookCell]:
        return cells


def fill(made: Made, sheet: BookSheet, styles: StyleBook) -> None:
    """Write the rows of a sheet; raises Refusal, with the place, for what Excel cannot hold."""
    filler = _Filler(made, sheet, styles)
    for number, row in enumerate(sheet.rows, start=1):
        filler.add(number, row)


class _Filler:
    """Writes row after row; a row of cells is gone when it has been handed over, so its cells serve the next."""

    def __init__(self, made: Made, sheet: BookSheet, styles: StyleBook) -> None:
        self._made = made
        self._title = sheet.title
        self._notes = _by_row(sheet.notes)
        self._styles = styles
        self._own = [styles.number(column.style) for column in sheet.columns]
        self._looks: dict[int, tuple[Sequence[Style], list[int]]] = {}
        self._cells: list[LookCell] = []

    def add(self, number: int, row: BookRow) -> None:
        if number > MOST_ROWS:
            raise Refusal(Problem(TOO_MANY, {"most": MOST_ROWS}, Place(self._title)))
        if row.height is not None or row.hidden:
            shape = self._made.row_dimensions[number]
            shape.height, shape.hidden = row.height, row.hidden
        self._made.append(self._filled(number, row))

    def _filled(self, number: int, row: BookRow) -> list[LookCell]:
        looks, own = self._looks_of(row.styles, len(row.values)), self._own
        noted = self._notes.get(number, {})
        filled: list[LookCell] = []
        for index, (value, look) in enumerate(zip(row.values, looks, strict=True)):
            if (value is None or value == "") and index < len(own) and own[index] == look and not noted:
                continue
            cell = self._cell(index)
            cell.row = number
            if isinstance(value, str):
                self._put_text(cell, look, value, (number, index + 1), row.styles)
            else:
                cell.put(look, *_content(value))
            filled.append(cell.noted(_note(noted[index + 1])) if index + 1 in noted else cell)
        return filled

    def _looks_of(self, styles: Sequence[Style], width: int) -> list[int]:
        known = self._looks.get(id(styles))
        if known is None or known[0] is not styles or len(known[1]) != width:
            looks = [self._styles.number(style) for style in styles[:width]]
            looks += [self._styles.number(styles[-1])] * (width - len(looks))
            known = self._looks[id(styles)] = (styles, looks)
        return known[1]

    def _cell(self, index: int) -> LookCell:
        while index >= len(self._cells):
            self._cells.append(LookCell(self._made, 1, len(self._cells) + 1))
        return self._cells[index]

    def _put_text(self, cell: LookCell, look: int, text: str, place: Address, styles: Sequence[Style]) -> None:
        if not text.isprintable():
            text = _SURROGATES.sub("", FORBIDDEN.sub("", text))
        if len(text) > LONGEST:
            where = Place(self._title, place[0], column_letter(place[1]))
            raise Refusal(Problem(TOO_LONG, {"length": len(text), "longest": LONGEST}, where))
        if text and not text[0].isalnum() and unicodedata.normalize("NFKC", text[0]).startswith(STARTS_A_FORMULA):
            look = self._styles.number(styles[min(place[1], len(styles)) - 1], quoted=True)
        cell.put(look, TEXT, _CODE_OF_A_CHARACTER.sub("_x005F_", text) if "_x" in text else text)


def _note(text: str) -> Comment:
    lines = sum(len(line) // _NOTE_LETTERS + 1 for line in text.splitlines())
    return Comment(text, AUTHOR, height=_NOTE_LINE * (lines + 1), width=_NOTE_WIDTH)


def _by_row(notes: Mapping[Address, str]) -> dict[int, dict[int, str]]:
    found: dict[int, dict[int, str]] = {}
    for (row, column), text in notes.items():
        found.setdefault(row, {})[column] = text
    return found


def _content(value: Value) -> tuple[str, Any]:
    """Give the type and the content of a cell that is no text."""
    if isinstance(value, bool):
        return BOOL, value
    if isinstance(value, dt.date):
        return _day(value)
    if isinstance(value, Formula):
        return FORMULA, value.text
    if isinstance(value, float) and value.is_integer():
        return NUMBER, int(value)
    return NUMBER, value


def _day(value: dt.date) -> tuple[str, Any]:
    """Give a day as the number of days since day zero, with a time as a fraction."""
    if isinstance(value, dt.datetime):
        local = value.astimezone(HELSINKI).replace(tzinfo=None) if value.tzinfo else value
        kind, days = _day(local.date())
        since = local - dt.datetime.combine(local.date(), dt.time())
        return kind, days if kind == TEXT else days + since.total_seconds() / _DAY_SECONDS
    if value < FIRST_DAY:
        return TEXT, f"{value.day}.{value.month}.{value.year}"
    return NUMBER, value.toordinal() - _DAY_ZERO
