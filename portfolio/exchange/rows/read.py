"""A whole workbook by a profile: which sheet is read how, and what a person should know about each."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from portfolio.core.language import N_
from portfolio.core.problem import Problem
from portfolio.core.timespan import Context, Kind, Timespan
from portfolio.exchange.columns import as_text, doubts, matches
from portfolio.exchange.columns.identity import LISTS_SHEET, META_SHEET, SheetMeta
from portfolio.exchange.profile import Profile, SheetProfile
from portfolio.exchange.rows.card import read_card
from portfolio.exchange.rows.headings import IDENTITY, MISSING, Heading, Headings, unmapped
from portfolio.exchange.rows.model import Fault, Parsed, RawRow, ReadCell, SheetRead, Surroundings
from portfolio.exchange.rows.returned import table_of, written_on
from portfolio.exchange.rows.sent import sorted_without_ids
from portfolio.exchange.rows.table import TableRows, read_table
from portfolio.exchange.rows.totals import UNREAD_TOTAL, add_up, compare_totals
from portfolio.exchange.rows.typed import Typing
from portfolio.files.cells import Sheet, Workbook, column_letter

OWN_SHEETS = frozenset({META_SHEET, LISTS_SHEET})
"""What only workbooks of ours have."""

NO_SHEET = N_('The sheet "%(sheet)s" is missing.')
UNREAD_SHEET = N_('The sheet "%(sheet)s" was not read: the profile does not know it.')
HIDDEN_SHEET = N_('The sheet "%(sheet)s" is hidden. It was read all the same.')
HIDDEN_ROWS = N_("Hidden rows were read all the same: %(rows)s.")
HIDDEN_COLUMNS = N_("Hidden columns were read all the same: %(columns)s.")
SKIPPED = N_("Sums and notes were left out of the data: rows %(rows)s.")
UNMAPPED = N_('The column "%(column)s" was not read: the profile does not know it.')
UNHEADED = N_("Column %(column)s has no heading and was not read.")
MERGED_ACROSS = N_("The cells %(cells)s are merged: what they say was read in the first column only.")
MARKUP = N_("Markup was made into plain lines in %(count)s cells.")
UNREAD_WORDS = N_('"%(words)s" was kept as words only. %(reason)s')
PROPOSED = N_('"%(words)s" was kept as words only. %(reason)s It may mean %(start)s–%(end)s: confirm it on the card.')

_MARKUP = re.compile(r"</?(?:p|br|ul|ol|li|div|span|b|strong|i|em|u)\b[^<>]*>", re.IGNORECASE)


def parse(workbook: Workbook, profile: Profile, surroundings: Surroundings) -> Parsed:
    """Read a workbook by a profile; every problem of every sheet comes in one pass, in the order of the file."""
    reader = _Reader(workbook, profile, surroundings)
    typing = Typing(profile, surroundings)
    typing.run(reader.rows)
    notices = [*reader.notices, *typing.notices, *_unread_words(typing, surroundings)]
    stop = sorted_without_ids(surroundings.sent, typing.records) if surroundings.sent else None
    faults = in_order(workbook, [*reader.faults, *typing.faults, *filter(None, [stop])])
    found = Parsed(reader.sheets, typing.records, faults, notices, _hash(reader), len(reader.rows), typing.lost)
    found.stopped = stop is not None
    return found


def fits(workbook: Workbook, profile: Profile) -> bool:
    """Tell whether a profile seems made for a workbook: a sheet of its name has the headings it needs.

    A mapping that a person saved knows one workbook only, so that it needs all of its headings (``whole``): what lacks
    any is asked about anew. A card is known by the name of its sheet, and a CSV file's has none.
    """
    for sheet in workbook.sheets:
        for one in sheet_profiles(workbook, profile, sheet):
            if one.layout == "card":
                if is_single(workbook):
                    continue
                return True
            found = Headings(one).search(sheet)
            if isinstance(found, Heading) and not found.problems and not (one.whole and _lacks_any(one, found)):
                return True
    return False


def _lacks_any(profile: SheetProfile, found: Heading) -> bool:
    return not profile.columns.keys() <= set(found.fields.values())


def sheet_profiles(workbook: Workbook, profile: Profile, sheet: Sheet) -> list[SheetProfile]:
    """Give the tables of the profile by which a sheet is read; for a CSV file the one whose headings fit best."""
    here = [one for one in profile.sheets if one.workbook is None or matches(workbook.name, [one.workbook])]
    if not is_single(workbook):
        return [one for one in here if matches(sheet.name, one.match)] or _of_other_workbooks(profile, sheet)
    found = [(one, heading) for one in here if isinstance(heading := Headings(one).search(sheet), Heading)]
    best = max(found, key=lambda pair: (not pair[1].problems, len(pair[1].fields)), default=None)
    return [best[0]] if best else here[:1]


def _of_other_workbooks(profile: Profile, sheet: Sheet) -> list[SheetProfile]:
    """Give the newest tables that other workbooks of the profile have under a sheet's name."""
    found = [one for one in profile.sheets if matches(sheet.name, one.match)]
    return [one for one in found if one.workbook == found[-1].workbook]


