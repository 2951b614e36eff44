"""What a report is made of, before any file: numbered parts with text, charts and tables of typed values. Pure."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias


class ColumnFormat(enum.StrEnum):
    """How a column's values are written; numbers stand at the right."""

    TEXT = "text"
    DATE = "date"
    MONEY = "money"
    PERCENT = "percent"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Said:
    """A text in a language (fi, sv, en) that need not be the report's: so it is read aloud right."""

    text: str
    language: str


Value: TypeAlias = str | Said | int | Decimal | dt.date | None
"""A cell: None is not known, and is said so in words; money is in euros, a percentage in per cent."""


@dataclass(frozen=True, slots=True)
class Field:
    """A column: its heading, how it is shown, its share of the width beside the others'.

    ``missing`` are the words for a value that is None; without them it is "not known".
    """

    heading: str
    shown: ColumnFormat = ColumnFormat.TEXT
    share: float = 1
    missing: str | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """A row that names those below it, such as a service area."""

    title: str | Said


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; ``name`` is that of its sheet in a workbook. ``foot`` is a row of sums, ``group`` what groups are."""

    name: str
    fields: Sequence[Field]
    rows: Sequence[Sequence[Value] | Group]
    foot: Sequence[Value] = ()
    group: str | None = None


class Colour(enum.StrEnum):
    """The colours of charts, the same meaning everywhere: what goes well, what is at risk, what is late."""

    GOOD = "#1d6b4f"
    RISK = "#8f5600"
    BAD = "#a81f43"
    DONE = "#10629b"
    PLAIN = "#5c6a75"


@dataclass(frozen=True, slots=True)
class Stack:
    """One bar of a chart: its label, and how much of each series, in the order of the chart's series."""

    label: str
    numbers: Sequence[int]


@dataclass(frozen=True, slots=True)
class Chart:
    """Stacked bars lying down; ``series`` are words and colours, and ``alt`` says in words what is seen."""

    alt: str
    series: Sequence[tuple[str, Colour]]
    stacks: Sequence[Stack]


@dataclass(frozen=True, slots=True)
class Part:
    """A numbered part: its heading, its level from 1, paragraphs, points, a chart, a table, in this order."""

    heading: str
    text: Sequence[str | Said] = ()
    points: Sequence[str | Said] = ()
    chart: Chart | None = None
    grid: Grid | None = None
    level: int = 1


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report: its title, whose it is, the lines under the title, source and point in time, its parts.

    ``made_at`` is the aware moment at which it was made. ``numbered`` headings have numbers.
    """

    title: str
    municipality: str
    language: str
    lead: Sequence[str]
    source: str
    parts: Sequence[Part]
    made_at: dt.datetime
    landscape: bool = False
    numbered: bool = True


def numbered(parts: Sequence[Part]) -> list[str]:
    """Give the headings with their numbers: "1 Yhteenveto", "2.1 Tekninen palvelukeskus"."""
    counts: list[int] = []
    found = []
    for part in parts:
        counts = [*counts[: part.level], *[0] * (part.level - len(counts))]
        counts[part.level - 1] += 1
        found.append(f"{'.'.join(map(str, counts))} {part.heading}")
    return found
