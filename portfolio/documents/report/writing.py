"""From a report to a file: the same parts as tagged PDF, as Word, and as a workbook with a sheet a table."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType

from portfolio.core.language import N_, format_date, format_number, format_percent, say
from portfolio.core.money import format_money
from portfolio.documents.report.chart import draw_chart
from portfolio.documents.report.model import ColumnFormat, Field, Grid, Group, Part, Report, Said, Value, numbered
from portfolio.files.document import (
    Block,
    Bullets,
    Column,
    Document,
    Heading,
    Paragraph,
    Picture,
    Piece,
    Section,
    Table,
    Tone,
    Words,
)
from portfolio.files.pdf import write_pdf
from portfolio.files.word import write_word
from portfolio.files.workbook import Book, BookColumn, BookRow, BookSheet, Format, Style, write_book
from portfolio.files.workbook import Tone as SheetTone
from portfolio.files.workbook import Value as SheetValue

PAGE = N_("Page %(page)s of %(pages)s")
PART, TEXT = N_("Part"), N_("Text")
NOT_KNOWN, GROUP = N_("not known"), N_("Service area")
TITLE_STYLE, LABEL_STYLE, HEADING_STYLE = (Style(one) for one in (SheetTone.TITLE, SheetTone.LABEL, SheetTone.HEADING))
NUMBERS = frozenset({ColumnFormat.MONEY, ColumnFormat.PERCENT, ColumnFormat.NUMBER})
FORMATS_OF_CELLS: Mapping[ColumnFormat, Format] = MappingProxyType(
    {
        ColumnFormat.TEXT: Format.TEXT,
        ColumnFormat.DATE: Format.DATE,
        ColumnFormat.MONEY: Format.EUROS,
        ColumnFormat.PERCENT: Format.PERCENT,
        ColumnFormat.NUMBER: Format.NUMBER,
    }
)
LETTERS_A_SHARE = 16
"""Width of a column of share 1 in a workbook, in letters."""
LETTERS_OF_GROUP, TITLE_HEIGHT, LINE_HEIGHT, SPARE = 24, 26, 15, 3
"""Width of the column of groups in letters; heights of rows in points."""


def as_document(report: Report) -> Document:
    """Give the report as a document of headings, paragraphs, tables with header cells, and charts with their words."""
    headings = numbered(report.parts) if report.numbered else [part.heading for part in report.parts]
    blocks = [
        block
        for part, heading in zip(report.parts, headings, strict=True)
        for block in _blocks(part, heading, report.language)
    ]
    return Document(
        title=report.title,
        author=report.municipality,
        language=report.language,
        blocks=blocks,
        lead=report.lead,
        foot=report.source,
        page_words=say(PAGE, report.language, page="{page}", pages="{pages}"),
        landscape=report.landscape,
    )


def as_workbook(report: Report) -> bytes:
    """Give the report as a workbook: its words on the first sheet, then a sheet a table with numbers to reckon with."""
    grids = [_words_of(report), *(part.grid for part in report.parts if part.grid is not None)]
    return write_book(
        Book([_sheet(grid, report) for grid in grids], report.made_at, title=report.title, language=report.language)
    )


def _words_of(report: Report) -> Grid:
    """Give what stands between the tables as a table of its own, so that a workbook says no less than a document."""
    headings = numbered(report.parts) if report.numbered else [part.heading for part in report.parts]
    rows: list[Sequence[Value]] = [["", line] for line in report.lead]
    rows += [
        [heading, text]
        for part, heading in zip(report.parts, headings, strict=True)
        for text in (*part.text, *part.points)
    ]
    fields = [Field(say(PART, report.language), share=2), Field(say(TEXT, report.language), share=6)]
    return Grid(say(TEXT, report.language), fields, rows)


def _pdf(report: Report) -> bytes:
    return write_pdf(as_document(report))


def _docx(report: Report) -> bytes:
    return write_word(as_document(report))


WRITERS: Mapping[str, Callable[[Report], bytes]] = MappingProxyType({"pdf": _pdf, "docx": _docx, "xlsx": as_workbook})
"""Ending of a file's name → what writes it."""


def _blocks(part: Part, heading: str, language: str) -> Iterator[Block]:
    yield Heading(heading, part.level)
    shown_next = part.chart is not None or part.grid is not None
    for text in part.text:
        yield Paragraph(_said(text, language), keep=shown_next)
    if part.points:
        yield Bullets([_said(one, language) for one in part.points])
    if part.chart is not None:
        yield Picture(draw_chart(part.chart), part.chart.alt)
    if part.grid is not None:
        yield _table(part.grid, language)


