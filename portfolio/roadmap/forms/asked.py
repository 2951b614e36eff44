"""What an address asks of the roadmap beside the register's filter: which time is shown, in which lanes and colours."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from werkzeug.datastructures import MultiDict

from portfolio.core.language import N_
from portfolio.core.problem import Problem
from portfolio.roadmap.bars import Order, Scale
from portfolio.roadmap.queries import Colouring, Grouping
from portfolio.roadmap.queries.grouping import NOTHING

PARAMETERS = ("group", "inner", "colour", "order", "money", "scale", "from", "compare")
"""The parameters that are read here, in the order in which a saved view keeps them."""

NO_SCALE = N_('"%(value)s" is not a length of time that the roadmap knows, so it shows %(shown)s.')
NOT_A_DAY = N_('"%(value)s" is not a day from 1900 to 2200, so the time round today is shown.')
NO_GROUPING = N_('There is no grouping "%(value)s", so the rows are grouped in the usual way.')
NO_INNER = N_('There is no grouping "%(value)s", so the lanes are not divided.')
SAME_TWICE = N_("The lanes are already grouped by %(grouping)s, so they are not divided by it again.")
NO_COLOUR = N_('Colours cannot tell "%(value)s", so they tell the status.')
NO_ORDER = N_('There is no order "%(value)s", so the rows stand in the order of their start.')
SOME_YEARS = N_("some years")
YEARS = range(1900, 2201)
LONGEST_SHOWN = 40
STATUS = "status"

K = TypeVar("K", Grouping, Colouring)
E = TypeVar("E", Scale, Order)


@dataclass(frozen=True, slots=True)
class AskedRoadmap:
    """What an address asks for; None where it does not say. ``problems`` tell what was not understood.

    ``inner`` None is one level of lanes, ``colour`` None are the colours of the status.
    """

    scale: Scale
    day: dt.date | None
    grouping: Grouping | None
    inner: Grouping | None
    colour: Colouring | None
    order: Order
    with_money: bool
    problems: tuple[Problem, ...]


def read_asked(args: MultiDict[str, str], ways: Sequence[Grouping], colours: Sequence[Colouring] = ()) -> AskedRoadmap:
    """Read ``PARAMETERS``; what is not known takes its default and is told in ``problems``."""
    reader = _Reader(args)
    grouping = reader.one("group", ways, NO_GROUPING)
    inner = reader.one("inner", ways, NO_INNER)
    if inner is not None and inner is grouping:
        reader.problems.append(Problem(SAME_TWICE, {"grouping": inner.label}))
        inner = None
    colour = None if reader.text("colour") == STATUS else reader.one("colour", colours, NO_COLOUR)
    return AskedRoadmap(
        reader.member("scale", Scale, Scale.YEARS, NO_SCALE, shown=Problem(SOME_YEARS)),
        reader.day("from"),
        grouping,
        inner if inner is None or inner.key != NOTHING else None,
        colour,
        reader.member("order", Order, Order.START, NO_ORDER),
        bool(reader.text("money")),
        tuple(reader.problems),
    )


class _Reader:
    """Takes up the parameters one by one; what is not understood is gathered in ``problems``."""

    def __init__(self, args: MultiDict[str, str]) -> None:
        self._args = args
        self.problems: list[Problem] = []

    def text(self, name: str) -> str:
        return self._args.get(name, "").strip()

    def one(self, name: str, known: Iterable[K], unknown: str) -> K | None:
        text = self.text(name)
        found = next((one for one in known if one.key == text), None)
        if text and found is None:
            self._tell(unknown, text)
        return found

    def member(self, name: str, members: type[E], usual: E, unknown: str, **params: Problem) -> E:
        text = self.text(name)
        if text in set(members):
            return members(text)
        if text:
            self._tell(unknown, text, **params)
        return usual

    def day(self, name: str) -> dt.date | None:
        text = self.text(name)
        try:
            day = dt.date.fromisoformat(text) if text else None
        except ValueError:
            day = None
        if day is not None and day.year in YEARS:
            return day
        if text:
            self._tell(NOT_A_DAY, text)
        return None

    def _tell(self, msgid: str, text: str, **params: Problem) -> None:
        self.problems.append(Problem(msgid, {"value": text[:LONGEST_SHOWN], **params}))
