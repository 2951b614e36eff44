"""A profile's card as a sheet: a label a line, its value beside it, and who it is on hidden lines below."""

from __future__ import annotations

from collections.abc import Sequence

from portfolio.exchange.columns import as_text
from portfolio.exchange.columns.identity import SheetMeta
from portfolio.exchange.export.layout.contents import Line
from portfolio.exchange.export.layout.headings import IDENTITY, Head, heads_of
from portfolio.exchange.export.layout.setting import Setting
from portfolio.exchange.profile import SheetProfile
from portfolio.exchange.rows.headings import Headings
from portfolio.files.cells import Merged, column_number
from portfolio.files.workbook.book import BookColumn, BookRow, BookSheet, DropDown, Style, Tone, Value

LABEL_WIDTH, VALUE_WIDTH, BETWEEN_WIDTH, INDENT = 30, 92, 4, 2
_TITLES = ("title_fi", "name_fi", "title_sv", "name_sv", "reference")


class Card:
    """Lays out one card."""

    def __init__(self, setting: Setting, key: str, profile: SheetProfile, title: str, line: Line) -> None:
        """Prepare the lines; ``key`` names the card: the table's number in the profile, and the card's after it."""
        self._setting = setting
        self._profile = profile
        self._title = title
        self._key = key
        self._line = line
        years = setting.contents.years(profile, [line], setting.today, setting.horizon)
        self._heads = heads_of(profile, years, setting.today, setting.profile.language, setting.values.several)
        self._label, self._value = column_number(profile.label_column), column_number(profile.value_column)
        self._rows: list[BookRow] = []
        self._merged: list[Merged] = []
        self._drop_downs: list[DropDown] = []

    def sheet(self) -> tuple[BookSheet, SheetMeta]:
        """Give the sheet, and what it says of itself."""
        if not self._is_label(text := self._heading()):
            self._draw_across(text, Tone.TITLE)
            self._rows.append(BookRow([]))
        for head in self._heads:
            above = self._profile.above.get(head.field)
            if above and not self._is_label(above):
                self._rows.append(BookRow([]))
                self._draw_across(above, Tone.SECTION)
            self._draw(head)
        for head in IDENTITY:
            self._draw(head, hidden=True)
        heads = [head for head in (*self._heads, *IDENTITY) if not head.beside]
        sheet = BookSheet(
            self._title,
            self._rows,
            columns=[
                BookColumn(self._width(at), Style(Tone.GUIDE)) for at in range(1, max(self._label, self._value) + 1)
            ],
            merged=self._merged,
            drop_downs=self._drop_downs,
            one_page_wide=True,
        )
        return sheet, SheetMeta(
            self._key, self._title, tuple(one.field for one in heads), tuple(one.text for one in heads)
        )

    def _is_label(self, text: str) -> bool:
        """Tell whether a text would be read as the label of a field, and so must not stand alone."""
        return Headings(self._profile).field(text)[0] is not None

    def _heading(self) -> str:
        cells = self._line.cells
        name = next((str(cells[one]) for one in _TITLES if cells.get(one)), self._title)
        return self._setting.fill(self._profile.title or self._title, title=name)

    def _width(self, column: int) -> float:
        return {self._label: LABEL_WIDTH, self._value: VALUE_WIDTH}.get(column, BETWEEN_WIDTH)

    def _draw_across(self, text: str, tone: Tone) -> None:
        row = len(self._rows) + 1
        first, last = sorted((self._label, self._value))
        self._merged.append(Merged((row, first), (row, last)))
        styles = {one: Style(tone) for one in range(first, last + 1)}
        self._rows.append(self._row({first: text}, styles, self._setting.height(2) if tone is Tone.TITLE else None))

    def _draw(self, head: Head, *, hidden: bool = False) -> None:
        profile, setting = self._profile, self._setting
        is_open = not hidden and setting.is_open(profile, head, self._line.key)
        cell = setting.cell(profile, head, self._line)
        found = setting.style(profile, head, Tone.PLAIN if is_open else Tone.CLOSED, broken=isinstance(cell, float))
        value = Style(found.tone, found.format, wrap=True, indent=1)
        styles = {self._label: Style(Tone.HEADING, wrap=True), self._value: value}
        height = setting.height(setting.lines(cell, VALUE_WIDTH - INDENT))
        cells = {self._label: head.text, self._value: cell}
        self._rows.append(self._row(cells, styles, None if hidden else height, hidden=hidden))
        row = len(self._rows)
        if one := setting.drop_down(profile, head, self._value, row, row):
            self._drop_downs.append(one)

    @staticmethod
    def _row(
        cells: dict[int, Value], styles: dict[int, Style], height: float | None = None, *, hidden: bool = False
    ) -> BookRow:
        columns = range(1, max(cells.keys() | styles.keys()) + 1)
        values: Sequence[Value] = [cells.get(one, "") for one in columns]
        return BookRow(values, [styles.get(one, Style()) for one in columns], height, hidden=hidden)


def number_of(line: Line, running: int) -> str:
    """Give what tells a card from others of its kind: the item's number, or its place among them."""
    number = line.cells.get("number")
    return as_text(number, "fi") if number else str(running)
