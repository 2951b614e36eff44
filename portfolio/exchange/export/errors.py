"""Rows in error as a workbook: the file as it came, with the reason beside each row, to be corrected and sent again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from portfolio.core.language import say
from portfolio.exchange.columns import as_text
from portfolio.exchange.columns.identity import CARRIER, META_SHEET
from portfolio.exchange.columns.sheets import REASON_HEADING
from portfolio.files.cells import CellValue, Sheet, Workbook
from portfolio.files.workbook import Book, BookColumn, BookRow, BookSheet, Format, Style, Tone, Value

Where = tuple[str, int]
"""A row of a file: its sheet and number."""

_HEAD = Style(Tone.QUIET_HEADING, wrap=True)
_PLAIN, _DAY, _REASON = Style(wrap=True), Style(format=Format.DATE), Style(Tone.STRONG, wrap=True)
_WIDTH, _REASON_WIDTH = 20.0, 60.0


@dataclass(frozen=True, slots=True)
class RowsInError:
    """Which rows are wrong and why, and which rows of each sheet are its head.

    ``whole`` keeps the other rows too: where sections above a row say what it is, it means nothing alone.
    """

    reasons: Mapping[Where, Sequence[str]]
    heads: Mapping[str, Collection[int]]
    whole: bool


def error_book(workbook: Workbook, wanted: RowsInError, language: str, made_at: dt.datetime) -> Book:
    """Make the workbook: sheets with rows in error, and what tells an import of which export the file is."""
    named = {sheet for sheet, _ in wanted.reasons}
    sheets = [_sheet(one, wanted, language) for one in workbook.sheets if one.name in named]
    sheets += [_meta(one) for one in workbook.sheets if one.name == META_SHEET]
    token = workbook.properties.get(f"custom:{CARRIER}") or workbook.properties.get("core:identifier")
    carried = {CARRIER: token} if token else {}
    return Book(
        sheets,
        made_at,
        names=carried,
        properties=carried,
        identifier=token,
        title=say(REASON_HEADING, language),
        language=language,
    )


def _sheet(sheet: Sheet, wanted: RowsInError, language: str) -> BookSheet:
    head = max(wanted.heads.get(sheet.name, ()), default=0)
    folded = [number in sheet.hidden_columns for number in range(1, sheet.width + 1)]
    columns = [BookColumn(_WIDTH, folded=one) for one in folded]
    rows = list(_rows(sheet, head, wanted, language))
    return BookSheet(sheet.name, rows, [*columns, BookColumn(_REASON_WIDTH)], head=head)


def _rows(sheet: Sheet, head: int, wanted: RowsInError, language: str) -> Iterator[BookRow]:
    for number, cells in enumerate(sheet.rows, start=1):
        reasons = wanted.reasons.get((sheet.name, number), ())
        asked = (sheet.name, number) in wanted.reasons  # a row without a reason of its own is left out with its item
        if number > head and not (asked and cells) and not wanted.whole:
            continue
        values = [_value(cell, language) for cell in cells]
        values += [None] * (sheet.width - len(values))
        last = say(REASON_HEADING, language) if number == head else " ".join(reasons) or None
        styles = [_HEAD if number <= head else _DAY if isinstance(value, dt.date) else _PLAIN for value in values]
        yield BookRow([*values, last], [*styles, _HEAD if number <= head else _REASON])


def _meta(sheet: Sheet) -> BookSheet:
    rows = [BookRow([_value(cell, "en") for cell in cells], (Style(format=Format.TEXT),)) for cells in sheet.rows]
    return BookSheet(sheet.name, rows, hidden=True, protected=True)


def _value(cell: CellValue, language: str) -> Value:
    """Give a cell as a book takes it; a blank is None, a time of day is written out."""
    if isinstance(cell, dt.time | dt.timedelta):
        return as_text(cell, language)
    return None if cell == "" else cell
