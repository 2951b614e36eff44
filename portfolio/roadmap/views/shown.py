"""From an address to a roadmap: the register's filter, the time that is shown, the grouping."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from flask import request

from portfolio.organisation.models import Municipality
from portfolio.register.forms import FilterChoice, read_filter
from portfolio.roadmap import queries
from portfolio.roadmap.bars import Roadmap
from portfolio.roadmap.forms import Asked, read_asked
from portfolio.roadmap.queries import Grouping
from portfolio.web.current import current


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
    ways = queries.groupings(choice.options, current.language)
    asked = read_asked(request.args, ways)
    wanted = queries.Wanted(
        *(choice.filter, day, current.language, ways, years, current.context.council_terms),
        *(asked.grouping, asked.scale, asked.day, current.at),
    )
    roadmap, grouping = queries.read(session, place, wanted)
    return Shown(choice, asked, ways, grouping, roadmap, day, years)
