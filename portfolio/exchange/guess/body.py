"""What lies below a heading before any column is known: where the table ends, and which rows are surely data."""

from __future__ import annotations

import re
import statistics
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from portfolio.exchange.columns import as_text, norm
from portfolio.exchange.guess.evidence import amount_of
from portfolio.exchange.guess.heading import Head
from portfolio.exchange.guess.words import NOTE, PLACEHOLDERS, TOTALS, TOTALS_AFTER
from portfolio.files.cells import Sheet

_TOTALS = re.compile(TOTALS)
_TOTALS_AFTER = re.compile(TOTALS_AFTER)
ROWS_LOOKED_AT = 5000
WIDE, NARROW = 3, 2
LONG = 60


@dataclass(frozen=True, slots=True)
class Body:
    """The rows of a table: all filled ones, those that are surely data, lone cells, and where notes begin below.

    ``below`` is the first row of what stands below the table, with the blank rows before it; None where nothing does.
    """

    filled: dict[int, list[int]]
    data: list[int]
    lone: list[int]
    totals: list[int]
    below: int | None
    gap: int


def read_body(sheet: Sheet, head: Head) -> Body:
    """Tell the rows below a heading apart."""
    filled = {row: columns for row, columns in _filled_rows(sheet) if row > head.last}
    below, gap = _end(sheet, head, filled)
    inside = {row: columns for row, columns in filled.items() if below is None or row < below}
    totals = [row for row in inside if is_total(sheet, row, inside[row])]
    known = {*totals, *_headings_again(sheet, head, inside)}
    lone = [row for row, columns in inside.items() if len(columns) == 1 and row not in known]
    data = [row for row, columns in inside.items() if len(columns) > 1 and row not in known]
    return Body(inside, data[:ROWS_LOOKED_AT], lone, totals, below, gap)


def _filled_rows(sheet: Sheet) -> Iterator[tuple[int, list[int]]]:
    """Give the rows that hold anything with their filled columns, formulas without results among them."""
    troubled: dict[int, set[int]] = defaultdict(set)
    for row, column in (*sheet.errors, *sheet.uncalculated):
        troubled[row].add(column)
    for row, cells in enumerate(sheet.rows, start=1):
        found = [at for at, one in enumerate(cells, 1) if one != "" and not (isinstance(one, str) and one.isspace())]
        if row in troubled:
            found = sorted(troubled[row].union(found))
        if found:
            yield row, found


def first_text(sheet: Sheet, row: int, filled: list[int]) -> str:
    """Give the text of a row's first filled cell, on one line."""
    return " ".join(as_text(sheet.value(row, filled[0]), "fi").split())


def says_total(text: str) -> bool:
    """Tell whether a row's first text is that of a sum."""
    return _TOTALS.search(text) is not None or _TOTALS_AFTER.search(text) is not None


def is_total(sheet: Sheet, row: int, filled: list[int]) -> bool:
    """Tell whether a row is a sum: it says so, and beside that it holds no text of its own."""
    others = (sheet.value(row, at) for at in filled[1:])
    return says_total(first_text(sheet, row, filled)) and not any(
        isinstance(one, str) and one and amount_of(one) is None and norm(one) not in PLACEHOLDERS for one in others
    )


def _headings_again(sheet: Sheet, head: Head, filled: Mapping[int, list[int]]) -> Iterator[int]:
    """Give the rows that repeat the heading, or one of its rows."""

    def text(row: int, at: int) -> str:
        return norm(as_text(sheet.value(row, at), "fi"))

    rows = [{at: text(row, at) for at in range(1, sheet.width + 1)} for row in range(head.first, head.last + 1)]
    for row, columns in filled.items():
        first = text(row, columns[0])
        if len(columns) >= NARROW and any(
            one[columns[0]] == first and all(one[at] == text(row, at) for at in columns) for one in rows
        ):
            yield row


def _end(sheet: Sheet, head: Head, filled: dict[int, list[int]]) -> tuple[int | None, int]:
    """Find where the table ends: trailing blocks of few cells that are neither data nor sums are notes."""
    blocks: list[list[int]] = []
    for row in filled:
        if blocks and row == blocks[-1][-1] + 1:
            blocks[-1].append(row)
        else:
            blocks.append([row])
    counts = sorted(len(columns) for columns in filled.values() if len(columns) > 1) or [NARROW]
    usual = statistics.median(
        counts[len(counts) // 2 :]
    )  # of the fuller half: a code list may be longer than the table
    least = max(min(WIDE, usual), -(-usual // 2))

    def is_data(row: int) -> bool:
        return len(filled[row]) >= least or is_total(sheet, row, filled[row])

    below: int | None = None
    while len(blocks) > 1 and not any(is_data(row) for row in blocks[-1]):
        below = blocks.pop()[0]
    last = blocks[-1] if blocks else []
    for row in reversed(last[1:]):  # notes that follow the last row at once
        text = first_text(sheet, row, filled[row])
        if is_data(row) or len(filled[row]) > 1 or not (NOTE.search(text) or len(text) > LONG):
            break
        below = row
        last.remove(row)
    if below is None:
        return None, 0
    above = last[-1] if last else head.last
    return below, below - above - 1


def gaps_inside(body: Body, head: Head) -> int:
    """Give the largest number of blank rows in a row inside the table."""
    rows = [head.last, *body.filled]
    return max((after - before - 1 for before, after in pairwise(rows)), default=0)
