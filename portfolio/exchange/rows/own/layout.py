"""Which sheets of a workbook are ours and where their columns stand: by their headings, since people move columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from portfolio.core.language import LANGUAGES, N_, say
from portfolio.core.problem import Problem
from portfolio.exchange.columns import CATEGORY, as_text, norm
from portfolio.exchange.columns.identity import ID, LISTS_SHEET, META_SHEET, VERSION, Meta, SheetMeta
from portfolio.exchange.columns.sheets import (
    GUIDE_TITLE,
    REASON_HEADING,
    OwnFacts,
    OwnRound,
    OwnScheme,
    OwnSheet,
    amount_parts,
    own_sheets,
)
from portfolio.exchange.rows.headings import TWICE
from portfolio.exchange.rows.model import Fault
from portfolio.files.cells import CellValue, Sheet, Workbook

SEARCHED_ROWS = 20
FEWEST = 2
"""How many of a sheet's headings must stand in a row for the row to be its heading."""

YEARS = range(1990, 2101)

NO_IDENTITY_COLUMN = N_('The sheet "%(sheet)s" has no identity column, so nobody can tell which rows are which.')
NO_HEADINGS = N_('The sheet "%(sheet)s" has lost its row of headings, so nobody can tell which column is which.')
UNKNOWN_COLUMN = N_('The column "%(column)s" is not one of this workbook\'s own and was not read.')
MISSING_COLUMN = N_('The column "%(column)s" is not in the file: what it holds stays as it is.')
UNREAD_SHEET = N_('The sheet "%(sheet)s" is not one of this workbook\'s own and was not read.')
MISSING_SHEET = N_('The sheet "%(sheet)s" is not in the file: what it holds stays as it is.')
NO_OWN_SHEET = N_("None of the sheets has the headings of an export.")


@dataclass(frozen=True, slots=True)
class FoundSheet:
    """One of our sheets: the row of its headings, and the number of each column that is there by its key."""

    own: OwnSheet
    sheet: Sheet
    header: int
    columns: Mapping[str, int]
    texts: Mapping[int, str]
    missing: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Layout:
    """What was found of our layout in a workbook."""

    sheets: tuple[FoundSheet, ...]
    faults: tuple[Fault, ...]
    notices: tuple[Problem, ...]


def find_layout(
    workbook: Workbook, meta: Meta | None, schemes: tuple[OwnScheme, ...], asked: OwnRound | None = None
) -> Layout:
    """Find the sheets by their titles, else by their headings, and the columns of each; ``asked`` of a round's."""
    own = own_sheets(OwnFacts(asked=asked) if asked else _facts(meta, schemes))
    finder = _Finder(own, meta)
    found: list[FoundSheet] = []
    for sheet in workbook.sheets:
        if sheet.name in {META_SHEET, LISTS_SHEET}:
            continue
        one = finder.find(sheet, {known.own.key for known in found})
        if one is not None:
            found.append(one)
        elif sheet.rows and finder.is_strange(sheet):
            finder.notices.append(Problem(UNREAD_SHEET, {"sheet": sheet.name}, sheet.place(1)))
    if not found:
        finder.faults.append(Fault(Problem(NO_OWN_SHEET)))
    finder.tell_missing(found)
    return Layout(tuple(found), tuple(finder.faults), tuple(finder.notices))


def _facts(meta: Meta | None, schemes: tuple[OwnScheme, ...]) -> OwnFacts:
    """Give what the columns depend on: as the workbook says itself, else everything there might be."""
    if meta is None:
        amounts = tuple((year, amount) for year in YEARS for amount in ("planned", "forecast", "actual"))
        return OwnFacts(schemes, amounts, several_portfolios=True)
    keys = [key for sheet in meta.sheets for key in sheet.columns]
    parts = (amount_parts(key) for key in keys)
    wanted = {key.removeprefix(CATEGORY) for key in keys if key.startswith(CATEGORY)}
    known = tuple(one for one in schemes if one.code in wanted)
    return OwnFacts(known, tuple(dict.fromkeys(filter(None, parts))), several_portfolios=True)


