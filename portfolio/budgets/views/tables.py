"""The tables of the money page, made once for the page, its workbook and its charts."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from flask import url_for

from portfolio.budgets import queries
from portfolio.budgets.forms.asked import AskedMoney, Offered, read_asked
from portfolio.budgets.models import FundingSource, YearLock
from portfolio.budgets.queries import FrameState
from portfolio.budgets.rules import AMOUNT_WORDS, NOTHING, PART_WORDS, BudgetPart, Slice, Tally, gather, together
from portfolio.core import history
from portfolio.core.text import sort_key
from portfolio.organisation import queries as organisation
from portfolio.organisation.models import Municipality
from portfolio.organisation.queries import TreeUnit
from portfolio.register.models import Portfolio
from portfolio.web.current import current
from portfolio.web.language import either, gettext

if TYPE_CHECKING:
    from werkzeug.datastructures import MultiDict


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its words, the quieter words under them, its page, and a sum for each column.

    ``silent`` is how many of how many initiatives nothing is told of; None where that is not counted.
    """

    words: str
    cells: Sequence[Tally]
    under: str = ""
    url: str | None = None
    silent: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table of sums: what its rows are, the words of its columns, its rows, and their sums if they may be added."""

    title: str
    first: str
    columns: Sequence[str]
    rows: Sequence[Row]
    foot: Row | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What the tables name: portfolios, units, sources, and the years that have been approved."""

    portfolios: Mapping[int, Portfolio]
    units: Sequence[TreeUnit]
    sources: Mapping[int, FundingSource]
    locks: Mapping[int, YearLock]


@dataclass(frozen=True, slots=True)
class Money:
    """Everything that the money page tells."""

    asked: AskedMoney
    known: Known
    slices: Sequence[Slice]
    counts: tuple[Mapping[queries.Place, int], Mapping[queries.Place, int]]
    frames: Sequence[FrameState] = field(default=())

    @property
    def shown(self) -> list[Slice]:
        """Give the money of the years that are shown, without the years before."""
        return [one for one in self.slices if one.year in self.asked.years]


def read_money(args: MultiDict[str, str]) -> Money:
    """Read what an address asks for: a number of statements that nothing makes grow."""
    session, place, at = current.session, current.municipality.id, current.at
    known = read_known()
    offered = Offered(known.portfolios, known.sources, known.units)
    asked = read_asked(args, offered, current.shown_day.year, current.loaded(Municipality).plan_horizon)
    return Money(
        asked,
        known,
        queries.read_slices(session, place, asked.all_years, asked.chosen, at=at),
        queries.count_items(session, place, asked.years, asked.chosen, at=at),
        [
            one
            for one in queries.frame_states(session, place, asked.years, at=at)
            if not asked.chosen.portfolio_ids or one.portfolio_id in asked.chosen.portfolio_ids
        ],
    )


def read_known() -> Known:
    """Read what is named."""
    session, place, at = current.session, current.municipality.id, current.at
    portfolios = sorted(history.rows(session, Portfolio, place, at), key=lambda one: (sort_key(one.name_fi), one.id))
    return Known(
        {one.id: one for one in portfolios},
        organisation.units(session, place, at=at),
        {one.id: one for one in queries.funding_sources(session, place, at=at)},
        queries.locked_years(session, place, at=at),
    )


def main_table(money: Money) -> Table:
    """Give the table of the face that is asked for."""
    title = gettext(AMOUNT_WORDS[money.asked.amount])
    if money.asked.face == "year":
        return _by_year(money, title)
    return _by_portfolio(money, title) if money.asked.face == "portfolio" else _by_unit(money, title)


def source_table(money: Money) -> Table:
    """Give the money by source and year, the municipality's own first."""
    cells = gather(money.shown, lambda one: one.source_id, lambda one: one.year, money.asked.amount)
    rows = [
        Row(name_of(one), [cells.get((key, year), NOTHING) for year in money.asked.years], _whose(one))
        for key, one in money.known.sources.items()
        if any((key, year) in cells for year in money.asked.years)
    ]
    return Table(gettext("By source"), gettext("Source"), year_words(money), rows, _foot(rows))


def actual_table(money: Money) -> Table:
    """Give the plan, the forecast and the actual amount of each year of which something is told, or that is planned."""
    told = {one.year for one in money.slices}
    years = [year for year in money.asked.all_years if year in told or year in money.asked.years]
    sums = {name: gather(money.slices, lambda one: one.year, lambda _: 0, name) for name in AMOUNT_WORDS}
    rows = [Row(year_word(money, year), [sums[name].get((year, 0), NOTHING) for name in sums]) for year in years]
    words = [gettext(words) for words in AMOUNT_WORDS.values()]
    return Table(gettext("Plan against actual"), gettext("Year"), words, rows)


