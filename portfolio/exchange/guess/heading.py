"""Finding the heading of a table that nobody prepared: up to three rows, below titles and notes, joined into one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from portfolio.exchange.columns import Entity, Registry, as_text, norm
from portfolio.exchange.guess.money import unit_in
from portfolio.exchange.guess.names import names
from portfolio.exchange.guess.words import SHORT_YEAR, YEAR
from portfolio.exchange.rows.headings import SEARCHED_ROWS, joined, merged_texts, spread_rightwards
from portfolio.files.cells import Sheet

TALLEST = 3
FEWEST = 2
"""A heading has at least so many columns whose meaning can be told."""
HEIGHT_COSTS = 0.15
LONGEST, LONGEST_YEAR = 40, 60
GOOD = 0.75
"""How well a column must be named to count: that a heading holds one of our words somewhere does not suffice."""
PARTED, UNITED = 0.2, 0.4
"""A group's heading above several years, or a row of units below them, belongs to the heading."""


@dataclass(frozen=True, slots=True)
class Head:
    """A heading: its rows, whether texts spread rightwards, each column's joined text, and that of its lowest row.

    ``lines`` keep the line breaks of the lowest row: two languages stand on two lines.
    """

    first: int
    last: int
    spread: bool
    texts: dict[int, str]
    leaves: dict[int, str]
    lines: dict[int, str]

    def upper(self, column: int) -> str:
        """Give what stands above the lowest row."""
        text, leaf = self.texts.get(column, ""), self.leaves.get(column, "")
        return text[: -len(leaf)].strip() if leaf and text.endswith(leaf) else ""

    def told(self, column: int) -> tuple[str, ...]:
        """Give what a column's heading says: joined, then the lowest row alone, then with its line breaks."""
        text, leaf = self.texts.get(column, ""), self.leaves.get(column, "")
        told = (text,) if norm(leaf) in ("", norm(text)) else (text, leaf)
        return (*told, self.lines[column]) if column in self.lines else told


def read_head(sheet: Sheet, first: int, last: int) -> Head:
    """Read the heading in these rows."""
    rows = range(first, last + 1)
    rightwards = spread_rightwards(sheet, rows)
    merged = merged_texts(sheet, last)
    spread = any(address not in merged for address in rightwards)
    texts = dict(joined(sheet, rows, {**rightwards, **merged}))
    leaves = dict(joined(sheet, range(last, last + 1), merged))
    cells = {column: as_text(sheet.value(last, column), "fi") for column in range(1, sheet.width + 1)}
    lines = {column: text for column, text in cells.items() if "\n" in text.strip()}
    return Head(first, last, spread, texts, leaves, lines)


def find_head(sheet: Sheet, entity: Entity, registry: Registry) -> tuple[Head, float] | None:
    """Find the rows that name most columns, with how well they do.

    None when no rows name two columns, nor a row of short texts the title alone, with rows as full as it below.
    """
    best: tuple[Head, float] | None = None
    for last in range(1, min(SEARCHED_ROWS, len(sheet.rows)) + 1):
        for height in range(1, min(TALLEST, last) + 1):
            first = last - height + 1
            if not _may_be(sheet, first, last):
                break
            head = read_head(sheet, first, last)
            if first < last and _is_title(sheet, first, head):
                continue
            score, columns = _score(sheet, head, entity, registry)
            score -= HEIGHT_COSTS * (height - 1)
            if columns >= FEWEST and (best is None or score > best[1]):
                best = head, score
    return best or _by_title(sheet, entity, registry)


def _by_title(sheet: Sheet, entity: Entity, registry: Registry) -> tuple[Head, float] | None:
    """Find a row that names the title alone: the values may tell what its other columns are."""
    for row in range(1, min(SEARCHED_ROWS, len(sheet.rows) - 1) + 1):
        filled = [value for value in sheet.rows[row - 1] if value != ""]
        below = [value for value in sheet.rows[row] if value != ""]
        if not _may_be(sheet, row, row) or len(below) < FEWEST or any(len(str(value)) > LONGEST for value in filled):
            continue
        head = read_head(sheet, row, row)
        named = (names(head.told(column), entity, registry).get("title_fi") for column in head.texts)
        if any(one is not None and one.score >= GOOD for one in named):
            return head, GOOD
    return None


def _may_be(sheet: Sheet, first: int, last: int) -> bool:
    """Tell whether rows may be a heading: none is blank, and none holds days or numbers other than years."""
    cells = sheet.rows[first - 1]
    filled = [value for value in cells if value != ""]
    if not filled or (first == last and len(filled) < FEWEST):
        return False
    return not any(isinstance(value, dt.date | dt.time | bool) or _is_number(value) for value in filled)


def _is_number(value: object) -> bool:
    return isinstance(value, float | int) and YEAR.fullmatch(as_text(value, "fi")) is None


def _is_title(sheet: Sheet, first: int, head: Head) -> bool:
    """Tell whether the uppermost row is one text over the whole table: a title, no part of a heading."""
    filled = [column for column in range(1, sheet.width + 1) if sheet.value(first, column) != ""]
    if len(filled) != 1:
        return False
    text = norm(as_text(sheet.value(first, filled[0]), "fi"))
    return all(norm(one).startswith(text) for one in head.texts.values()) or filled[0] == min(head.texts)


def _score(sheet: Sheet, head: Head, entity: Entity, registry: Registry) -> tuple[float, int]:
    """Add up how well each column is named; the same name again counts nothing."""
    total, columns = 0.0, 0
    seen: set[str] = set()
    years: set[str] = set()
    uppers = [norm(head.upper(column)) for column in head.texts]
    for column in head.texts:
        year = _year_key(head, column)
        if year is not None:
            if year not in years:
                upper = norm(head.upper(column))
                leaf = head.leaves.get(column, "")
                is_unit = YEAR.search(upper) is not None and not YEAR.search(norm(leaf)) and unit_in(leaf) is not None
                total += 1 + (UNITED if is_unit else PARTED if upper and uppers.count(upper) > 1 else 0)
                columns += 1
            years.add(year)
            continue
        named = names(head.told(column), entity, registry)
        fresh = max((one.score for field, one in named.items() if field not in seen), default=0.0)
        if fresh >= GOOD:
            total += fresh
            columns += 1
            seen.update(field for field, one in named.items() if one.score >= fresh)
    blank_below = all(not _filled(sheet, row) for row in range(head.last + 1, head.last + 3))
    return total - (1 if blank_below else 0), columns


def _year_key(head: Head, column: int) -> str | None:
    """Give the text of a year column's heading; a text too long for one is a title or a sentence."""
    text = norm(head.texts[column])
    return text if len(text) <= LONGEST_YEAR and (YEAR.search(text) or SHORT_YEAR.search(text)) else None


def _filled(sheet: Sheet, row: int) -> bool:
    return row <= len(sheet.rows) and any(value != "" for value in sheet.rows[row - 1])


def notes_above(sheet: Sheet, head: Head) -> Iterator[tuple[int, str]]:
    """Give the rows above a heading that say something, with their text."""
    for row in range(1, head.first):
        text = " ".join(as_text(value, "fi") for value in sheet.rows[row - 1] if value != "")
        if text.strip():
            yield row, " ".join(text.split())
