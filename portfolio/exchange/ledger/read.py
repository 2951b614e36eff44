"""Reading the rows of a ledger from a workbook: pure, and telling everything that is wrong in one pass.

A cell that cannot be taken for what it should be is an error; a row without a project number, such as a total, is told
and left out. Amounts are as they stand in the file, in its own unit and with its own sign.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from portfolio.budgets.rules import FIRST_YEAR, LAST_YEAR
from portfolio.core.language import N_
from portfolio.core.money import parse_money, to_euros
from portfolio.core.problem import Problem
from portfolio.exchange.ledger.profile import LedgerProfile
from portfolio.files.cells import CellValue, Sheet, Workbook

HEAD_ROWS = 40
"""A ledger's headings stand under a title and some lines about it, not further down."""
NEEDED = ("project", "account", "amount", "period")

NO_SHEET = N_("No sheet has the headings of the profile: %(headings)s.")
NOT_READ = N_('The sheet "%(sheet)s" does not have the headings of the profile, and was not read.')
NO_ROWS = N_("The file has the headings of the profile, and no rows below them.")
SHOWS_ERROR = N_("The cell shows the error %(error)s.")
UNCALCULATED = N_("The cell holds a formula without its value. Open the file, save it, and send it again.")
MERGED = N_("The cell is merged with the one above: each row must have its own %(what)s.")
OWN_UNIT = N_('"%(text)s" has a unit of its own. Write the number alone, in the unit of the whole file.')
NO_AMOUNT = N_("The row has no amount.")
NO_ACCOUNT = N_("The row has no account.")
NO_PERIOD = N_("The row has no period.")
NOT_A_PERIOD = N_('"%(text)s" is no period: write it as 5/2026, 2026-05, 202605 or 2026.')
NO_PROJECT = N_("The row has no project number.")

WHAT = {
    "project": N_("project number"),
    "account": N_("account"),
    "amount": N_("amount"),
    "period": N_("period"),
}

_MONTH_FIRST = re.compile(r"(?P<month>\d{1,2})\s*[./-]\s*(?P<year>\d{4})")
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})(?:\s*[./-]?\s*(?P<month>\d{2}|(?<=[./-])\d|(?<=[./-]\s)\d))?")
_LAST_MONTH = 13
"""Accounting has a thirteenth month for what is booked when the year is closed."""


class Entry(NamedTuple):
    """One row of the ledger; ``month`` is None for a whole year, ``amount`` in the file's own unit and sign."""

    sheet: str
    row: int
    project: str
    account: str
    year: int
    month: int | None
    amount: Decimal
    document: str | None


@dataclass(slots=True)
class LedgerFile:
    """What a file holds: its rows, what is wrong with cells (``errors``), and rows passed over (``notices``).

    ``columns`` is the letter of each column by sheet, to place what is told later.
    """

    entries: list[Entry] = field(default_factory=list)
    errors: list[Problem] = field(default_factory=list)
    notices: list[Problem] = field(default_factory=list)
    columns: dict[str, dict[str, int]] = field(default_factory=dict)


def read_ledger(workbook: Workbook, profile: LedgerProfile) -> LedgerFile:
    """Read every visible sheet that has the profile's headings."""
    found = LedgerFile()
    for sheet in workbook.sheets:
        head = None if sheet.hidden else _head(sheet, profile)
        if head is None:
            if any(any(cell != "" for cell in row) for row in sheet.rows):
                found.notices.append(Problem(NOT_READ, {"sheet": sheet.name}))
            continue
        row, columns = head
        found.columns[sheet.name] = columns
        found.errors += sheet.faults
        for number in range(row + 1, len(sheet.rows) + 1):
            _Row(sheet, number, columns, profile, found).read()
    if not found.columns:
        names = ", ".join(some[0] for some in _wanted(profile).values() if some)
        found.errors.append(Problem(NO_SHEET, {"headings": names}))
        found.notices = []
    elif not found.entries and not found.errors:
        found.errors.append(Problem(NO_ROWS))
    return found


def read_period(value: CellValue) -> tuple[int, int | None] | None:
    """Read a period as (year, month); the month is None for a whole year, 13 for the closing. None when it is none."""
    if isinstance(value, dt.datetime | dt.date):
        return value.year, value.month
    text = plain(value)
    for pattern in (_MONTH_FIRST, _YEAR_FIRST):
        if match := pattern.fullmatch(text):
            year, month = int(match["year"]), int(match["month"]) if match["month"] else None
            if FIRST_YEAR <= year <= LAST_YEAR and (month is None or 1 <= month <= _LAST_MONTH):
                return year, month
    return None


