"""What an address asks of the roadmap beside the register's filter: which time is shown, and how rows are grouped."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from portfolio.core.language import N_
from portfolio.core.problem import Problem
from portfolio.organisation.queries import TreeUnit
from portfolio.register.forms import Options
from portfolio.register.queries import SchemeCategories
from portfolio.roadmap.bars import LaneHead, Scale
from portfolio.roadmap.queries import Found
from portfolio.web.language import either, gettext

NO_SCALE = N_('"%(value)s" is not a length of time that the roadmap knows, so it shows %(shown)s.')
NOT_A_DAY = N_('"%(value)s" is not a day from 1900 to 2200, so the time round today is shown.')
NO_GROUPING = N_('There is no grouping "%(value)s", so the rows are grouped in the usual way.')
SOME_YEARS = N_("some years")
UNIT, PORTFOLIO, NOTHING = "unit", "portfolio", "none"
YEARS = range(1900, 2201)
LONGEST_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Grouping:
    """One way to group: its word in the address, its name, the lanes in order, and in which a found one stands."""

    key: str
    label: str
    heads: tuple[LaneHead, ...]
    lanes_of: Callable[[Found], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for; None where it does not say. ``problems`` tell what was not understood."""

    scale: Scale
    day: dt.date | None
    grouping: Grouping | None
    problems: tuple[Problem, ...]


def read_asked(args: MultiDict[str, str], ways: Sequence[Grouping]) -> Asked:
    """Read ``scale``, ``from`` and ``group``; what is not known takes its default and is told in ``problems``."""
    problems: list[Problem] = []
    scale, day, grouping = Scale.YEARS, None, None
    if text := args.get("scale", "").strip():
        if text in set(Scale):
            scale = Scale(text)
        else:
            problems.append(Problem(NO_SCALE, {"value": text[:LONGEST_SHOWN], "shown": Problem(SOME_YEARS)}))
    if text := args.get("from", "").strip():
        day = _day(text)
        if day is None:
            problems.append(Problem(NOT_A_DAY, {"value": text[:LONGEST_SHOWN]}))
    if text := args.get("group", "").strip():
        grouping = next((one for one in ways if one.key == text), None)
        if grouping is None:
            problems.append(Problem(NO_GROUPING, {"value": text[:LONGEST_SHOWN]}))
    return Asked(scale, day, grouping, tuple(problems))


def usual_grouping(ways: Sequence[Grouping], found: Iterable[Found]) -> Grouping:
    """Give the first way to group that tells the found ones apart: a municipality may not use its units at all."""
    rows = list(found)
    for way in ways:
        known = {head.key for head in way.heads}
        if len({key for one in rows for key in way.lanes_of(one)[:1] if key in known}) > 1:
            return way
    return ways[0]


def groupings(options: Options) -> list[Grouping]:
    """Give the ways to group, as offered: unit, each classification, portfolio, not at all."""
    return [
        Grouping(UNIT, gettext("Unit"), tuple(_unit_heads(options.units)), _unit_of),
        *(_by_scheme(one) for one in options.schemes if one.categories),
        Grouping(
            PORTFOLIO,
            gettext("Portfolio"),
            tuple(LaneHead(str(one.id), either(one.name_fi, one.name_sv)) for one in options.portfolios),
            lambda found: (str(found.row.portfolio_id),),
        ),
        Grouping(NOTHING, gettext("no grouping"), (LaneHead("", gettext("All initiatives")),), lambda _found: ()),
    ]


def _unit_heads(units: Iterable[TreeUnit]) -> Iterator[LaneHead]:
    """Name the units' lanes in tree order; of equal names each says under which unit it stands."""
    tree = [(one.unit, either(one.unit.name_fi, one.unit.name_sv)) for one in units]
    names = {unit.id: name for unit, name in tree}
    times = Counter(names.values())
    for unit, name in tree:
        above = names.get(unit.parent_id) if unit.parent_id and times[name] > 1 else None
        yield LaneHead(str(unit.id), f"{above}: {name}" if above else name)
    yield LaneHead("", gettext("No unit"))


def _unit_of(found: Found) -> tuple[str, ...]:
    return (str(found.row.unit_id),) if found.row.unit_id else ()


def _by_scheme(one: SchemeCategories) -> Grouping:
    names = {category.id: either(category.name_fi, category.name_sv) for category in one.categories}
    order = {category.id: place for place, category in enumerate(one.categories)}
    heads = [
        LaneHead(str(row.id), f"{names[row.parent_id]}: {names[row.id]}" if row.parent_id in names else names[row.id])
        for row in one.categories
    ]

    def lanes_of(found: Found) -> tuple[str, ...]:
        own = sorted(found.category_ids & order.keys(), key=order.__getitem__)
        return tuple(map(str, own))

    label = either(one.scheme.name_fi, one.scheme.name_sv)
    return Grouping(f"scheme-{one.scheme.code}", label, (*heads, LaneHead("", gettext("Not classified"))), lanes_of)


def _day(text: str) -> dt.date | None:
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year in YEARS else None
