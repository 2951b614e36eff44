"""The cells of a record of our own layout: typed values at hand, places made only when somebody asks for one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping
from typing import Any, NamedTuple

from portfolio.exchange.rows.model import ReadCell
from portfolio.files.cells import Sheet


class Line(NamedTuple):
    """One row of a sheet, and in which column each of its fields stands."""

    sheet: Sheet
    row: int
    columns: Mapping[str, int]


class OwnCells(MutableMapping[str, ReadCell]):
    """One record's cells by field, on one row or several; ``typed`` are what they say, a Problem where unreadable."""

    __slots__ = ("lines", "typed")

    def __init__(self, typed: dict[str, Any], line: Line) -> None:
        """Begin with one row."""
        self.typed = typed
        self.lines = [line]

    def __getitem__(self, field: str) -> ReadCell:
        """Give a cell with its place."""
        value = self.typed[field]
        sheet, row, columns = next(line for line in self.lines if field in line.columns)
        column = columns[field]
        error = sheet.errors.get((row, column))
        return ReadCell(value, sheet.value(row, column) if error is None else error, sheet.name, row, column)

    def __setitem__(self, field: str, cell: ReadCell) -> None:
        """Put another value in place of one that is there; its place stays."""
        self.typed[field] = cell.value

    def __delitem__(self, field: str) -> None:
        """Leave a cell out."""
        del self.typed[field]

    def __iter__(self) -> Iterator[str]:
        """Go through the fields."""
        return iter(self.typed)

    def __len__(self) -> int:
        """Count the cells."""
        return len(self.typed)