class _Finder:
    def __init__(self, own: tuple[OwnSheet, ...], meta: Meta | None) -> None:
        self.faults: list[Fault] = []
        self.notices: list[Problem] = []
        self._own = own
        self._metas = {one.key: one for one in meta.sheets} if meta else {}
        self._passed_over = {norm(say(REASON_HEADING, language)) for language in LANGUAGES}
        self._headings = {sheet.key: dict(self._known(sheet)) for sheet in own}

    def _known(self, sheet: OwnSheet) -> Iterator[tuple[str, str]]:
        """Give the headings by which each column is known: those of all languages, and before all as written."""
        for column in sheet.columns:
            yield from ((norm(column.heading(language)), column.key) for language in LANGUAGES)
        meta = self._metas.get(sheet.key)
        if meta is not None:
            keys = {column.key for column in sheet.columns}
            pairs = zip(meta.headings, meta.columns, strict=False)
            yield from ((norm(heading), key) for heading, key in pairs if key in keys)

    def find(self, sheet: Sheet, taken: set[str]) -> FoundSheet | None:
        """Find which of our sheets this is; None for none."""
        named = [own for own in self._own if norm(sheet.name) in self._titles(own)]
        for own in named or self._own:
            if own.key in taken:
                continue
            header = self._header(own, sheet)
            if header is not None and (named or self._identifies(own, sheet.rows[header - 1])):
                return self._columns(own, sheet, header)
        if sheet.rows and any(own.key not in taken for own in named):
            self.faults.append(Fault(Problem(NO_HEADINGS, {"sheet": sheet.name}, sheet.place(1))))
        return None

    def _identifies(self, own: OwnSheet, row: Sequence[CellValue]) -> bool:
        """Tell whether the identity is among the headings: without it a sheet by another name is none of ours."""
        return any(isinstance(cell, str) and self._headings[own.key].get(norm(cell)) == ID for cell in row)

    def is_strange(self, sheet: Sheet) -> bool:
        """Tell whether a sheet was put into the workbook by a person: ours are told of by the workbook itself."""
        guides = {norm(say(GUIDE_TITLE, language)) for language in LANGUAGES}
        return norm(sheet.name) not in guides and all(sheet.name != one.title for one in self._metas.values())

    def _titles(self, own: OwnSheet) -> set[str]:
        meta = self._metas.get(own.key)
        titles = {norm(own.title(language)) for language in LANGUAGES}
        return titles | {norm(meta.title)} if meta else titles

    def _header(self, own: OwnSheet, sheet: Sheet) -> int | None:
        known = self._headings[own.key]
        best, most = None, FEWEST - 1
        for number, row in enumerate(sheet.rows[:SEARCHED_ROWS], start=1):
            count = sum(isinstance(cell, str) and norm(cell) in known for cell in row)
            if count > most:
                best, most = number, count
        return best

    def _columns(self, own: OwnSheet, sheet: Sheet, header: int) -> FoundSheet | None:
        known = self._headings[own.key]
        columns: dict[str, int] = {}
        texts: dict[int, str] = {}
        twice: set[str] = set()
        for number in range(1, len(sheet.rows[header - 1]) + 1):
            text = " ".join(as_text(sheet.value(header, number), "fi").split())
            if not text:
                continue
            texts[number] = text
            key = known.get(norm(text))
            if norm(text) in self._passed_over:
                continue
            if key is None:
                self.notices.append(Problem(UNKNOWN_COLUMN, {"column": text}, sheet.place(header, number)))
            elif key in columns:
                twice.add(key)
                shown = {"column": text, "first": sheet.place(header, columns[key]).column}
                place = sheet.place(header, number)
                self.faults.append(Fault(Problem(TWICE, {**shown, "second": place.column}, place)))
            else:
                columns[key] = number
        missing = self._missing(own, columns)
        for key in twice:
            del columns[key]
        if ID not in columns:
            self.faults.append(Fault(Problem(NO_IDENTITY_COLUMN, {"sheet": sheet.name}, sheet.place(header))))
            return None
        self._tell_missing_columns(own, sheet, missing)
        return FoundSheet(own, sheet, header, columns, texts, frozenset(missing) | twice)

    def _missing(self, own: OwnSheet, columns: Mapping[str, int]) -> list[str]:
        meta = self._metas.get(own.key)
        return [key for key in meta.columns if key not in columns] if meta else []

    def _tell_missing_columns(self, own: OwnSheet, sheet: Sheet, missing: list[str]) -> None:
        meta = self._metas.get(own.key)
        headings = dict(zip(meta.columns, meta.headings, strict=False)) if meta else {}
        for key in missing:
            column = own.find(key)
            if key == VERSION or (column is not None and column.field is not None):
                self.notices.append(Problem(MISSING_COLUMN, {"column": headings.get(key, key)}, sheet.place(1)))

    def tell_missing(self, found: list[FoundSheet]) -> None:
        """Tell which of the workbook's sheets are not there any more."""
        there = {one.own.key for one in found}
        known = {own.key for own in self._own}
        for meta in self._metas.values():
            if meta.key in known - there and not self._is_told(meta):
                self.notices.append(Problem(MISSING_SHEET, {"sheet": meta.title}))

    def _is_told(self, meta: SheetMeta) -> bool:
        return any(fault.place.sheet == meta.title for fault in self.faults)