def is_single(workbook: Workbook) -> bool:
    """Tell whether the file is one table without a sheet's name."""
    return workbook.name.casefold().endswith((".csv", ".txt", ".tsv"))


class _Reader:
    """Goes through the sheets in their order and keeps rows, faults and notices."""

    def __init__(self, workbook: Workbook, profile: Profile, surroundings: Surroundings) -> None:
        self.sheets: list[SheetRead] = []
        self.rows: list[tuple[RawRow, Mapping[str, str]]] = []
        self.faults: list[Fault] = []
        self.notices: list[Problem] = []
        self._registry = surroundings.registry
        self._sent = surroundings.sent
        used: set[int] = set()
        for sheet in workbook.sheets:
            if sheet.name in OWN_SHEETS:
                continue
            written = written_on(sheet, workbook, profile, self._sent) if self._sent else None
            table = table_of(profile, written) if written else None
            profiles = [table] if table else sheet_profiles(workbook, profile, sheet)
            used.update(id(one) for one in profiles)
            if profiles:
                self._read_sheet(sheet, profiles, written)
            elif sheet.rows and not matches(sheet.name, profile.ignore_sheets):
                self.notices.append(Problem(UNREAD_SHEET, {"sheet": sheet.name}, sheet.place(1)))
        for one in profile.sheets:
            asked = one.workbook is None or matches(workbook.name, [one.workbook])
            if asked and not one.optional_sheet and id(one) not in used and not (is_single(workbook) or self._sent):
                self.faults.append(Fault(Problem(NO_SHEET, {"sheet": one.match[0]})))

    def _read_sheet(self, sheet: Sheet, profiles: list[SheetProfile], written: SheetMeta | None) -> None:
        about = SheetRead(sheet.name, sheet.hidden, [])
        self.sheets.append(about)
        self.faults += [Fault(problem) for problem in sheet.faults]
        mapped: dict[int, str] = {}
        texts: dict[int, str] = {}
        below = 0
        for profile in profiles:
            found = self._read_by(sheet, profile, written)
            if found is None:
                continue
            heading, table = found
            texts |= heading.texts
            mapped |= heading.fields
            below = max(below, heading.last_row)
            numbers = [row.row for row in table.rows]
            about.rows += len(numbers)
            about.header_rows = list(range(heading.first_row, heading.last_row + 1))
            about.totals |= add_up(sheet, heading, numbers)
            totals = compare_totals(sheet, heading, numbers, table.skipped)
            ours = not IDENTITY.isdisjoint(heading.fields.values())  # its sums are formulas that we wrote
            self.notices += [*table.notices, *(one for one in totals if not (ours and one.msgid == UNREAD_TOTAL))]
            self.notices += _merged_across(sheet, heading, numbers)
            if table.skipped and not ours:
                self.notices.append(Problem(SKIPPED, {"rows": _listed(table.skipped)}, sheet.place(table.skipped[0])))
        about.columns = _by_heading(texts, mapped)
        left = dict.fromkeys(text for column, text in texts.items() if column not in mapped)
        unknown = [Problem(UNMAPPED, {"column": text}, sheet.place(1)) for text in unmapped(left, profiles)]
        if any(one.layout == "table" for one in profiles) and texts:
            unknown += _unheaded(sheet, texts, below)
        own = {at for at, field in mapped.items() if field in IDENTITY}
        is_card = any(one.layout == "card" for one in profiles)
        self.notices += self._about(sheet, unknown, *((own, set()) if is_card else (set(), own)))

    def _read_by(
        self, sheet: Sheet, profile: SheetProfile, written: SheetMeta | None
    ) -> tuple[Heading, TableRows] | None:
        if profile.layout == "card":
            heading, table = read_card(sheet, profile, written)
        else:
            searched = Headings(profile, written).search(sheet)
            if isinstance(searched, Problem):
                self.faults.append(Fault(searched))
                return None
            heading, table = searched, read_table(sheet, profile, searched, self._registry, sent=written is not None)
        problems = [one for one in heading.problems if not (written and one.msgid in MISSING)]
        self.faults += [*map(Fault, problems), *table.faults]
        self.rows += [(row, heading.units) for row in table.rows]
        return heading, table

    @staticmethod
    def _about(sheet: Sheet, unknown: list[Problem], own_rows: set[int], own_columns: set[int]) -> Iterator[Problem]:
        """Tell what a person should know of a sheet."""
        place = sheet.place(1)
        yield from hidden_parts(sheet, own_rows, own_columns)
        yield from unknown
        if count := sum(
            1 for row in sheet.rows for cell in row if isinstance(cell, str) and "<" in cell and _MARKUP.search(cell)
        ):
            yield Problem(MARKUP, {"count": count}, place)


