"""What was read from a workbook, as plain values with their addresses; pure, so that rules may know it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import TypeAlias

from portfolio.core.problem import Place, Problem

CellValue: TypeAlias = str | float | bool | dt.datetime | dt.date | dt.time | dt.timedelta
"""One cell: the empty text stands for a blank; whole numbers come as floats, as the file holds them."""

Address: TypeAlias = tuple[int, int]
"""Row and column, both counted from 1, as the user's Excel shows them."""


@dataclass(frozen=True, slots=True)
class Merged:
    """A merged range; only its first cell holds a value. Both corners belong to it."""

    first: Address
    last: Address

    def holds(self, row: int, column: int) -> bool:
        """Tell whether a cell lies in the range."""
        return self.first[0] <= row <= self.last[0] and self.first[1] <= column <= self.last[1]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet from A1 to its last filled cell.

    ``errors`` are cells that show an error such as #REF! in place of a value; ``uncalculated`` are formulas that were
    saved without a result: both stand as blanks in ``rows`` and must never be taken for blanks. ``faults`` are rows
    that cannot be read as they stand (a broken line of a CSV file, a text longer than Excel holds), left blank here.
    """

    name: str
    rows: list[list[CellValue]]
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merged: tuple[Merged, ...] = ()
    errors: dict[Address, str] = field(default_factory=dict)
    uncalculated: frozenset[Address] = frozenset()
    faults: tuple[Problem, ...] = ()

    @property
    def width(self) -> int:
        """The number of columns that hold anything."""
        return max(map(len, self.rows), default=0)

    def value(self, row: int, column: int) -> CellValue:
        """Give one cell, blank when it lies outside what is filled."""
        if row > len(self.rows):
            return ""
        cells = self.rows[row - 1]
        return cells[column - 1] if column <= len(cells) else ""

    def place(self, row: int, column: int | None = None) -> Place:
        """Name a row or a cell as the user's Excel shows it."""
        return Place(self.name, row, None if column is None else column_letter(column))


@dataclass(frozen=True, slots=True)
class Workbook:
    """A whole file: its name as the user gave it, and its sheets in their order, hidden ones included.

    ``properties`` are what a workbook carries beside its sheets: "custom:NAME" (document properties), "core:identifier"
    and "name:NAME" (defined names that are a constant, without its quotation marks), each as text.
    """

    name: str
    sheets: tuple[Sheet, ...]
    properties: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@lru_cache(maxsize=1024)
def column_letter(number: int) -> str:
    """Name a column, counted from 1: 1 is "A", 27 is "AA"."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


@lru_cache(maxsize=1024)
def column_number(letters: str) -> int:
    """Count a column from 1: "A" is 1, "AA" is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def address(reference: str) -> Address:
    """Read an address such as "AB12"; dollar signs are ignored."""
    plain = reference.replace("$", "")
    digits = plain.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
    return int(digits), column_number(plain[: len(plain) - len(digits)])
