"""The headings of a profile's table as they are written: one concrete text a column, joined cells where they share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from portfolio.core.language import say_problem
from portfolio.exchange.columns import VALUE, Kind, column, money_field, norm
from portfolio.exchange.columns.identity import ID, VERSION
from portfolio.exchange.profile import SheetProfile, Years
from portfolio.exchange.rows.headings import Headings
from portfolio.files.cells import Merged

BUDGET_MONTH = 9
"""The month from which the next year's budget is a proposal (talousarvioehdotus, TAE) and no longer a plan (TS)."""


@dataclass(frozen=True, slots=True)
class Head:
    """One column: the field that it holds, its whole heading, and how many of its words stand in the row above.

    ``above`` is None where only the neighbours tell. ``beside``: for reading only, ``field`` then names what is shown.
    """

    field: str
    text: str
    unit: str | None = None
    above: int | None = None
    beside: bool = False


IDENTITY = (Head(ID, ID), Head(VERSION, VERSION))
"""The two folded columns at the right end, by which the rows are found again."""


def heads_of(
    profile: SheetProfile, years: Mapping[int, Iterable[int]], today: dt.date, language: str, several: frozenset[str]
) -> list[Head]:
    """Give a table's columns in their order; ``years`` are those to show of each entry of ``profile.years``.

    Money stands before the first long text, as it does where people lay tables out by hand.
    """
    known = Headings(profile)
    plain = list(_plain(profile, known, language, several))
    found = [column(profile.entity, head.field, several) for head in plain]
    long = (at for at, one in enumerate(found) if one and one.kind is Kind.TEXT and one.longest is None)
    at = next(long, len(plain))
    return [*plain[:at], *_year_heads(profile, known, years, today), *plain[at:]]


def _plain(profile: SheetProfile, known: Headings, language: str, several: frozenset[str]) -> Iterator[Head]:
    beside: dict[str, list[Head]] = {}
    for text, shown in profile.beside.items():
        beside.setdefault(shown.partition(".")[0], []).append(Head(shown, text, beside=True))
    for field, synonyms in profile.columns.items():
        texts = (" ".join(one.replace("*", " ").split()) for one in synonyms)
        found = column(profile.entity, field, several)
        own = say_problem(found.heading, language) if found else field
        yield Head(field, next((text for text in texts if known.field(text)[0] == field), own))
        yield from beside.get(field, ())


def _year_heads(
    profile: SheetProfile, known: Headings, years: Mapping[int, Iterable[int]], today: dt.date
) -> Iterator[Head]:
    """Give the columns of years: grouped by what stands above them, a year's columns side by side."""
    found: list[tuple[tuple[int, int, int], Head]] = []
    tops = _tops(profile.years)
    groups = list(dict.fromkeys(tops))
    for number, one in enumerate(profile.years):
        words = one.pattern.split()
        above = len(tops[number])
        group = groups.index(tops[number])
        if not above and "{year}" in one.pattern:  # the year itself stands above, and keeps its columns together
            above = next(at for at, word in enumerate(words, start=1) if "{year}" in word)
            group = 0
        for year in sorted(set(years.get(number, ()))):
            if text := year_heading(known, one, year, today):
                head = Head(year_field(one, year), text, one.unit, above if above < len(text.split()) else 0)
                found.append(((group, year, number), head))
    yield from (head for _, head in sorted(found, key=lambda pair: pair[0]))


def _tops(years: Sequence[Years]) -> list[tuple[str, ...]]:
    """Give the words before the year that each heading has in common with the shortest like it."""
    tops = []
    for one in years:
        words = one.pattern.split()
        first = next((at for at, word in enumerate(words) if "*" in word or "{year}" in word), 0)
        tops.append(tuple(words[:first]))
    return [min((one for one in tops if one and one == top[: len(one)]), key=len, default=()) for top in tops]


def year_field(years: Years, year: int) -> str:
    """Name the field of a year's column."""
    if years.amount == "value":
        return f"{VALUE}{year}"
    return money_field(year, years.part or "", years.source or "", years.amount)


def year_heading(known: Headings, years: Years, year: int, today: dt.date) -> str | None:
    """Write the heading of a year: "T* {year}" is TA 2026, TAE 2027 or TS 2028; None where nothing would be read."""
    plain = years.pattern.replace("{year}", str(year))
    for fill in ("", *_budget_letters(year, today)) if "T*" not in plain else (*_budget_letters(year, today), ""):
        text = " ".join(plain.replace("*", fill).split())
        if known.field(text) == (year_field(years, year), years.unit):
            return text
    return None


def _budget_letters(year: int, today: dt.date) -> tuple[str, ...]:
    """Give what follows the T: a budget, a proposed budget, or a plan."""
    if year <= today.year:
        return ("A", "S", "AE")
    proposed = year == today.year + 1 and today.month >= BUDGET_MONTH
    return ("AE", "A", "S") if proposed else ("S", "A", "AE")


@dataclass(frozen=True, slots=True)
class HeadingRows:
    """The rows of a heading: texts by row, blank where a joined cell goes on, and the joined cells from row 1 on."""

    texts: tuple[tuple[str, ...], ...]
    merged: tuple[Merged, ...]


def heading_rows(heads: Sequence[Head], count: int) -> HeadingRows:
    """Lay headings over one to three rows: what neighbours share is joined above them, other cells reach down."""
    texts = [["" for _ in heads] for _ in range(count)]
    merged: list[Merged] = []
    _lay([head.text.split() for head in heads], [head.above for head in heads], 0, 0, texts, merged)
    return HeadingRows(tuple(map(tuple, texts)), tuple(merged))


def _lay(
    words: list[list[str]],
    above: list[int | None],
    row: int,
    column: int,
    texts: list[list[str]],
    merged: list[Merged],
) -> None:
    """Lay columns from one row on: runs of neighbours that share their first words, and single ones."""
    last = len(texts) - 1
    start = 0
    while start < len(words):
        shared, end = (0, start + 1) if row == last else _run(words, above, start)
        at = column + start
        texts[row][at] = " ".join(words[start][:shared] if shared else words[start])
        if shared:
            if end - start > 1:
                merged.append(Merged((row + 1, at + 1), (row + 1, column + end)))
            rest = [one[shared:] for one in words[start:end]]
            _lay(rest, [None] * len(rest), row + 1, at, texts, merged)
        elif row < last:
            merged.append(Merged((row + 1, at + 1), (last + 1, at + 1)))
        start = end


def _run(words: list[list[str]], above: list[int | None], start: int) -> tuple[int, int]:
    """Give how many first words the neighbours from a column on share, and where they end; none for a single one."""
    fixed = above[start]
    if fixed is not None:
        if not fixed:
            return 0, start + 1
        top = _norm(words[start][:fixed])
        end = start + 1
        while end < len(words) and above[end] == fixed and _norm(words[end][:fixed]) == top:
            end += 1
        return fixed, end
    shared, end = 0, start + 1
    for one, other in pairwise(words[start:]):
        common = _common(one, other)
        common = min(common, shared) if shared else common
        if above[end] is not None or not common:
            break
        shared, end = common, end + 1
    return shared, end


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """Count the words with which two headings begin alike, each keeping at least one for itself."""
    most = min(len(one), len(other)) - 1
    return next((at for at in range(max(most, 0)) if norm(one[at]) != norm(other[at])), max(most, 0))


def _norm(words: Sequence[str]) -> str:
    return norm(" ".join(words))
