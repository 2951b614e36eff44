"""What tells an import which export a workbook is: the same token in four places, any one of which suffices."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from portfolio.exchange.columns.identity import CARRIER, LISTS_SHEET, META_SHEET, Meta
from portfolio.files.workbook import Book, BookColumn, BookRow, BookSheet, Format, Style

_TEXT = Style(format=Format.TEXT)
_WIDTH = 24.0


def carry(
    meta: Meta,
    sheets: Sequence[BookSheet],
    *,
    made_at: dt.datetime,
    title: str,
    lists: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> Book:
    """Make a book of an export's sheets that carries its token in ``_meta``, a name, a property and the identifier.

    Source: ``reference/excel.md`` §2 and §3, what survives which program.
    """
    rows = [BookRow(row, (_TEXT,)) for row in meta.rows()]
    width = max(len(row.values) for row in rows)
    about = BookSheet(META_SHEET, rows, [BookColumn(_WIDTH, _TEXT)] * width, hidden=True, protected=True)
    return Book(
        [*sheets, about],
        made_at,
        lists,
        LISTS_SHEET,
        names={CARRIER: meta.token},
        properties={CARRIER: meta.token},
        identifier=meta.token,
        title=title,
        language=meta.language,
    )
