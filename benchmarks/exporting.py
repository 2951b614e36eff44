"""The export of ten thousand initiatives against bare openpyxl writing the same cells."""

from __future__ import annotations

import io
import statistics
from typing import TYPE_CHECKING

import openpyxl

from benchmarks.result import Result, against, once_ms
from benchmarks.town import MUNICIPALITY_ID
from portfolio.cli.context import now
from portfolio.core.database import open_session
from portfolio.core.rights import operator
from portfolio.exchange.export import ExportScope, create_export, make_workbook, own_book

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from benchmarks.town import Town
    from portfolio.files.workbook import Value

GOAL = 2.0
RUNS = 3


def exports(town: Town) -> Iterator[Result]:
    """Read the whole register and write it to a workbook; the reference is given its cells."""
    with open_session(town.engine, write=True) as session:
        actor, today = operator(now()).within(MUNICIPALITY_ID), now().date()
        export = create_export(session, actor, ExportScope(), "fi")
        book = own_book(session, export, actor, today)
        sheets = [[list(row.values) for row in sheet.rows] for sheet in book.sheets]
        times = [
            (once_ms(lambda: make_workbook(session, export, actor, today)), once_ms(lambda: _bare(sheets)))
            for _ in range(RUNS)
        ]
        session.rollback()
    ours, reference = map(statistics.median, zip(*times, strict=True))
    cells = sum(value is not None and value != "" for rows in sheets for row in rows for value in row)
    yield against(f"export of 10,000 initiatives, {cells:,} cells, against bare openpyxl", ours, reference, GOAL)


def _bare(sheets: Sequence[Sequence[Sequence[Value]]]) -> bytes:
    workbook = openpyxl.Workbook(write_only=True)
    for number, rows in enumerate(sheets):
        sheet = workbook.create_sheet(str(number))
        for row in rows:
            sheet.append(list(row))
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()
