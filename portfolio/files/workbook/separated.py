"""Reading CSV: separator and encoding are found out, and a broken row is told by its number, never shifted."""

from __future__ import annotations

import csv
import io
from collections import Counter
from itertools import islice
from pathlib import PurePath

from portfolio.core.language import N_
from portfolio.core.problem import Place, Problem, Refusal
from portfolio.files.cells import CellValue, Sheet

SEPARATORS = ";\t,|"
MOST_ROWS = 100_000

TOO_MANY_ROWS = N_('"%(file)s" has more than %(most)s rows.')
BROKEN_ROW = N_(
    "The row has %(found)s fields where the others have %(usual)s. Does a text hold the separator %(separator)s "
    "without quotation marks around it?"
)


def read_separated(data: bytes, name: str) -> Sheet:
    """Read a CSV file as one sheet of texts, named as the file; a row with too many fields is a fault, left blank."""
    text = _decode(data)
    separator = _separator(text)
    # A null stands for what a spreadsheet would have refused; csv itself refuses the whole file for it.
    lines = csv.reader(io.StringIO(text.replace("\0", ""), newline=""), delimiter=separator)
    rows = list(islice(lines, MOST_ROWS + 1))
    if len(rows) > MOST_ROWS:
        raise Refusal(Problem(TOO_MANY_ROWS, {"file": name, "most": MOST_ROWS}))
    sheet = PurePath(name).stem
    usual = Counter(len(row) for row in rows if any(row)).most_common(1)
    width = usual[0][0] if usual else 0
    kept: list[list[CellValue]] = []
    faults = []
    for number, row in enumerate(rows, start=1):
        if len(row) > width and any(row):
            shown = {"found": len(row), "usual": width, "separator": separator}
            faults.append(Problem(BROKEN_ROW, shown, Place(sheet, number)))
            kept.append([])
        else:
            kept.append(list(row[:width]))
    return Sheet(sheet, kept, faults=tuple(faults))


def _decode(data: bytes) -> str:
    """Decode by the byte order mark, else as UTF-8, else as Windows does it in Western Europe."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _separator(text: str) -> str:
    """Choose the separator that splits most of the first lines alike; the semicolon of Finnish Excel wins a tie."""
    lines = [line for line in islice(io.StringIO(text), 50) if line.strip()]

    def agreement(separator: str) -> int:
        widths = Counter(len(next(csv.reader([line], delimiter=separator))) for line in lines)
        return max((count for width, count in widths.items() if width > 1), default=0)

    return max(SEPARATORS, key=agreement)
