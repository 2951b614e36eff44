"""From an address to a roadmap: the register's filter, the time that is shown, the grouping."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from flask import request
from werkzeug.datastructures import MultiDict

from portfolio.core.problem import Problem
from portfolio.forums.queries import forums
from portfolio.organisation.models import Municipality
from portfolio.register.forms import FilterChoice, calendar_here
from portfolio.reviews.forms.filtering import filter_at, read_filter
from portfolio.roadmap import queries
from portfolio.roadmap.bars import Roadmap
from portfolio.roadmap.forms import AskedComparison, AskedRoadmap, read_asked, read_comparison
from portfolio.roadmap.queries import Colouring, Grouping
from portfolio.web.current import current


@dataclass(frozen=True, slots=True)
class Address:
    """What an address asks for.

    ``day`` is today, or the day of the past that is shown; ``years`` the length of the scale of years.
    """

    choice: FilterChoice
    asked: AskedRoadmap
    comparison: AskedComparison
    groupings: list[Grouping]
    colours: list[Colouring]
    day: dt.date
    years: int

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What of the address was not understood."""
        return (*self.choice.problems, *self.asked.problems, *self.comparison.problems)

    def wanted(self, *, bare: bool = False) -> queries.WantedRoadmap:
        """Say which roadmap that is; a ``bare`` one is for the chart's script, which nobody moves anything in."""
        return queries.WantedRoadmap(
            filter=self.choice.filter,
            day=self.day,
            language=current.language,
            ways=self.groupings,
            years=self.years,
            terms=current.context.council_terms,
            grouping=self.asked.grouping,
            scale=self.asked.scale,
            first=self.asked.day,
            at=current.at,
            inner=self.asked.inner,
            colour=self.asked.colour,
            order=self.asked.order,
            with_money=self.asked.with_money,
            compare=self._against(),
            mover=None if current.past or bare else current.actor,
            bare=bare,
        )

    def _against(self) -> queries.Against | None:
        """Give the time compared with, with the filter as it read then."""
        against = self.comparison.against
        if against is None:
            return None
        then = filter_at(self.choice, current.session, current.municipality.id, against.revision)
        return replace(against, filter=then)


@dataclass(frozen=True, slots=True)
class ShownRoadmap(Address):
    """What an address asks for, and the roadmap of it, with the lanes that it is in."""

    grouping: Grouping
    roadmap: Roadmap


def read_address(args: MultiDict[str, str] | None = None) -> Address:
    """Gather what the address of this request asks for, or other parameters in its place."""
    args = request.args if args is None else args
    session, place = current.session, current.municipality.id
    choice = read_filter(args, session, place, current.actor, at=current.at)
    ways = queries.groupings(choice.options, current.language, forums(session, place, at=current.at))
    colours = queries.colourings(choice.options, current.language)
    return Address(
        choice,
        read_asked(args, ways, colours),
        read_comparison(args, calendar_here(), current.at),
        ways,
        colours,
        current.shown_day,
        current.loaded(Municipality).plan_horizon,
    )


def read_shown(args: MultiDict[str, str] | None = None) -> ShownRoadmap:
    """Gather what an address asks for, as ``read_address`` does, and lay it out."""
    one = read_address(args)
    roadmap, grouping = queries.read(current.session, current.municipality.id, one.wanted())
    asked = (one.choice, one.asked, one.comparison, one.groupings, one.colours, one.day, one.years)
    return ShownRoadmap(*asked, grouping, roadmap)
