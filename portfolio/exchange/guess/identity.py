"""Which fields would tell one item from another: a number of its own, else the title, else both with the unit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations

from rapidfuzz import fuzz

from portfolio.core.language import N_
from portfolio.core.problem import Problem
from portfolio.exchange.columns import CATEGORY, Entity, as_text, norm
from portfolio.exchange.guess.model import ColumnGuess, SectionGuess, SheetGuess, Vocabulary
from portfolio.files.cells import Sheet

ALIKE = 60
"""Per cent of likeness below which two titles are of two things."""

BY_NUMBER = N_("Items are told apart by their number: each has one of its own.")
BY_TITLE = N_("Items are told apart by their title.")
BY_SEVERAL = N_("Items are told apart by several fields together: %(fields)s.")
BY_SHARED = N_("Items are told apart by their title, which all sheets have.")
NUMBERS_TAKEN = N_("Items are told apart by their title: their numbers belong to other items here.")
NOT_UNIQUE = N_(
    "Some titles stand on several rows, and nothing else tells those rows apart: only alike ones are joined."
)


def guess_identity(
    sheet: Sheet,
    columns: tuple[ColumnGuess, ...],
    rows: Iterable[int],
    sections: tuple[SectionGuess, ...],
    split: Mapping[str, str],
    vocabulary: Vocabulary,
) -> tuple[tuple[str, ...], dict[str, frozenset[str]], Problem]:
    """Give the identity of a sheet's items, their numbers and titles where each has one of its own, and why."""
    at = {one.field: one.number for one in columns if one.field}
    some = list(rows)
    by_section = _section_of(sections, some)
    section_fields = tuple(dict.fromkeys(one.field for one in sections if one.field))

    def unique(*fields: str) -> bool:
        seen: set[tuple[str, ...]] = set()
        for row in some:
            key = tuple(
                by_section.get(row, "") if field in section_fields else norm(as_text(sheet.value(row, at[field]), "fi"))
                for field in fields
            )
            if not key[-1] or key in seen:
                return False
            seen.add(key)
        return True

    keys: dict[str, frozenset[str]] = {
        field: frozenset(norm(as_text(sheet.value(row, at[field]), "fi")) for row in some)
        for field in ("number", "title_fi")
        if field in at and unique(field)
    }
    if "number" in keys and "title_fi" in keys and _belong_to_others(sheet, at, some, vocabulary):
        return ("title_fi",), {"title_fi": keys["title_fi"]}, Problem(NUMBERS_TAKEN)
    if "number" in keys or ("title_fi" in keys and "title_fi" in split):
        return ("number",), keys, Problem(BY_NUMBER)
    if "title_fi" in keys:
        return ("title_fi",), keys, Problem(BY_TITLE)
    scopes = [
        field
        for field in (*section_fields, "unit", *at)
        if _is_scope(field) and (field in at or field in section_fields)
    ]
    for scope in dict.fromkeys(scopes):
        for last in ("number", "title_fi"):
            if last in at and unique(scope, last):
                return (scope, last), keys, Problem(BY_SEVERAL, {"fields": f"{scope}, {last}"})
    return ("title_fi",), keys, Problem(NOT_UNIQUE)


def _belong_to_others(sheet: Sheet, at: Mapping[str, int], rows: list[int], vocabulary: Vocabulary) -> bool:
    """Tell whether the numbers are known here as those of items with other titles: a list's own running numbers."""
    registry, scope = vocabulary.registry, vocabulary.portfolio
    known = unlike = 0
    for row in rows:
        number, title = (as_text(sheet.value(row, at[field]), "fi") for field in ("number", "title_fi"))
        if registry.knows(Entity.INITIATIVE, number, scope):
            key = registry.find(Entity.INITIATIVE, number, scope)
            known += 1
            label = registry.label(key) if isinstance(key, tuple) else ""
            unlike += fuzz.ratio(norm(label), norm(title)) < ALIKE
    return unlike * 2 > known


def _is_scope(field: str | None) -> bool:
    return field is not None and (field == "unit" or field.startswith(CATEGORY))


def _section_of(sections: tuple[SectionGuess, ...], rows: list[int]) -> dict[int, str]:
    """Give the text of the nearest section above each row."""
    starts = sorted((row, text) for one in sections if one.field for row, text in zip(one.rows, one.texts, strict=True))
    found: dict[int, str] = {}
    for row in rows:
        above = [text for start, text in starts if start < row]
        found[row] = norm(above[-1]) if above else ""
    return found


def shared_identity(sheets: Iterable[SheetGuess]) -> tuple[str, ...] | None:
    """Give the identity that sheets on the same items can share where their own differ: the title; else None.

    One sheet may number its items and another, such as that of the money, only name them.
    """
    some = list(sheets)
    if not all("title_fi" in one.keys for one in some):
        return None
    differing = (pair for pair in combinations(some, 2) if pair[0].identity != pair[1].identity)
    return ("title_fi",) if any(_overlap(*(one.keys["title_fi"] for one in pair)) for pair in differing) else None


def _overlap(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) * 2 > min(len(one), len(other))
