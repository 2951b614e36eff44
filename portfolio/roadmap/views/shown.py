"""From an address to a roadmap: the register's filter, the time that is shown, the grouping."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from flask import request

from portfolio.organisation.models import Municipality
from portfolio.register.forms import FilterChoice, read_filter
from portfolio.roadmap import queries
from portfolio.roadmap.bars import Roadmap, Scale, Window, choose_window, lay_out
from portfolio.roadmap.forms import Asked, Grouping, groupings, read_asked, usual_grouping
from portfolio.web.current import current

YEARS_BACK = 1


@dataclass(frozen=True, slots=True)
class Shown:
    """What an address asks for, and the roadmap of it.

    ``day`` is today, or the day of the past that is shown; ``years`` the length of the scale of years.
    """

    choice: FilterChoice
    asked: Asked
    groupings: list[Grouping]
    grouping: Grouping
    roadmap: Roadmap
    day: dt.date
    years: int


def read_shown() -> Shown:
    """Gather what the address of this request asks for, and lay it out."""
    session, place = current.session, current.municipality.id
    day = current.past.day if current.past else current.today
    years = current.loaded(Municipality).plan_horizon
    choice = read_filter(request.args, session, place, current.actor, at=current.at)
    ways = groupings(choice.options)
    asked = read_asked(request.args, ways)
    found = queries.find(session, place, choice.filter, today=day, at=current.at)
    window = _window(asked, day, years, found)
    money = queries.planned(session, place, found, window.years, at=current.at)
    grouping = asked.grouping or usual_grouping(ways, found)
    items = queries.make_items(found, money, window, day, current.language, grouping.lanes_of)
    roadmap = lay_out(items, grouping.heads, window, day, current.language)
    return Shown(choice, asked, ways, grouping, roadmap, day, years)


def _window(asked: Asked, day: dt.date, years: int, found: list[queries.Found]) -> Window:
    """Give the window asked for; some years begin a year back, so that what goes on can be seen from its start."""
    usual = dt.date(day.year - YEARS_BACK, 1, 1) if asked.scale is Scale.YEARS else day
    dated = queries.days_of(found) if asked.scale is Scale.ALL else ()
    terms = current.context.council_terms
    return choose_window(asked.scale, asked.day or usual, years=years, terms=terms, dated=dated)
