"""From an address to a roadmap: the register's filter, the time that is shown, the grouping."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from flask import request
from werkzeug.datastructures import MultiDict

from portfolio.forums.queries import forums
from portfolio.organisation.models import Municipality
from portfolio.register.forms import FilterChoice, calendar_here
from portfolio.reviews.forms.filtering import read_filter
from portfolio.roadmap import queries
from portfolio.roadmap.bars import Roadmap
from portfolio.roadmap.forms import Asked, AskedComparison, read_asked, read_comparison
from portfolio.roadmap.queries import Colouring, Grouping
from portfolio.web.current import current


@dataclass(frozen=True, slots=True)
class Shown:
    """What an address asks for, and the roadmap of it.

    ``day`` is today, or the day of the past that is shown; ``years`` the length of the scale of years.
    """

    choice: FilterChoice
    asked: Asked
    comparison: AskedComparison
    groupings: list[Grouping]
    colours: list[Colouring]
    grouping: Grouping
    roadmap: Roadmap
    day: dt.date
    years: int


def read_shown(args: MultiDict[str, str] | None = None) -> Shown:
    """Gather what the address of this request asks for, or other parameters in its place, and lay it out."""
    args = request.args if args is None else args
    session, place = current.session, current.municipality.id
    day = current.past.day if current.past else current.today
    years = current.loaded(Municipality).plan_horizon
    choice = read_filter(args, session, place, current.actor, at=current.at)
    ways = queries.groupings(choice.options, current.language, forums(session, place, at=current.at))
    colours = queries.colourings(choice.options, current.language)
    asked = read_asked(args, ways, colours)
    comparison = read_comparison(args, calendar_here(), current.at)
    wanted = queries.Wanted(
        *(choice.filter, day, current.language, ways, years, current.context.council_terms),
        *(asked.grouping, asked.scale, asked.day, current.at),
        inner=asked.inner,
        colour=asked.colour,
        order=asked.order,
        with_money=asked.with_money,
        compare=comparison.against,
        mover=None if current.past else current.actor,
    )
    roadmap, grouping = queries.read(session, place, wanted)
    return Shown(choice, asked, comparison, ways, colours, grouping, roadmap, day, years)