def _table(grid: Grid, language: str) -> Table:
    columns = [Column(field.heading, field.share, field.shown in NUMBERS) for field in grid.fields]
    rows = [
        Section(_said(row.title, language)) if isinstance(row, Group) else _words(grid.fields, row, language)
        for row in grid.rows
    ]
    return Table(columns, rows, _words(grid.fields, grid.foot, language) if grid.foot else ())


def _words(fields: Sequence[Field], row: Sequence[Value], language: str) -> list[Words]:
    return [_word(field, value, language) for field, value in zip(fields, row, strict=True)]


def _word(field: Field, value: Value, language: str) -> Words:
    """Write one value in the report's language; what is not known is grey words, never an empty cell."""
    match value:
        case None:
            return Piece(say(NOT_KNOWN, language) if field.missing is None else field.missing, Tone.MUTED)
        case str() | Said():
            return _said(value, language)
        case dt.date():
            return format_date(value, language)
    if field.shown is ColumnFormat.MONEY:
        return format_money(Decimal(value), language)
    return (format_percent if field.shown is ColumnFormat.PERCENT else format_number)(value, language)


def _said(text: str | Said, language: str) -> Words:
    if isinstance(text, str):
        return text
    return text.text if text.language == language else Piece(text.text, language=text.language)


def _sheet(grid: Grid, report: Report) -> BookSheet:
    """Lay a table out on a sheet: lines that say what it is, headings that filter, rows that name their group."""
    above = [report.title, report.source]
    head = len(above) + 1
    grouped = any(isinstance(row, Group) for row in grid.rows)
    group = grid.group or say(GROUP, report.language)
    headings = [*([group] if grouped else []), *(field.heading for field in grid.fields)]
    widths = [*([LETTERS_OF_GROUP] if grouped else []), *(LETTERS_A_SHARE * field.share for field in grid.fields)]
    rows = [_fitted(row, widths) for row in _sheet_rows(grid, report.language, grouped=grouped)]
    lines = [
        BookRow([above[0]], (TITLE_STYLE,), height=TITLE_HEIGHT),
        BookRow([above[1]], (LABEL_STYLE,), height=LINE_HEIGHT * 1.4),
        _fitted(BookRow(headings, (HEADING_STYLE,)), widths),
    ]
    columns = [BookColumn(LETTERS_OF_GROUP)] if grouped else []
    columns += [
        BookColumn(LETTERS_A_SHARE * field.share, Style(format=FORMATS_OF_CELLS[field.shown], wrap=True))
        for field in grid.fields
    ]
    return BookSheet(
        *(grid.name, [*lines, *rows], columns),
        head=head,
        filtered=head,
        last_row=head + len(rows),
        one_page_wide=True,
    )


def _fitted(row: BookRow, widths: Sequence[float]) -> BookRow:
    """Make a row as high as its longest text needs: not every program does so by itself when it opens the file."""
    lines = [
        sum(max(1, math.ceil(len(line) / width)) for line in value.split("\n"))
        for value, width in zip(row.values, widths, strict=True)
        if isinstance(value, str)
    ]
    return replace(row, height=LINE_HEIGHT * max(lines, default=1) + SPARE)


def _sheet_rows(grid: Grid, language: str, *, grouped: bool) -> Iterator[BookRow]:
    styles = [Style(format=FORMATS_OF_CELLS[field.shown], wrap=True) for field in grid.fields]
    styles = [Style(wrap=True), *styles] if grouped else styles
    group: list[SheetValue] = [None] if grouped else []
    for row in grid.rows:
        if isinstance(row, Group):
            group = [_plain(row.title)]
        else:
            yield BookRow([*group, *_cells(grid.fields, row, language)], styles)
    if grid.foot:
        totals = [Style(SheetTone.TOTAL, one.format, one.wrap) for one in styles]
        yield BookRow([*([None] if grouped else []), *_cells(grid.fields, grid.foot, language)], totals)


def _cells(fields: Sequence[Field], row: Sequence[Value], language: str) -> Iterator[SheetValue]:
    """Give the values of a row as a workbook holds them: a percentage as a fraction, words for a text that is missing.

    A number or a day that is not known stays blank, so that sums and filters hold.
    """
    for field, value in zip(fields, row, strict=True):
        if field.shown is ColumnFormat.PERCENT and isinstance(value, int | Decimal):
            yield Decimal(value) / 100
        elif value is None and field.shown is ColumnFormat.TEXT:
            yield say(NOT_KNOWN, language) if field.missing is None else field.missing
        else:
            yield _plain(value) if isinstance(value, Said) else value


def _plain(text: str | Said) -> str:
    return text.text if isinstance(text, Said) else text
