"""The tables of the money page, made once for the page, its workbook and its charts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from flask import url_for

from portfolio.budgets import queries
from portfolio.budgets.forms.asked import AskedMoney, Offered, read_asked
from portfolio.budgets.models import FundingSource, YearLock
from portfolio.budgets.queries import FrameState, ItemCounts, MoneyPlace
from portfolio.budgets.rules import AMOUNT_WORDS, NOTHING, PART_WORDS, BudgetPart, Slice, Sum, gather, together
from portfolio.core import history
from portfolio.core.text import sort_key
from portfolio.organisation import queries as organisation
from portfolio.organisation.models import Municipality
from portfolio.organisation.queries import TreeUnit
from portfolio.register.models import Portfolio
from portfolio.web.current import current
from portfolio.web.language import gettext, name_of

if TYPE_CHECKING:
    from werkzeug.datastructures import MultiDict

Key = TypeVar("Key", bound=Hashable)


class Silent(NamedTuple):
    """How many initiatives have no amount at all, of how many."""

    number: int
    of: int


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its words, the quieter words under them, its page, and a sum for each column.

    ``silent`` is None where initiatives are not counted.
    """

    words: str
    cells: Sequence[Sum]
    under: str = ""
    url: str | None = None
    silent: Silent | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table of sums: what its rows are, the words of its columns, its rows, and their sums if they may be added."""

    title: str
    first: str
    columns: Sequence[str]
    rows: Sequence[Row]
    foot: Row | None = None

    @property
    def is_told(self) -> bool:
        """Tell whether there is any amount to draw."""
        return any(cell.is_told for row in self.rows for cell in row.cells)


@dataclass(frozen=True, slots=True)
class FrameRow:
    """The frames of one portfolio and part: a state for each year, None where there is no frame."""

    words: str
    under: str
    cells: Sequence[FrameState | None]


@dataclass(frozen=True, slots=True)
class MoneyNames:
    """What the tables name: portfolios, units, sources, and the years that have been approved."""

    portfolios: Mapping[int, Portfolio]
    units: Sequence[TreeUnit]
    unit_names: Mapping[int, str]
    sources: Mapping[int, FundingSource]
    locks: Mapping[int, YearLock]


@dataclass(frozen=True, slots=True)
class Money:
    """Everything that the money page tells."""

    asked: AskedMoney
    known: MoneyNames
    slices: Sequence[Slice]
    counts: ItemCounts
    frames: Sequence[FrameState]

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


def read_known() -> MoneyNames:
    """Read what the tables name, at the page's time."""
    session, place, at = current.session, current.municipality.id, current.at
    portfolios = sorted(history.rows(session, Portfolio, place, at), key=lambda one: (sort_key(one.name_fi), one.id))
    units = organisation.units(session, place, at=at)
    return MoneyNames(
        portfolios={one.id: one for one in portfolios},
        units=units,
        unit_names={one.unit.id: name_of(one.unit) for one in units},
        sources={one.id: one for one in queries.funding_sources(session, place, at=at)},
        locks=queries.locked_years(session, place, at=at),
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


def _by_portfolio(money: Money, title: str) -> Table:
    wanted = money.asked.chosen.portfolio_ids
    names = {key: name_of(one) for key, one in money.known.portfolios.items() if not wanted or key in wanted}
    urls = {key: url_for("register.portfolio", portfolio=key) for key in names}
    rows = _rows(money, names, lambda place: place.portfolio_id, urls)
    return Table(title, gettext("Portfolio"), year_words(money), rows, _foot(rows))


def _by_unit(money: Money, title: str) -> Table:
    """Give a row for each unit that has initiatives of its own, and one for initiatives without a unit."""
    held = {place.unit_id for place in money.counts.every}
    listed = money.known.unit_names.keys()
    names: dict[int | None, str] = {key: words for key, words in money.known.unit_names.items() if key in held}
    if held - listed:
        names[None] = gettext("No unit in use")
    rows = _rows(money, names, lambda place: place.unit_id if place.unit_id in listed else None)
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


def _rows(
    money: Money,
    names: Mapping[Key, str],
    key_of: Callable[[MoneyPlace], Key],
    urls: Mapping[Key, str] = MappingProxyType({}),
) -> list[Row]:
    """Give a row for each name: the money of the places with its key, year by year, and how many of them are silent."""
    cells = gather(
        money.shown,
        lambda one: key_of(MoneyPlace(one.portfolio_id, one.unit_id)),
        lambda one: one.year,
        money.asked.amount,
    )
    every, silent = (_counted(some, key_of) for some in (money.counts.every, money.counts.silent))
    return [
        Row(
            words,
            [cells.get((key, year), NOTHING) for year in money.asked.years],
            url=urls.get(key),
            silent=Silent(silent[key], every[key]),
        )
        for key, words in names.items()
    ]


def _counted(places: Mapping[MoneyPlace, int], key_of: Callable[[MoneyPlace], Key]) -> Counter[Key]:
    found: Counter[Key] = Counter()
    for place, number in places.items():
        found[key_of(place)] += number
    return found


def _foot(rows: Sequence[Row]) -> Row:
    columns = zip(*(row.cells for row in rows), strict=True) if rows else ()
    counts = [row.silent for row in rows if row.silent is not None]
    silent = Silent(sum(one.number for one in counts), sum(one.of for one in counts)) if counts else None
    return Row(gettext("Together"), [together(column) for column in columns], silent=silent)


def _whose(source: FundingSource) -> str:
    return gettext("External money") if source.external else gettext("Own money")


def frame_rows(money: Money) -> list[FrameRow]:
    """Give the frames by portfolio, in the order of the page, and part."""
    states = {(one.portfolio_id, one.part, one.year): one for one in money.frames}
    held = {(one.portfolio_id, one.part) for one in money.frames}
    return [
        FrameRow(
            name_of(portfolio),
            gettext(PART_WORDS[part]),
            [states.get((key, part, year)) for year in money.asked.years],
        )
        for key, portfolio in money.known.portfolios.items()
        for part in BudgetPart
        if (key, part) in held
    ]
