"""Reading CSV: separator and encoding are found out, and a broken row is told by its line, never shifted."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import PurePath

from portfolio.core.language import N_
from portfolio.core.problem import Place, Problem, Refusal
from portfolio.files.cells import CellValue, Sheet
from portfolio.files.workbook.limits import MOST_COLUMNS, Told, check_reach

SEPARATORS = ";\t,|"

BROKEN_ROW = N_(
    "Line %(line)s has %(found)s fields where the others have %(usual)s. Does a text hold the separator %(separator)s "
    "or a line break without quotation marks around it?"
)
BROKEN_QUOTES = N_(
    "The fields of line %(line)s cannot be told apart: its quotation marks do not match, or a text is far too long."
)
UNCLOSED = N_(
    '"%(file)s" has a quotation mark on line %(line)s that is never closed, so the rest of the file cannot be read.'
)
UNKNOWN_LETTERS = N_('The letters of "%(file)s" cannot be read. Save it in Excel as "CSV UTF-8" and try again.')
TOO_MANY_FIELDS = N_('"%(file)s" has a line of more than %(most)s fields.')

LEFT_OUT = 8
"""So many equally short rows together are whole: Excel leaves out separators at the end where columns are blank."""

MOST_FIELDS = 10 * MOST_COLUMNS
LOOK = 20_000
"""Characters of a line that are looked at to find the separator."""
OFTEN = 5_000
"""Rows between two signs of progress."""

_SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_FINNISH = "äöå"


@dataclass(slots=True)
class _Row:
    """One record: the line on which it begins, as an editor counts, and its fields; None where they are not known."""

    line: int
    fields: list[str] | None


def read_separated(data: bytes, name: str, told: Told) -> Sheet:
    """Read a CSV file as one sheet of texts, named as the file; a row of too many or too few fields is a fault."""
    # A null stands for what a spreadsheet would have refused; csv itself refuses the whole file for it.
    text = _decode(data, name).replace("\0", "")
    skipped = 0
    if first := _SEPARATOR_LINE.match(text):
        text, skipped = text[first.end() :], 1
    separator = first[1] if first else _separator(text)
    if max((line.count(separator) for line in io.StringIO(text)), default=0) > MOST_FIELDS:
        raise Refusal(Problem(TOO_MANY_FIELDS, {"file": name, "most": MOST_FIELDS}))
    sheet = PurePath(name).stem
    rows = list(_filled(_rows(text, separator, skipped, name), sheet, told))
    width = _usual_width(rows)
    check_reach(sheet, len(rows), width)
    broken = set(_broken(rows, width))
    faults = []
    kept: list[list[CellValue]] = []
    for number, row in enumerate(rows, start=1):
        if row.fields is None or number in broken:
            faults.append(_fault(row, width, separator, Place(sheet, number)))
            kept.append([])
        else:
            kept.append([*row.fields[:width], *[""] * (width - len(row.fields))])
    return Sheet(sheet, kept, faults=tuple(faults))


def _rows(text: str, separator: str, skipped: int, name: str) -> Iterator[_Row]:
    """Give every record with its line."""
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    while True:
        line = lines.line_num + 1 + skipped
        try:
            yield _Row(line, next(lines))
        except StopIteration:
            return
        except csv.Error as error:
            if "unexpected end" in str(error):
                raise Refusal(Problem(UNCLOSED, {"file": name, "line": line})) from error
            yield _Row(line, None)


def _filled(rows: Iterator[_Row], sheet: str, told: Told) -> Iterator[_Row]:
    """Leave blank rows at the end out: programs write a million of them."""
    blank: list[_Row] = []
    done = 0
    for row in rows:
        if row.fields is not None and not any(row.fields):
            blank.append(_Row(row.line, []))
            continue
        done += len(blank) + 1
        check_reach(sheet, done, 1)
        yield from blank
        blank = []
        yield row
        if done % OFTEN == 0:
            told(done, 0)


def _usual_width(rows: list[_Row]) -> int:
    widths = Counter(len(row.fields) for row in rows if row.fields)
    return max(widths, key=lambda width: (widths[width], width), default=0)


def _broken(rows: list[_Row], width: int) -> Iterator[int]:
    """Number the rows that have another number of fields than the table has.

    Shorter rows before the table, and single texts that a blank row parts from it, are titles and notes.
    """
    begun, parted, runs = False, False, _runs(rows)
    for number, (row, run) in enumerate(zip(rows, runs, strict=True), start=1):
        found = len(row.fields or ())
        begun = begun or found == width
        parted = (parted and found <= 1) or (begun and found == 0)
        is_note = not begun or (found == 1 and parted)
        if found > width or (0 < found < width and not is_note and run < LEFT_OUT):
            yield number


def _runs(rows: list[_Row]) -> list[int]:
    """Tell of each row in how long a run of rows with as many fields it stands."""
    lengths: list[int] = []
    first = 0
    for number in range(1, len(rows) + 1):
        if number == len(rows) or len(rows[number].fields or ()) != len(rows[first].fields or ()):
            lengths += [number - first] * (number - first)
            first = number
    return lengths


def _fault(row: _Row, width: int, separator: str, place: Place) -> Problem:
    if row.fields is None:
        return Problem(BROKEN_QUOTES, {"line": row.line}, place)
    shown = {"line": row.line, "found": len(row.fields), "usual": width, "separator": separator}
    return Problem(BROKEN_ROW, shown, place)


def _decode(data: bytes, name: str) -> str:
    """Decode by the byte order mark, else as UTF-8, else as Windows or an old Macintosh wrote in Western Europe."""
    try:
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            return data.decode("utf-16")
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise Refusal(Problem(UNKNOWN_LETTERS, {"file": name})) from None
    found = [_decoded(data, encoding) for encoding in ("cp1252", "mac_roman")]
    # the same bytes are small Finnish letters in one and signs that hardly occur in the other
    text = max(found, key=lambda text: sum(map((text or "").count, _FINNISH)))
    if text is None:
        raise Refusal(Problem(UNKNOWN_LETTERS, {"file": name}))
    return text


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _separator(text: str) -> str:
    """Choose the separator that splits most of the first lines alike; the semicolon of Finnish Excel wins a tie."""
    lines = [line[:LOOK] for line in islice(io.StringIO(text), 50) if line.strip()]

    def agreement(separator: str) -> int:
        widths = Counter(len(next(csv.reader([line], delimiter=separator))) for line in lines)
        return max((count for width, count in widths.items() if width > 1), default=0)

    return max(SEPARATORS, key=agreement)
