"""The tables of money as sheets of a workbook: amounts as numbers, and what is not known told beside them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from portfolio.budgets.queries import FrameState
from portfolio.budgets.rules import EURO_WORDS, Sum
from portfolio.budgets.views.tables import FrameRow, Money, Row, Table, frame_rows, year_words
from portfolio.core.money import UNITS
from portfolio.files.workbook import Book, BookColumn, BookRow, BookSheet, Style, Tone, sheet_title
from portfolio.web.current import current
from portfolio.web.language import gettext

AMOUNTS = {"eur": "#,##0.00", "teur": "#,##0.0", "meur": "#,##0.0##"}
WIDE, NARROW, NOTED = 44, 16, 14


def money_book(money: Money, tables: Sequence[Table], title: str, about: str) -> Book:
    """Give the tables a sheet each, and the frames one; ``about`` stands over every one of them."""
    euros = money.asked.euros
    sheets = [_sheet(table, title, about, euros) for table in tables]
    if rows := frame_rows(money):
        sheets.append(_frame_sheet(year_words(money), rows, (title, about), euros))
    return Book(sheets, current.now, title=title, language=current.language)


def _sheet(table: Table, title: str, about: str, euros: str) -> BookSheet:
    counted = any(row.silent is not None for row in table.rows)
    heads = [table.first, "", *_heads(table.columns, euros)]
    heads += [gettext("Initiatives"), gettext("Without any amount")] if counted else []
    lines = [_line(row, euros, counted=counted) for row in table.rows]
    if table.foot is not None:
        lines.append(_line(table.foot, euros, counted=counted, tone=Tone.TOTAL))
    widths = [WIDE, NARROW, *(width for _ in table.columns for width in (NARROW, NOTED)), NARROW, NARROW]
    return _laid_out(f"{table.title}, {table.first}", [title, about], heads, lines, widths)


def _heads(columns: Iterable[str], euros: str) -> list[str]:
    unit = gettext(EURO_WORDS[euros])
    return [words for column in columns for words in (f"{column}, {unit}", gettext("%(what)s, not known", what=column))]


def _line(row: Row, euros: str, *, counted: bool, tone: Tone = Tone.PLAIN) -> BookRow:
    amount, text = Style(tone, AMOUNTS[euros]), Style(tone)
    values: list[Any] = [row.words, row.under]
    styles = [text, text]
    for cell in row.cells:
        values += [_number(cell.known, euros), _unknown(cell)]
        styles += [amount, text]
    if counted and row.silent is not None:
        values += [row.silent.of, row.silent.number]
        styles += [text, text]
    return BookRow(values, styles)


def _frame_sheet(words: Sequence[str], rows: Sequence[FrameRow], above: Sequence[str], euros: str) -> BookSheet:
    parts = (gettext("Frame"), gettext("Planned"), gettext("Left"))
    heads = [gettext("Portfolio"), gettext("Part"), *(f"{year}, {part}" for year in words for part in parts)]
    amount, text = Style(format=AMOUNTS[euros]), Style()
    lines = [
        BookRow(
            [row.words, row.under, *(value for one in row.cells for value in _frame(one, euros))],
            [text, text, amount],
        )
        for row in rows
    ]
    widths = [WIDE, NARROW, *(NARROW for _ in heads[2:])]
    return _laid_out(gettext("Frames"), list(above), heads, lines, widths)


def _frame(one: FrameState | None, euros: str) -> list[Decimal | None]:
    if one is None:
        return [None, None, None]
    return [_number(amount, euros) for amount in (one.amount, one.used.known, one.left)]


def _laid_out(
    title: str, above: Sequence[str], heads: Sequence[str], lines: Sequence[BookRow], widths: Sequence[float]
) -> BookSheet:
    head = Style(Tone.HEADING, wrap=True)
    rows = [*(BookRow([words]) for words in above), BookRow(list(heads), [head]), *lines]
    return BookSheet(
        sheet_title(title),
        rows,
        [BookColumn(width) for width, _ in zip(widths, heads, strict=False)],
        head=len(above) + 1,
        frozen=1,
        filtered=len(above) + 1,
        last_row=len(rows),
        one_page_wide=True,
    )


def _number(amount: Decimal | None, euros: str) -> Decimal | None:
    return None if amount is None else amount / UNITS[euros]


def _unknown(cell: Sum) -> str | None:
    """Say what a sum leaves out; nothing told at all is said too, since its cell is blank as well."""
    if not cell.is_told:
        return gettext("nothing told")
    return f"{cell.unknown}/{cell.of}" if cell.unknown else None
