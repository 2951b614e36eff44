"""What a document is made of, before any paper: headings, paragraphs, tables, pictures, in one language.

All text is data. Nothing in it is read as markup, whatever letters it holds.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

FORBIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""What is no letter at all: signs of control, halves of letters."""


class Paper(enum.StrEnum):
    """Sizes of paper, as Typst calls them."""

    A4 = "a4"
    A3 = "a3"


class Tone(enum.StrEnum):
    """How a piece of text stands out; what is struck or new also says so to those who do not see colours."""

    PLAIN = "plain"
    STRONG = "strong"
    MUTED = "muted"
    ALARM = "alarm"
    OLD = "old"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text in one tone; ``language`` (fi, sv, en) where it is not the document's."""

    text: str
    tone: Tone = Tone.PLAIN
    language: str | None = None


Words: TypeAlias = str | Piece | Sequence[Piece]
"""Text of a paragraph or a cell; its line breaks are kept."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading below the document's title; levels go from 1 and skip none."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Some sentences. A ``keep`` paragraph is on the page of what follows it."""

    words: Words
    keep: bool = False


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list, each point in a few words."""

    points: Sequence[Words]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its heading, its share of the width beside the others', and whether it holds numbers."""

    heading: str
    share: float = 1
    numbers: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A row over all columns that names those below it, and is said again where they go on to the next page."""

    words: Words


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose headings repeat on each page; a row has as many cells as there are ``columns``.

    ``foot`` is a last row of sums. ``size`` is that of its letters in points.
    """

    columns: Sequence[Column]
    rows: Sequence[Sequence[Words] | Section]
    foot: Sequence[Words] = ()
    size: float = 9


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing (SVG) as wide as the text, or ``width`` of it in per cent; ``alt`` says what it shows and is a must."""

    svg: str
    alt: str
    width: float = 100


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins a page."""


Block: TypeAlias = Heading | Paragraph | Bullets | Table | Picture | PageBreak


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document: its title, whose it is, what stands under the title and at the foot of each page, its blocks.

    ``foot`` says the source and the point in time; ``page_words`` hold ``{page}`` and ``{pages}``.
    """

    title: str
    author: str
    language: str
    blocks: Sequence[Block]
    lead: Sequence[Words] = ()
    foot: str = ""
    page_words: str = "{page}/{pages}"
    paper: Paper = Paper.A4
    landscape: bool = False


def without_controls(text: str) -> str:
    """Leave out what neither a document nor XML can hold."""
    return FORBIDDEN.sub("", text)