def plain(value: CellValue) -> str:
    """Give a number of a project, account or period as text: a whole number without its decimals."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return " ".join(str(value).split())


def _wanted(profile: LedgerProfile) -> Mapping[str, tuple[str, ...]]:
    columns = profile.columns
    return {name: getattr(columns, name) for name in (*NEEDED, "document")}


def _head(sheet: Sheet, profile: LedgerProfile) -> tuple[int, dict[str, int]] | None:
    """Find the row of headings, and the column of each field; a period is not needed where the year is told."""
    wanted = {name: {" ".join(one.split()).casefold() for one in some} for name, some in _wanted(profile).items()}
    needed = {name for name in NEEDED if wanted[name] and not (name == "period" and profile.year is not None)}
    for number, row in enumerate(sheet.rows[:HEAD_ROWS], start=1):
        texts = {plain(cell).casefold(): place for place, cell in reversed(list(enumerate(row, start=1)))}
        columns = {name: texts[text] for name, some in wanted.items() for text in some if text in texts}
        if needed <= columns.keys():
            return number, columns
    return None


class _Row:
    """One row while it is read."""

    def __init__(
        self, sheet: Sheet, number: int, columns: Mapping[str, int], profile: LedgerProfile, found: LedgerFile
    ) -> None:
        self._sheet, self._number, self._columns = sheet, number, columns
        self._profile, self._found = profile, found
        self._problems: list[Problem] = []

    def read(self) -> None:
        """Take the row up as an entry, or tell why not; a blank row is nothing."""
        columns = self._columns.values()
        if all(self._sheet.value(self._number, one) == "" and not self._marked(one) for one in columns):
            return
        project = self._text("project")
        amount = self._amount()
        account = self._text("account")
        if not self._problems and (not project or not (account or any(map(str.isdigit, project)))):
            place = self._sheet.place(self._number, self._columns["project"])
            self._found.notices.append(Problem(NO_PROJECT, {}, place))
            return
        if not account and not self._problems:
            self._wrong(NO_ACCOUNT, "account")
        period = self._period()
        if self._problems or amount is None or period is None:
            self._found.errors += self._problems
            return
        document = plain(self._cell("document")) if "document" in self._columns else ""
        entry = Entry(self._sheet.name, self._number, project, account, *period, amount, document or None)
        self._found.entries.append(entry)

    def _cell(self, name: str) -> CellValue:
        return self._sheet.value(self._number, self._columns[name])

    def _text(self, name: str) -> str:
        self._check(name)
        return plain(self._cell(name))

    def _amount(self) -> Decimal | None:
        self._check("amount")
        value = self._cell("amount")
        if value == "" or isinstance(value, bool | dt.date | dt.time | dt.timedelta):
            if not self._problems:
                self._wrong(NO_AMOUNT, "amount")
            return None
        number = to_euros(value) if isinstance(value, float | int) else parse_money(value)
        if isinstance(value, str) and isinstance(number, Decimal) and number and number == parse_money(value, "teur"):
            number = Problem(OWN_UNIT, {"text": value})
        if isinstance(number, Problem):
            self._wrong(number.msgid, "amount", **number.params)
            return None
        if number is None:
            self._wrong(NO_AMOUNT, "amount")
        return number

    def _period(self) -> tuple[int, int | None] | None:
        if "period" not in self._columns:
            return (self._profile.year, None) if self._profile.year is not None else None
        self._check("period")
        value = self._cell("period")
        found = read_period(value)
        if found is None and not any(one.place == self._place("period") for one in self._problems):
            if text := plain(value):
                self._wrong(NOT_A_PERIOD, "period", text=text)
            else:
                self._wrong(NO_PERIOD, "period")
        return found

    def _check(self, name: str) -> None:
        """Tell what makes a blank cell none: an error, a formula without its value, a merged range."""
        address = self._number, self._columns[name]
        if address in self._sheet.errors:
            self._wrong(SHOWS_ERROR, name, error=self._sheet.errors[address])
        elif address in self._sheet.uncalculated:
            self._wrong(UNCALCULATED, name)
        elif self._sheet.value(*address) == "" and any(self._covered(address)):
            self._wrong(MERGED, name, what=Problem(WHAT[name]))

    def _covered(self, address: tuple[int, int]) -> Iterator[bool]:
        return (one.holds(*address) and one.first != address for one in self._sheet.merged)

    def _marked(self, column: int) -> bool:
        address = self._number, column
        return address in self._sheet.errors or address in self._sheet.uncalculated

    def _place(self, name: str) -> object:
        return self._sheet.place(self._number, self._columns[name])

    def _wrong(self, msgid: str, name: str, **params: object) -> None:
        place = self._sheet.place(self._number, self._columns[name])
        self._problems.append(Problem(msgid, params, place))
