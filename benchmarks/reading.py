"""Reading workbooks: ten thousand rows of twenty-five columns against openpyxl, and a sheet padded to its last row."""

from __future__ import annotations

import datetime as dt
import io
import random
import zipfile
from typing import TYPE_CHECKING, Any

import openpyxl

from benchmarks.result import Result, against, median_ms, medians_ms
from portfolio.files.workbook import TableColumn, read_workbook, write_table

if TYPE_CHECKING:
    from collections.abc import Iterator

ROWS = 10_000
TEXTS, CHOICES, NUMBERS, DAYS = 10, 5, 6, 4
LAST_ROW = 1_048_576
PADDED_MS = 2_000.0
SHEET = "xl/worksheets/sheet1.xml"


def readings() -> Iterator[Result]:
    """Read a full sheet, and one of which all but the first rows are styled, empty cells."""
    columns = [TableColumn(f"Otsikko {number}") for number in range(TEXTS + CHOICES + NUMBERS + DAYS)]
    data = write_table(columns, _rows(), title="Toimenpiteet")
    ours, theirs = medians_ms(lambda: read_workbook(data, "full.xlsx"), lambda: _by_openpyxl(data), runs=3)
    yield against("reading 10,000 × 25 cells, against openpyxl read_only, ms", ours, theirs, 0.5)

    padded = _padded(write_table([TableColumn("Otsikko")], [["arvo"]]))
    elapsed = median_ms(lambda: read_workbook(padded, "padded.xlsx"), runs=3, warm_up=1)
    yield against("reading 1,048,576 padded rows, ms", elapsed, PADDED_MS, 1)


def _by_openpyxl(data: bytes) -> None:
    for sheet in openpyxl.load_workbook(io.BytesIO(data), read_only=True):
        for _ in sheet.iter_rows(values_only=True):
            pass


def _rows() -> Iterator[list[Any]]:
    chance = random.Random(1)
    for number in range(ROWS):
        yield [
            *(f"Toimenpide {number}, teksti {chance.randrange(10_000)}" for _ in range(TEXTS)),
            *(chance.choice(("Käynnissä", "Valmis", "Ehdotettu")) for _ in range(CHOICES)),
            *(chance.randrange(10**8) / 100 for _ in range(NUMBERS)),
            *(dt.date(2025, 1, 1) + dt.timedelta(chance.randrange(999)) for _ in range(DAYS)),
        ]


def _padded(data: bytes) -> bytes:
    """Put a styled, empty cell into every row that is left, as some programs do."""
    rows = "".join(f'<row r="{number}"><c r="A{number}" s="1"/></row>' for number in range(3, LAST_ROW + 1))
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            content = old.read(part)
            new.writestr(
                part, content.replace(b"</sheetData>", f"{rows}</sheetData>".encode()) if part == SHEET else content
            )
    return file.getvalue()
