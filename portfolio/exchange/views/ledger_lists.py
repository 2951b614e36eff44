"""What the check of a ledger lists: a beginning of each list, one list by pages, and each as a workbook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from flask import request, url_for

from portfolio.core.language import N_
from portfolio.core.problem import Place, Problem
from portfolio.exchange.ledger.read import Entry, LedgerFile
from portfolio.exchange.ledger.words import AmountWords
from portfolio.files.workbook import Format, TableColumn, write_table
from portfolio.web.language import gettext, say_here
from portfolio.web.listing import address_with, cut_page, paging

if TYPE_CHECKING:
    from portfolio.exchange.ledger.plan import LedgerPlan
    from portfolio.exchange.models import Upload

FIRST, PER_PAGE = 20, 100
"""How many rows of each list stand on the whole check, and how many on a page of one list."""
TITLES: Mapping[str, str] = MappingProxyType(
    {
        "errors": N_("Errors"),
        "changes": N_("What would be written"),
        "unmatched": N_("Rows left out"),
        "notices": N_("To be noted"),
    }
)


@dataclass(frozen=True, slots=True)
class Listed:
    """One list: of how many rows which are shown, and the addresses of the rest."""

    title: str
    count: int
    rows: Sequence[Any]
    all_url: str | None
    excel_url: str
    pages: Mapping[str, Any] | None


def asked_list() -> str | None:
    """Tell which list the address asks for by itself, None for the whole check."""
    shown = request.args.get("show")
    return shown if shown in TITLES else None


def listed(upload: Upload, plan: LedgerPlan, cells: Sequence[AmountWords], unit: str | None) -> dict[str, Listed]:
    """Give the lists that are shown and hold anything, by name; their addresses keep the unit that was told."""
    asked = asked_list()
    found: dict[str, Sequence[Any]] = {name: _rows(name, plan, cells) for name in TITLES}
    return {
        name: Listed(
            title=gettext(TITLES[name]),
            count=len(rows),
            rows=rows[:FIRST] if asked is None else cut_page(rows, PER_PAGE),
            all_url=address_with(show=name, unit=unit) if asked is None and len(rows) > FIRST else None,
            excel_url=url_for("exchange.ledger_list", upload=upload.id, name=name, unit=unit),
            pages=paging(len(rows), PER_PAGE) if asked is not None else None,
        )
        for name, rows in found.items()
        if rows and asked in {None, name}
    }


def write_list(name: str, plan: LedgerPlan, cells: Sequence[AmountWords], file: LedgerFile, above: str) -> bytes:
    """Give the whole of one list as a workbook; ``above`` names the ledger over it."""
    rows = _rows(name, plan, cells)
    title = gettext(TITLES[name])
    if name == "changes":
        return write_table(_change_columns(), map(_change_line, rows), title=title, above=[title, above])
    return write_table(_told_columns(), _told_lines(rows, file), title=title, above=[title, above])


def _rows(name: str, plan: LedgerPlan, cells: Sequence[AmountWords]) -> Sequence[Any]:
    if name == "changes":
        return [one for one in cells if one.plan.changes]
    found: Sequence[Problem] = getattr(plan, name)
    return found


def _change_columns() -> list[TableColumn]:
    return [
        TableColumn(gettext("Code"), Format.TEXT, 12),
        TableColumn(gettext("Initiative"), Format.TEXT, 44),
        TableColumn(gettext("Year, part and source"), Format.TEXT, 36),
        TableColumn(gettext("Rows"), Format.NUMBER, 9),
        TableColumn(gettext("Now"), Format.CENTS, 16),
        TableColumn(gettext("Becomes"), Format.CENTS, 16),
    ]


def _change_line(one: AmountWords) -> list[Any]:
    return [one.code, one.title, one.words, one.plan.rows, one.plan.old, one.plan.new]


def _told_columns() -> list[TableColumn]:
    """Give the columns of rows that are told about: where they stand, what they hold, and why."""
    return [
        TableColumn(gettext("Sheet"), Format.TEXT, 18),
        TableColumn(gettext("Row"), Format.GENERAL, 8),
        TableColumn(gettext("Project number"), Format.TEXT, 16),
        TableColumn(gettext("Account"), Format.TEXT, 12),
        TableColumn(gettext("Period"), Format.TEXT, 10),
        TableColumn(gettext("Amount in the file"), Format.GENERAL, 16),
        TableColumn(gettext("Document"), Format.TEXT, 16),
        TableColumn(gettext("Reason"), Format.TEXT, 70),
    ]


def _told_lines(problems: Sequence[Problem], file: LedgerFile) -> Iterator[list[Any]]:
    entries = {(one.sheet, one.row): one for one in file.entries}
    for one in problems:
        place = one.place if isinstance(one.place, Place) else Place()
        entry = entries.get((place.sheet or "", place.row or 0))
        yield [place.sheet, place.row, *_entry(entry), say_here(one)]


def _entry(one: Entry | None) -> list[Any]:
    if one is None:
        return [None] * 5
    period = str(one.year) if one.month is None else f"{one.month}/{one.year}"
    return [one.project, one.account, period, one.amount, one.document]