def hidden_parts(sheet: Sheet, own_rows: Collection[int] = (), own_columns: Collection[int] = ()) -> Iterator[Problem]:
    """Tell what was hidden and read all the same; rows and columns that we hid ourselves are nothing to tell."""
    place = sheet.place(1)
    if sheet.hidden:
        yield Problem(HIDDEN_SHEET, {"sheet": sheet.name}, place)
    if rows := sorted(sheet.hidden_rows.difference(own_rows)):
        yield Problem(HIDDEN_ROWS, {"rows": _listed(rows)}, place)
    if columns := sorted(sheet.hidden_columns.difference(own_columns)):
        letters = [str(sheet.place(1, column).column) for column in columns]
        yield Problem(HIDDEN_COLUMNS, {"columns": ", ".join(letters)}, place)


def _by_heading(texts: Mapping[int, str], mapped: Mapping[int, str]) -> dict[str, str | None]:
    """Give what each heading stands for; one that stands again is told apart by its column's letter."""
    found: dict[str, str | None] = {}
    for column, text in texts.items():
        shown = f"{text} ({column_letter(column)})" if text in found else text
        found[shown] = mapped.get(column)
    return found


def _unheaded(sheet: Sheet, texts: Mapping[int, str], below: int) -> Iterator[Problem]:
    """Name the columns that hold something below the heading and have none."""
    for column in range(1, sheet.width + 1):
        if column not in texts and any(
            sheet.value(row, column) not in ("", None) for row in range(below + 1, len(sheet.rows) + 1)
        ):
            place = sheet.place(below, column)
            yield Problem(UNHEADED, {"column": place.column}, place)


def _merged_across(sheet: Sheet, heading: Heading, rows: list[int]) -> Iterator[Problem]:
    """Name the merged cells of the data that lie over several columns that are read: only the first has the value."""
    data = frozenset(rows)
    for merged in sheet.merged:
        columns = [one for one in heading.fields if merged.first[1] <= one <= merged.last[1]]
        if len(columns) > 1 and merged.first[0] in data:
            place = sheet.place(*merged.first)
            last = f"{column_letter(merged.last[1])}{merged.last[0]}"
            yield Problem(MERGED_ACROSS, {"cells": f"{place.column}{place.row}:{last}"}, place)


def _unread_words(typing: Typing, surroundings: Surroundings) -> Iterator[Problem]:
    """Flag time words that stay words, with what they may mean."""
    for record in typing.records.values():
        for name, cell in record.cells.items():
            if not (isinstance(cell.value, Timespan) and cell.value.kind is Kind.UNREAD):
                continue
            if surroundings.sent and surroundings.sent.base(record.key).get(name) == cell.value:
                continue  # nobody touched it
            yield unread_words(cell, surroundings.times)


def unread_words(cell: ReadCell, times: Context) -> Problem:
    """Tell of one cell whose time words stay words, with what they may mean."""
    words = cell.value.words
    meant, reasons = doubts(words, times)
    shown: dict[str, object] = {"words": words, "reason": reasons[0] if reasons else ""}
    if meant and meant.start and meant.end:
        return Problem(PROPOSED, {**shown, "start": meant.start, "end": meant.end}, cell.place)
    return Problem(UNREAD_WORDS, shown, cell.place)


def in_order(workbook: Workbook, faults: list[Fault]) -> list[Fault]:
    """Sort faults as one reads the file; the same fault of a cell that two tables read is told once."""
    order = {sheet.name: number for number, sheet in enumerate(workbook.sheets)}

    def where(fault: Fault) -> tuple[int, int, int, str]:
        column = fault.place.column or ""
        return order.get(fault.place.sheet or "", len(order)), fault.place.row or 0, len(column), column

    told: dict[tuple[object, ...], Fault] = {}
    for fault in sorted(faults, key=where):
        told.setdefault((fault.place, fault.problem.msgid, str(fault.problem.params)), fault)
    return list(told.values())


def _hash(reader: _Reader) -> str:
    """Hash the rows as they stand in the file, whatever their order: kind, portfolio, and text by field."""
    rows = Counter(
        json.dumps(
            [
                row.profile.entity,
                row.profile.portfolio,
                sorted((name, as_text(cell.value, "fi").strip()) for name, cell in row.cells.items() if cell.column),
            ],
            ensure_ascii=False,
        )
        for row, _ in reader.rows
    )
    return hashlib.sha256(json.dumps(sorted(rows.items()), ensure_ascii=False).encode()).hexdigest()


def _listed(rows: list[int], most: int = 12) -> str:
    shown = ", ".join(map(str, rows[:most]))
    return f"{shown} …" if len(rows) > most else shown


def with_portfolio(profile: Profile, portfolio: str) -> Profile:
    """Narrow a profile to the sheets of one portfolio, and those of no portfolio such as units and forums."""
    return replace(profile, sheets=tuple(one for one in profile.sheets if one.portfolio in (None, portfolio)))
