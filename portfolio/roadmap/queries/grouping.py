"""The ways to put what was found into lanes: by unit, by each classification, by portfolio, not at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from portfolio.core.language import N_, say
from portfolio.organisation.queries import TreeUnit
from portfolio.register.models import Portfolio
from portfolio.register.queries import SchemeCategories
from portfolio.roadmap.bars import LaneHead
from portfolio.roadmap.queries.find import Found
from portfolio.roadmap.queries.items import in_language

UNIT, PORTFOLIO, NOTHING = "unit", "portfolio", "none"


class Offered(Protocol):
    """What may be grouped by: the options of the register's filter hold it."""

    @property
    def portfolios(self) -> tuple[Portfolio, ...]:
        """The municipality's portfolios, in order."""

    @property
    def units(self) -> tuple[TreeUnit, ...]:
        """Its units, in tree order."""

    @property
    def schemes(self) -> tuple[SchemeCategories, ...]:
        """Its classifications with their classes."""


@dataclass(frozen=True, slots=True)
class Grouping:
    """One way to group: its word in the address, its name, the lanes in order, and in which a found one stands."""

    key: str
    label: str
    heads: tuple[LaneHead, ...]
    lanes_of: Callable[[Found], tuple[str, ...]]


def usual_grouping(ways: Sequence[Grouping], found: Iterable[Found]) -> Grouping:
    """Give the first way to group that tells the found ones apart: a municipality may not use its units at all."""
    rows = list(found)
    for way in ways:
        known = {head.key for head in way.heads}
        if len({key for one in rows for key in way.lanes_of(one)[:1] if key in known}) > 1:
            return way
    return ways[0]


def groupings(options: Offered, language: str) -> list[Grouping]:
    """Give the ways to group, as offered: unit, each classification, portfolio, not at all."""
    return [
        Grouping(UNIT, say(N_("Unit"), language), tuple(_unit_heads(options.units, language)), _unit_of),
        *(_by_scheme(one, language) for one in options.schemes if one.categories),
        Grouping(
            PORTFOLIO,
            say(N_("Portfolio"), language),
            tuple(LaneHead(str(one.id), in_language(one.name_fi, one.name_sv, language)) for one in options.portfolios),
            lambda found: (str(found.row.portfolio_id),),
        ),
        Grouping(
            NOTHING,
            say(N_("no grouping"), language),
            (LaneHead("", say(N_("All initiatives"), language)),),
            lambda _found: (),
        ),
    ]


def _unit_heads(units: Iterable[TreeUnit], language: str) -> Iterator[LaneHead]:
    """Name the units' lanes in tree order; of equal names each says under which unit it stands."""
    tree = [(one.unit, in_language(one.unit.name_fi, one.unit.name_sv, language)) for one in units]
    names = {unit.id: name for unit, name in tree}
    times = Counter(names.values())
    for unit, name in tree:
        above = names.get(unit.parent_id) if unit.parent_id and times[name] > 1 else None
        yield LaneHead(str(unit.id), f"{above}: {name}" if above else name)
    yield LaneHead("", say(N_("No unit"), language))


def _unit_of(found: Found) -> tuple[str, ...]:
    return (str(found.row.unit_id),) if found.row.unit_id else ()


def _by_scheme(one: SchemeCategories, language: str) -> Grouping:
    names = {category.id: in_language(category.name_fi, category.name_sv, language) for category in one.categories}
    order = {category.id: place for place, category in enumerate(one.categories)}
    heads = [
        LaneHead(str(row.id), f"{names[row.parent_id]}: {names[row.id]}" if row.parent_id in names else names[row.id])
        for row in one.categories
    ]

    def lanes_of(found: Found) -> tuple[str, ...]:
        own = sorted(found.category_ids & order.keys(), key=order.__getitem__)
        return tuple(map(str, own))

    label = in_language(one.scheme.name_fi, one.scheme.name_sv, language)
    return Grouping(
        f"scheme-{one.scheme.code}", label, (*heads, LaneHead("", say(N_("Not classified"), language))), lanes_of
    )
