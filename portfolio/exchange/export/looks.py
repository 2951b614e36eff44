"""How the cells of our own layout look: by what their column holds, and by whether this person may change them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType

from portfolio.exchange.columns import Kind
from portfolio.exchange.columns.identity import ID, VERSION
from portfolio.exchange.columns.sheets import COMMENT, ENDS, STARTS, OwnColumn, OwnSheet
from portfolio.files.workbook import BookColumn, Format, Style, Tone, Value

HEADING_HEIGHT, ROW_HEIGHT = 38.0, 31.0
"""In points; a row that is still blank has room for two lines."""

MOST_LINES = 4
"""Long texts show their beginning, so that they do not make a table of long rows."""

LINE_HEIGHT, ROW_MARGIN = 14.5, 3.0
_LETTERS_OF_WIDTH = 1.05

CENTS = Style(format=Format.CENTS)
CLOSED_CENTS = Style(Tone.CLOSED, Format.CENTS)

_FORMATS: Mapping[Kind, Format] = MappingProxyType(
    {
        Kind.DATE: Format.DATE,
        Kind.PERCENT: Format.PERCENT,
        Kind.MONEY: Format.EUROS,
        Kind.NUMBER: Format.GENERAL,
    }
)
_COMPUTED = frozenset({STARTS, ENDS})


class Looks:
    """The styles of one sheet's rows; rows that are open and closed alike share theirs."""

    def __init__(self, sheet: OwnSheet) -> None:
        """Dress the columns of a sheet."""
        self._sheet = sheet
        self._rows: dict[frozenset[str], Sequence[Style]] = {}
        self._letters = [
            (number, int(column.width * _LETTERS_OF_WIDTH))
            for number, column in enumerate(sheet.columns)
            if _FORMATS.get(column.kind) is None
        ]

    def row(self, closed: frozenset[str]) -> Sequence[Style]:
        """Give the styles of a row whose columns of these keys are closed."""
        if closed not in self._rows:
            self._rows[closed] = [style_of(column, closed) for column in self._sheet.columns]
        return self._rows[closed]

    def height(self, values: Sequence[Value]) -> float:
        """Give the height of a row in points, by the text that needs most lines."""
        lines = 1
        for number, letters in self._letters:
            text = values[number]
            if text and isinstance(text, str):
                lines = max(lines, len(text) // letters + 1 + text.count("\n"))
        return LINE_HEIGHT * min(lines, MOST_LINES) + ROW_MARGIN

    @property
    def heading(self) -> list[Style]:
        """The styles of the headings: those of columns that are there for reading only are quiet."""
        return [
            Style(Tone.QUIET_HEADING if is_for_reading(column) else Tone.HEADING, Format.TEXT)
            for column in self._sheet.columns
        ]

    def columns(self, closed: frozenset[str]) -> list[BookColumn]:
        """Give the columns, with the look of the rows that are still blank; identity is folded away."""
        return [
            BookColumn(column.width, style_of(column, closed), folded=column.key in {ID, VERSION})
            for column in self._sheet.columns
        ]


def is_for_reading(column: OwnColumn) -> bool:
    """Tell whether nobody changes a column's cells; what the comment and the action say is not kept in a field."""
    return column.field is None and column.choices is None and column.key != COMMENT


def style_of(column: OwnColumn, closed: Collection[str]) -> Style:
    """Give the style of a column's cell."""
    if column.key in _COMPUTED:
        tone = Tone.COMPUTED
    elif column.key in closed or is_for_reading(column):
        tone = Tone.CLOSED
    else:
        tone = Tone.PLAIN
    number_format = _FORMATS.get(column.kind, Format.TEXT)
    return Style(tone, number_format, wrap=number_format is Format.TEXT)
