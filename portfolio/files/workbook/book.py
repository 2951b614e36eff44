"""What a workbook for people to work in is: styled sheets, drop-downs, notes, folded columns, hidden sheets; pure.

``write_book`` of this package writes it. A workbook is always made afresh, never edited (reference/excel.md §1.1).
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType
from typing import TypeAlias

from portfolio.files.cells import Address, Merged


class Format(enum.StrEnum):
    """How a column's values are shown; a program set to Finnish writes its own spaces and decimal comma.

    Euros and cents have spaces between thousands whatever the program is set to.
    """

    TEXT = "@"
    GENERAL = "General"
    DATE = "d\\.m\\.yyyy"
    MONEY = "#,##0.00\\ [$€-40B]"
    EUROS = '[>=1000000]#\\ ###\\ ##0\\ "€";[>=1000]#\\ ##0\\ "€";0\\ "€"'
    CENTS = '[>=1000000]#\\ ###\\ ##0.00\\ "€";[>=1000]#\\ ##0.00\\ "€";0.00\\ "€"'
    NUMBER = "#,##0"
    PERCENT = "0\\ %"


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula, ``=SUM(F2:F9)``: it has no value before a spreadsheet program computes it."""

    text: str


Value: TypeAlias = str | int | float | bool | Decimal | dt.date | dt.datetime | Formula | None
"""What a cell is given: text is never a formula; an aware datetime becomes Helsinki's; None and "" are blanks.

Unlike ``write_table``, a percentage is given as the fraction that the cell holds.
"""


class Tone(enum.StrEnum):
    """What a cell is to the reader, told by its colours and weight.

    Cells: plain, closed (not this person's to change), computed (never anybody's). Rows: heading, quiet heading (over
    columns for reading), section and subsection, total. Around the table: title, strong (over a part of a text), label
    (before a line), guide (running text).
    """

    PLAIN = "plain"
    CLOSED = "closed"
    COMPUTED = "computed"
    HEADING = "heading"
    QUIET_HEADING = "quiet heading"
    SECTION = "section"
    SUBSECTION = "subsection"
    TOTAL = "total"
    TITLE = "title"
    STRONG = "strong"
    LABEL = "label"
    GUIDE = "guide"


@dataclass(frozen=True, slots=True)
class Style:
    """How a cell looks: its tone and number format, and whether long text turns to the next line.

    ``indent`` moves text to the right by so many steps; ``centred`` centres it, as across a merged range.
    """

    tone: Tone = Tone.PLAIN
    format: str = Format.GENERAL
    wrap: bool = False
    indent: int = 0
    centred: bool = False


PLAIN = Style()


@dataclass(frozen=True, slots=True)
class BookRow:
    """One row: its values, and their styles, of which the last one holds for all further cells.

    Give the same ``styles`` object to rows that look alike: it is looked up once. A blank cell is written only where
    its style is not its column's. ``height`` is in points, None for the sheet's own.
    """

    values: Sequence[Value]
    styles: Sequence[Style] = (PLAIN,)
    height: float | None = None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class BookColumn:
    """One column: its width in characters, the style of its blank cells, and whether it is folded into a group."""

    width: float = 18
    style: Style = PLAIN
    folded: bool = False
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class DropDown:
    """What may be chosen in a column from row ``first`` to ``last``: a list of the book by its name.

    With ``strict`` anything else is refused, with ``explanation`` as the reason; without, the list is only offered, as
    where a cell may hold several with semicolons between.
    """

    column: int
    list_name: str
    first: int = 2
    last: int = 1_048_576
    strict: bool = True
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class BookSheet:
    """One sheet.

    ``rows`` are taken once, in order, so they may be a generator. ``head`` rows and ``frozen`` columns stay in view;
    ``filtered`` is the row of headings that the filters of ``columns`` stand on, None for no filters, and ``last_row``
    as far as they reach. ``notes`` are
    comments by address. ``row_height`` holds for rows without their own, in points; None fits each to what it holds.
    ``one_page_wide`` and ``landscape`` are for paper, where the head stands on every page.
    """

    title: str
    rows: Iterable[BookRow]
    columns: Sequence[BookColumn] = ()
    head: int = 0
    frozen: int = 0
    filtered: int | None = None
    last_row: int = 1
    notes: Mapping[Address, str] = field(default_factory=lambda: MappingProxyType({}))
    merged: Sequence[Merged] = ()
    drop_downs: Sequence[DropDown] = ()
    row_height: float | None = None
    hidden: bool = False
    protected: bool = False
    gridlines: bool = True
    landscape: bool = True
    one_page_wide: bool = False


@dataclass(frozen=True, slots=True)
class Palette:
    """How a book looks that is to look like somebody else's: font, size in points, and fills as RRGGBB.

    What stands on ``heading`` is white.
    """

    font: str
    size: int
    heading: str
    section: str
    subsection: str
    total: str


@dataclass(frozen=True, slots=True)
class Book:
    """A whole workbook.

    ``lists`` are what drop-downs offer, by name; they stand on a hidden, protected sheet called ``list_sheet``.
    ``names`` are defined names of constant texts, ``properties`` custom document properties, ``identifier`` the core
    one. ``made_at`` is the time that the file tells it was made at. The first sheet that is not hidden opens.
    Without a ``palette`` it looks like ours.
    """

    sheets: Sequence[BookSheet]
    made_at: dt.datetime
    lists: Mapping[str, Sequence[str]] = field(default_factory=lambda: MappingProxyType({}))
    list_sheet: str = "_lists"
    names: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    properties: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    identifier: str | None = None
    title: str = ""
    language: str = "fi"
    palette: Palette | None = None
