"""From what is wanted to the roadmap: the one way to it, for pages, files and the command line alike."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from portfolio.core import history
from portfolio.core.collecting import without_collecting
from portfolio.core.rights import Actor
from portfolio.register.rules import InitiativeFilter
from portfolio.roadmap.bars import Arrangement, Compared, Order, Roadmap, Scale, Window, choose_window, lay_out
from portfolio.roadmap.bars.window import Term
from portfolio.roadmap.figure import gantt_json
from portfolio.roadmap.queries.colouring import HEALTH, Colouring, palette_of, with_health
from portfolio.roadmap.queries.comparing import Against, read_since
from portfolio.roadmap.queries.differing import Narrowed
from portfolio.roadmap.queries.find import FoundInitiative, find, planned
from portfolio.roadmap.queries.grouping import Grouping, usual_grouping
from portfolio.roadmap.queries.items import Keys, days_of, make_items
from portfolio.roadmap.queries.needs import needs_of

YEARS_BACK = 1


@dataclass(frozen=True, slots=True)
class WantedRoadmap:
    """Which roadmap: what the filter keeps, of which time, in which lanes, in whose language, now or in the past.

    ``day`` is today, or the day of the past that is shown; ``first`` a day in the window asked for, None for the usual
    one; ``years`` the length of the scale of years; ``grouping`` None means the first that tells the found ones apart;
    ``inner`` the lanes within lanes, None for one level; ``colour`` None means that colours tell the status.
    ``compare`` is the time with which the roadmap is compared, None where it is with none. ``mover`` is who may want to
    move initiatives, None in the past and in files. ``bare`` is for a picture that shows neither labels nor the money
    of lanes, which need not be made then.
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
    inner: Grouping | None = None
    colour: Colouring | None = None
    order: Order = Order.START
    with_money: bool = False
    compare: Against | None = None
    mover: Actor | None = None
    bare: bool = False

    @property
    def key(self) -> tuple[object, ...]:
        """All that decides the roadmap beside the revision and, where it is not ``bare``, beside who asks."""
        ways = (one.key if one else None for one in (self.grouping, self.inner, self.colour))
        shown = (self.filter, self.day, self.language, self.years, tuple(self.terms), self.scale, self.first, self.at)
        return (*shown, *ways, self.order, self.with_money, self.compare, self.bare)


def read(session: Session, municipality_id: int, wanted: WantedRoadmap) -> tuple[Roadmap, Grouping]:
    """Return the roadmap and how it is grouped; the number of statements does not depend on how much there is."""
    found = find(session, municipality_id, wanted.filter, today=wanted.day, at=wanted.at)
    window = _window(wanted, found)
    whose = None if wanted.filter.is_empty else found
    money = {} if wanted.bare else planned(session, municipality_id, whose, window.years, at=wanted.at)
    ways = [one for one in wanted.ways if one is not wanted.inner]
    grouping, inner, colour = wanted.grouping or usual_grouping(ways, found), wanted.inner, wanted.colour
    if colour is not None and colour.key == HEALTH:
        found = with_health(session, municipality_id, found, wanted.at)
    keys = Keys(grouping.lanes_of, inner.lanes_of if inner else None, colour.key_of if colour else None)
    made = (money, window, wanted.day, wanted.language, keys)
    needs = needs_of(session, municipality_id, found, wanted.language, at=wanted.at)
    items = make_items(found, *made, needs, wanted.mover)
    arrangement = Arrangement(
        grouping.heads_for(found),
        inner.heads_for(found) if inner else (),
        wanted.order,
        palette_of(colour, found) if colour else (),
        wanted.with_money,
        tuple(wanted.terms),
        with_labels=not wanted.bare,
    )
    if wanted.compare is None:
        return lay_out(items, arrangement, window, wanted.day, wanted.language), grouping
    asked = Narrowed(wanted.filter, wanted.day, before=wanted.compare.filter)
    since = read_since(session, municipality_id, wanted.compare, wanted.at, found, asked, wanted.language)
    roadmap = lay_out(since.mark(items, wanted.language), arrangement, window, wanted.day, wanted.language)
    gone = since.gone(make_items(since.left, *made), wanted.language)
    return replace(roadmap, compared=Compared(wanted.compare.words, since.difference, gone)), grouping


def read_chart(session: Session, municipality_id: int, wanted: WantedRoadmap) -> bytes:
    """Return the figure of a ``bare`` roadmap as JSON; it is made once until anybody writes anything."""

    def make() -> bytes:
        with without_collecting():  # nothing that is made lives longer than this block
            return gantt_json(read(session, municipality_id, wanted)[0], wanted.day, wanted.language)

    return history.answered(session, ("chart", municipality_id, *wanted.key), make)


def _window(wanted: WantedRoadmap, found: Sequence[FoundInitiative]) -> Window:
    """Give the window asked for; some years begin a year back, so that what goes on can be seen from its start."""
    day, scale = wanted.day, wanted.scale
    usual = dt.date(day.year - YEARS_BACK, 1, 1) if scale is Scale.YEARS else day
    dated = days_of(found) if scale is Scale.ALL else ()
    return choose_window(scale, wanted.first or usual, years=wanted.years, terms=wanted.terms, dated=dated)
