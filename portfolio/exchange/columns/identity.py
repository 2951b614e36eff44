"""Who a row of our own workbooks is, and what the workbook says of itself: texts in cells, which survive any program.

Source: ``reference/excel.md`` §3.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from portfolio.core.language import N_
from portfolio.core.problem import Problem
from portfolio.core.text import has_valid_check_letter, read_whole, with_check_letter
from portfolio.exchange.columns.column import Entity

SCHEMA = 1
"""The version of the layout of our workbooks; a later one may add columns without changing it."""

META_SHEET, LISTS_SHEET = "_meta", "_lists"
CARRIER = "portfolio_export"
"""The defined name and the custom property that hold the export's token; the core identifier holds it too."""

ID, VERSION = "_id", "_ver"

NOT_AN_ID = N_('"%(text)s" is not the identity of a row. Copy it from another row only together with the whole row.')
WRONG_LETTER = N_('The identity "%(text)s" has been changed: its last letter does not fit it.')

LETTERS: Mapping[Entity, str] = MappingProxyType(
    {
        Entity.UNIT: "U",
        Entity.POST: "P",
        Entity.SCHEME: "S",
        Entity.CATEGORY: "C",
        Entity.SOURCE: "H",
        Entity.FORUM: "F",
        Entity.MEETING: "G",
        Entity.INITIATIVE: "I",
        Entity.DECISION: "D",
        Entity.MILESTONE: "M",
        Entity.RECURRING_DEADLINE: "R",
        Entity.DEPENDENCY: "N",
        Entity.INDICATOR: "K",
        Entity.DOCUMENT_LINK: "L",
        Entity.REVIEW: "V",
    }
)
"""The letter of each entity; a row of the budget sheet bears its initiative's identity."""

_DASHES = re.compile(r"[‐-―−]")
_OF_LETTER = {letter: entity for entity, letter in LETTERS.items()}


def token_of(entity: Entity, identity: int) -> str:
    """Give the text that identifies a row: "I-123-K" in shape, ending in a check letter.

    It ends in a letter so that dragging it down in a spreadsheet copies it, which is noticed, and does not count on.
    """
    return with_check_letter(f"{LETTERS[entity]}-{identity}")


def read_token(text: str) -> tuple[Entity, int] | Problem:
    """Read what :func:`token_of` gave; case, spaces and kinds of dash do not matter."""
    plain = _DASHES.sub("-", "".join(text.split())).upper()
    letter, _, digits = plain.rpartition("-")[0].partition("-")
    number = read_whole(digits)
    if letter not in _OF_LETTER or number is None:
        return Problem(NOT_AN_ID, {"text": text})
    if not has_valid_check_letter(plain):
        return Problem(WRONG_LETTER, {"text": text})
    return _OF_LETTER[letter], number


@dataclass(frozen=True, slots=True)
class SheetMeta:
    """One sheet as it was written: its key and title, and its columns' keys and headings in their order."""

    key: str
    title: str
    columns: tuple[str, ...]
    headings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Meta:
    """What a workbook of ours says of itself on its hidden sheet. ``layout`` is "own" or a profile's name."""

    token: str
    language: str
    layout: str
    sheets: tuple[SheetMeta, ...]
    schema: int = SCHEMA

    def rows(self) -> list[list[str]]:
        """Give the rows of the hidden sheet: a key and what belongs to it."""
        found = [
            ["export", self.token],
            ["schema", str(self.schema)],
            ["language", self.language],
            ["layout", self.layout],
        ]
        for sheet in self.sheets:
            found += [
                ["sheet", sheet.key, sheet.title],
                ["columns", sheet.key, *sheet.columns],
                ["headings", sheet.key, *sheet.headings],
            ]
        return found


OWN_LAYOUT = "own"


def read_meta(rows: Sequence[Sequence[object]]) -> Meta | None:
    """Read what :meth:`Meta.rows` gave, in any order of rows; None when no export is named.

    A program may have made numbers of texts that look like numbers, and padded rows with blanks.
    """
    said: dict[str, str] = {}
    titles: dict[str, str] = {}
    columns: dict[str, tuple[str, ...]] = {}
    headings: dict[str, tuple[str, ...]] = {}
    for kind, *values in map(_texts, rows):
        match kind, values:
            case "sheet", [key, title, *_]:
                titles[key] = title
            case "columns", [key, *keys]:
                columns[key] = tuple(keys)
            case "headings", [key, *texts]:
                headings[key] = tuple(texts)
            case _, [value, *_]:
                said[kind] = value
    if not said.get("export"):
        return None
    sheets = tuple(SheetMeta(key, title, columns.get(key, ()), headings.get(key, ())) for key, title in titles.items())
    schema = read_whole(said.get("schema", ""))
    layout = said.get("layout", OWN_LAYOUT)
    return Meta(said["export"], said.get("language", ""), layout, sheets, SCHEMA if schema is None else schema)


def _texts(row: Sequence[object]) -> list[str]:
    return list(_unpadded(row)) or [""]


def _unpadded(row: Sequence[object]) -> Iterator[str]:
    """Give a row's cells as texts, without the blanks behind the last one that holds something."""
    cells = [_text(cell) for cell in row]
    last = max((number for number, cell in enumerate(cells, start=1) if cell), default=0)
    yield from cells[:last]


def _text(cell: object) -> str:
    if cell is None:
        return ""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip()