def year_words(money: Money) -> list[str]:
    """Head a column for each year that is shown; a year that has been approved says so."""
    return [year_word(money, year) for year in money.asked.years]


def year_word(money: Money, year: int) -> str:
    """Name a year, and say that its budget is locked where it is."""
    return gettext("%(year)s, locked", year=str(year)) if year in money.known.locks else str(year)


def name_of(row: Portfolio | FundingSource) -> str:
    """Give a name in the page's language."""
    return either(row.name_fi, row.name_sv)


def _by_portfolio(money: Money, title: str) -> Table:
    def line(one: Portfolio) -> Row:
        return _row(
            money, name_of(one), lambda place: place[0] == one.id, url=url_for("register.portfolio", portfolio=one.id)
        )

    wanted = money.asked.chosen.portfolio_ids
    rows = [line(one) for key, one in money.known.portfolios.items() if not wanted or key in wanted]
    return Table(title, gettext("Portfolio"), year_words(money), rows, _foot(rows))


def _by_unit(money: Money, title: str) -> Table:
    """Give a row for each unit that has initiatives of its own, and one for initiatives without a unit."""
    places = {unit for _, unit in money.counts[0]}
    rows = [
        _row(money, either(one.unit.name_fi, one.unit.name_sv), lambda place, key=one.unit.id: place[1] == key)  # type: ignore[misc] # a default binds the loop's unit
        for one in money.known.units
        if one.unit.id in places
    ]
    listed = {one.unit.id for one in money.known.units}
    if places - listed:
        rows.append(_row(money, gettext("No unit in use"), lambda place: place[1] not in listed))
    return Table(title, gettext("Unit"), year_words(money), rows, _foot(rows))


def _by_year(money: Money, title: str) -> Table:
    """Give a row for each year: by part, own and external, and together."""
    external = {key for key, one in money.known.sources.items() if one.external}
    kinds: list[tuple[str, Callable[[Slice], bool]]] = [
        *((gettext(words), lambda one, part=part: one.part == part) for part, words in PART_WORDS.items()),
        (gettext("Own money"), lambda one: one.source_id not in external),
        (gettext("External money"), lambda one: one.source_id in external),
        (gettext("Together"), lambda _: True),
    ]
    rows = [
        Row(
            year_word(money, year),
            [
                together(one.amount(money.asked.amount) for one in money.shown if one.year == year and is_of(one))
                for _, is_of in kinds
            ],
        )
        for year in money.asked.years
    ]
    return Table(title, gettext("Year"), [words for words, _ in kinds], rows, _foot(rows))


def _row(money: Money, words: str, holds: Callable[[queries.Place], bool], url: str | None = None) -> Row:
    mine = [one for one in money.shown if holds((one.portfolio_id, one.unit_id))]
    cells = gather(mine, lambda _: 0, lambda one: one.year, money.asked.amount)
    every, silent = (sum(number for place, number in some.items() if holds(place)) for some in money.counts)
    return Row(words, [cells.get((0, year), NOTHING) for year in money.asked.years], url=url, silent=(silent, every))


def _foot(rows: Sequence[Row]) -> Row:
    columns = zip(*(row.cells for row in rows), strict=True) if rows else ()
    counts = [row.silent for row in rows if row.silent is not None]
    silent = (sum(one for one, _ in counts), sum(every for _, every in counts)) if counts else None
    return Row(gettext("Together"), [together(column) for column in columns], silent=silent)


def _whose(source: FundingSource) -> str:
    return gettext("External money") if source.external else gettext("Own money")


def frame_rows(money: Money) -> list[dict[str, Any]]:
    """Give the frames by portfolio and part, one state a year or None where there is no frame."""
    found: dict[tuple[int, BudgetPart], dict[int, FrameState]] = {}
    for one in money.frames:
        found.setdefault((one.portfolio_id, one.part), {})[one.year] = one
    parts = list(BudgetPart)
    order: dict[Hashable, int] = {key: place for place, key in enumerate(money.known.portfolios)}
    return [
        {
            "words": name_of(money.known.portfolios[portfolio]),
            "under": gettext(PART_WORDS[part]),
            "cells": [states.get(year) for year in money.asked.years],
        }
        for (portfolio, part), states in sorted(
            found.items(), key=lambda pair: (order.get(pair[0][0], 0), parts.index(pair[0][1]))
        )
        if portfolio in money.known.portfolios
    ]
