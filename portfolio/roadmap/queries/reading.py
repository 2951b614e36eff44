"""From what is wanted to the roadmap: the one way to it, for pages, files and the command line alike."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from portfolio.register.rules import InitiativeFilter
from portfolio.roadmap.bars import Arrangement, Roadmap, Scale, Window, choose_window, lay_out
from portfolio.roadmap.bars.window import Term
from portfolio.roadmap.queries.find import Found, find, planned
from portfolio.roadmap.queries.grouping import Grouping, usual_grouping
from portfolio.roadmap.queries.items import days_of, make_items

YEARS_BACK = 1


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which roadmap: what the filter keeps, of which time, in which lanes, in whose language, now or in the past.

    ``day`` is today, or the day of the past that is shown; ``first`` a day in the window asked for, None for the usual
    one; ``years`` the length of the scale of years; ``grouping`` None means the first that tells the found ones apart.
    """

    filter: InitiativeFilter
    day: dt.date
    language: str
    ways: Sequence[Grouping]
    years: int
    terms: Sequence[Term] = ()
    grouping: Grouping | None = None
    scale: Scale = Scale.YEARS
    first: dt.date | None = None
    at: int | None = None


def read(session: Session, municipality_id: int, wanted: Wanted) -> tuple[Roadmap, Grouping]:
    """Return the roadmap and how it is grouped; the number of statements does not depend on how much there is."""
    found = find(session, municipality_id, wanted.filter, today=wanted.day, at=wanted.at)
    window = _window(wanted, found)
    money = planned(session, municipality_id, found, window.years, at=wanted.at)
    grouping = wanted.grouping or usual_grouping(wanted.ways, found)
    items = make_items(found, money, window, wanted.day, wanted.language, grouping.lanes_of)
    return lay_out(items, Arrangement(grouping.heads), window, wanted.day, wanted.language), grouping


def _window(wanted: Wanted, found: Sequence[Found]) -> Window:
    """Give the window asked for; some years begin a year back, so that what goes on can be seen from its start."""
    day, scale = wanted.day, wanted.scale
    usual = dt.date(day.year - YEARS_BACK, 1, 1) if scale is Scale.YEARS else day
    dated = days_of(found) if scale is Scale.ALL else ()
    return choose_window(scale, wanted.first or usual, years=wanted.years, terms=wanted.terms, dated=dated)
