"""What differs in an initiative as pieces of a document's text, alike in the roadmap's table and in a difference."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from portfolio.core.language import say
from portfolio.core.money import NOT_KNOWN
from portfolio.files.document import Piece, Tone
from portfolio.register.rules import CellWords


def change_pieces(fate: str | None, cells: Iterable[CellWords], language: str) -> list[Piece]:
    """Say what became of it, then cell by cell old → new, a line each."""
    pieces = [Piece(fate, Tone.STRONG)] if fate else []
    for cell in cells:
        pieces += [Piece("\n")] if pieces else []
        pieces += _cell(cell, language)
    return pieces


def _cell(cell: CellWords, language: str) -> Iterator[Piece]:
    old, new = (say(NOT_KNOWN, language) if side is None else side for side in (cell.old, cell.new))
    yield Piece(f"{cell.label}: ")
    yield Piece(old, Tone.OLD)
    yield Piece(" → ")
    yield Piece(new, Tone.NEW)
    if cell.note:
        yield Piece(f" ({cell.note})", Tone.MUTED)
