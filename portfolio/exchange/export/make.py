"""Making the workbook of an export, afresh, as of its revision: the same register always gives the same cells."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from portfolio.core.language import N_, in_language, say
from portfolio.core.problem import Problem, Refusal
from portfolio.core.rights import Actor
from portfolio.exchange.columns import Entity
from portfolio.exchange.columns.identity import OWN_LAYOUT, Meta, SheetMeta
from portfolio.exchange.columns.sheets import OwnSheet, own_sheets
from portfolio.exchange.columns.writing import Writing
from portfolio.exchange.export.carriers import carry
from portfolio.exchange.export.day import day_of, moment_of
from portfolio.exchange.export.facts import own_facts
from portfolio.exchange.export.gather import Gathered, gather
from portfolio.exchange.export.guide import Cover, guide_sheet
from portfolio.exchange.export.hints import drop_downs, notes
from portfolio.exchange.export.layout import layout_book
from portfolio.exchange.export.lists import Lists
from portfolio.exchange.export.looks import HEADING_HEIGHT, ROW_HEIGHT, Looks
from portfolio.exchange.export.money import BudgetSheet
from portfolio.exchange.export.names import Names
from portfolio.exchange.export.reviews import ReviewSheet
from portfolio.exchange.export.rights import Closed
from portfolio.exchange.export.values import Values
from portfolio.exchange.models import Export
from portfolio.files.workbook import Book, BookRow, BookSheet, write_book
from portfolio.organisation.rules import timespan_context
from portfolio.register.queries import get_portfolio

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from portfolio.exchange.profile import Profile

EVERY_ITEM = N_("Initiatives")
NO_PROFILE = N_('The layout "%(layout)s" is not there any more.')
_FROZEN = 4
"""Identity, code and title stay in view."""
_FIXED = {Entity.INITIATIVE: frozenset[str](), Entity.MILESTONE: frozenset({"initiative"})}
"""What never changes once a row is there."""


def make_workbook(
    session: Session, export: Export, actor: Actor, today: dt.date, profile: Profile | None = None
) -> bytes:
    """Make the workbook of an export; what the actor may not change is shaded, and nothing else depends on who asks.

    ``profile`` is the one that the export's layout names. Raises Refusal for a text that Excel cannot hold.
    """
    if export.layout is None:
        return write_book(own_book(session, export, actor, today))
    if profile is None:
        raise Refusal(Problem(NO_PROFILE, {"layout": export.layout}))
    return write_book(layout_book(session, export, profile, actor))


def own_book(session: Session, export: Export, actor: Actor, today: dt.date) -> Book:
    """Lay out an export in our own way: instructions, initiatives, milestones, budget."""
    gathered = gather(session, export)
    names = Names(gathered)
    portfolio_ids = _portfolio_ids(export, gathered)
    day = day_of(session, export, gathered.municipality)
    writing = Writing(export.language, names.labels, timespan_context(gathered.municipality, day, export.language))
    sheets = own_sheets(own_facts(gathered, portfolio_ids, today))
    values = Values(gathered, names, writing)
    maker = _Sheets(gathered, values, _apart(sheets[-1], gathered, names, values, writing), Closed(actor))
    title = _title(session, export, gathered)
    cover = Cover(_of(gathered.municipality, export.language), title, len(gathered.initiatives), day)
    return carry(
        Meta(export.token, export.language, OWN_LAYOUT, tuple(_about(one, export.language) for one in sheets)),
        [guide_sheet(cover, sheets, export.language), *(maker.sheet(one, export.language) for one in sheets)],
        made_at=moment_of(export, gathered.municipality),
        title=title,
        lists=Lists(gathered, names, values, writing, today).of(sheets, portfolio_ids),
    )


def _apart(
    sheet: OwnSheet, gathered: Gathered, names: Names, values: Values, writing: Writing
) -> BudgetSheet | ReviewSheet:
    """Give what makes the rows of the last sheet, which are no rows of the register as they are."""
    if gathered.asked is not None:
        home = replace(writing, portfolio=names.portfolios[gathered.asked.round.portfolio_id])
        return ReviewSheet(sheet, gathered, gathered.asked, names, values, home)
    return BudgetSheet(sheet, gathered, names, values, writing)


class _Sheets:
    """Makes the data sheets of one workbook; the one ``apart`` makes its rows itself."""

    def __init__(self, gathered: Gathered, values: Values, apart: BudgetSheet | ReviewSheet, closed: Closed) -> None:
        self._gathered = gathered
        self._values = values
        self._apart = apart
        self._closed = closed
        self._items = {row.id: row for row in gathered.initiatives}

    def sheet(self, own: OwnSheet, language: str) -> BookSheet:
        looks = Looks(own)
        rows = list(self._apart.rows(self._closed, looks) if own is self._apart.sheet else self._rows(own, looks))
        heading = BookRow([column.heading(language) for column in own.columns], looks.heading, HEADING_HEIGHT)
        return BookSheet(
            own.title(language),
            [heading, *rows],
            looks.columns(self._closed.of_new(own)),
            head=1,
            frozen=_FROZEN,
            filtered=1,
            last_row=len(rows) + 1,
            notes=notes(own, language),
            drop_downs=list(drop_downs(own, language)),
            row_height=ROW_HEIGHT,
        )

    def _rows(self, own: OwnSheet, looks: Looks) -> Iterator[BookRow]:
        getters = self._values.getters(own)
        for row in self._of(own.entity):
            owner = row if own.entity is Entity.INITIATIVE else self._items[row.initiative_id]
            closed = self._closed.of(own, owner) | _FIXED[own.entity]
            values = [get(row) for get in getters]
            yield BookRow(values, looks.row(closed), looks.height(values))

    def _of(self, entity: Entity) -> Sequence[Any]:
        """Give the rows of a sheet: milestones stand in the order of their initiatives, then of time."""
        if entity is Entity.INITIATIVE:
            return self._gathered.initiatives
        order = {identity: number for number, identity in enumerate(self._items)}
        last = dt.date.max
        return sorted(
            (row for row in self._gathered.milestones if row.initiative_id in order),
            key=lambda row: (order[row.initiative_id], row.ends_on or row.starts_on or last, row.id),
        )


def _portfolio_ids(export: Export, gathered: Gathered) -> list[int]:
    """Give the portfolios that rows are in, or that new rows may go to: an export of all has all."""
    if export.portfolio_id is not None:
        return [export.portfolio_id]
    used = {row.portfolio_id for row in gathered.initiatives}
    return [row.id for row in gathered.portfolios if not used or row.id in used]


def _about(sheet: OwnSheet, language: str) -> SheetMeta:
    keys = tuple(column.key for column in sheet.columns)
    return SheetMeta(
        sheet.key, sheet.title(language), keys, tuple(column.heading(language) for column in sheet.columns)
    )


def _title(session: Session, export: Export, gathered: Gathered) -> str:
    """Name what the workbook holds: its round, its portfolio, else initiatives in general."""
    if gathered.asked is not None:
        return _of(gathered.asked.round, export.language)
    if export.portfolio_id is None:
        return say(EVERY_ITEM, export.language)
    portfolio = get_portfolio(session, export.municipality_id, export.portfolio_id)
    return "" if portfolio is None else _of(portfolio, export.language)


def _of(row: Any, language: str) -> str:
    return in_language(row.name_fi, row.name_sv, language)
