"""A document as plain values, the shape that ``document.typ`` reads."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from portfolio.files.document import (
    Block,
    Bullets,
    Document,
    Heading,
    PageBreak,
    Paragraph,
    Picture,
    Piece,
    Section,
    Table,
    Tone,
    Words,
    without_controls,
)

ENDLESS = re.compile(r"\S{40,}")
BREAK, BETWEEN_BREAKS = "\N{ZERO WIDTH SPACE}", 10
"""A word that no syllable ends may be broken after so many letters, so that it stays in its cell."""


def plain(document: Document) -> dict[str, Any]:
    """Give values ready for JSON, every text without signs of control."""
    return {
        "title": without_controls(document.title),
        "author": without_controls(document.author),
        "language": document.language,
        "lead": _all(document.lead),
        "foot": without_controls(document.foot),
        "page_words": without_controls(document.page_words),
        "paper": document.paper.value,
        "landscape": document.landscape,
        "blocks": [_block(block) for block in document.blocks],
    }


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Heading(text, level):
            return {"kind": "heading", "text": without_controls(text), "level": level}
        case Paragraph(words, keep):
            return {"kind": "paragraph", "words": _words(words), "keep": keep}
        case Bullets(points):
            return {"kind": "bullets", "points": _all(points)}
        case Table():
            return _table(block)
        case Picture(svg, alt, width):
            return {"kind": "picture", "svg": without_controls(svg), "alt": without_controls(alt), "width": width}
        case PageBreak():
            return {"kind": "page_break"}


def _table(table: Table) -> dict[str, Any]:
    """Give a table; raises ValueError for a row that has not a cell for each column."""
    count = len(table.columns)
    if any(len(row) != count for row in (*table.rows, table.foot or table.columns) if not isinstance(row, Section)):
        message = f"Each row of the table needs {count} cells"
        raise ValueError(message)
    return {
        "kind": "table",
        "size": table.size,
        "columns": [
            {"heading": without_controls(one.heading), "share": one.share, "numbers": one.numbers}
            for one in table.columns
        ],
        "rows": [{"section": _words(row.words)} if isinstance(row, Section) else _all(row) for row in table.rows],
        "foot": _all(table.foot),
    }


def _all(many: Iterable[Words]) -> list[str | list[dict[str, str | None]]]:
    return [_words(one) for one in many]


def _words(words: Words) -> str | list[dict[str, str | None]]:
    """Give a text, or its pieces where one of them differs from plain text."""
    pieces = [words] if isinstance(words, str | Piece) else words
    parts = [Piece(one) if isinstance(one, str) else one for one in pieces]
    if all(one.tone is Tone.PLAIN and one.language is None for one in parts):
        return _breakable("".join(one.text for one in parts))
    return [{"text": _breakable(one.text), "tone": one.tone.value, "language": one.language} for one in parts]


def _breakable(text: str) -> str:
    return ENDLESS.sub(_with_breaks, without_controls(text))


def _with_breaks(word: re.Match[str]) -> str:
    letters = word[0]
    return BREAK.join(letters[at : at + BETWEEN_BREAKS] for at in range(0, len(letters), BETWEEN_BREAKS))
