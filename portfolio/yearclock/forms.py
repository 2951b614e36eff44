"""What an address asks of the year clock, and the form that makes a feed of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from portfolio.core.columns import read_id
from portfolio.core.language import N_
from portfolio.core.problem import Problem
from portfolio.web.forms import BaseForm
from portfolio.web.language import lazy_gettext
from portfolio.yearclock.rules import ClockHead, Event, EventKind, in_order, make_clocks

PARAMETERS = frozenset({"year", "clock", "kind"})
FIRST_YEAR, LAST_YEAR = 1990, 2100
YEAR = N_('"%(value)s" is not a year of the year clock, so this year is shown.')
CLOCK = N_("One of the clocks asked for does not exist any more, and is left out.")
KIND = N_('There is no kind "%(value)s" on the year clock.')


@dataclass(frozen=True, slots=True)
class AskedClock:
    """The year, the clocks laid over each other, and the kinds shown; problems tell what was left out."""

    year: int
    heads: tuple[ClockHead, ...]
    kinds: frozenset[EventKind]
    problems: tuple[Problem, ...] = ()

    def chosen(self, events: Iterable[Event]) -> list[Event]:
        """Keep the events of the kinds and on the clocks asked for, in order of day."""
        kept = [one for one in events if not self.kinds or one.kind in self.kinds]
        on_clocks = (one for clock in make_clocks(kept, self.heads) for one in clock.events)
        return in_order(on_clocks if self.heads else kept)

    def query(self) -> str:
        """Give the same choice as the query of an address, without the year: a feed goes on from year to year."""
        pairs = [("clock", head.key) for head in self.heads] + [("kind", kind) for kind in sorted(self.kinds)]
        return urlencode(pairs)


def read_asked(args: MultiDict[str, str], offered: Sequence[ClockHead], this_year: int) -> AskedClock:
    """Read an address: ``year``, ``clock`` (repeated: the clocks to lay over each other), ``kind`` (repeated).

    Without a clock there is none but the municipality's own, on which everything stands.
    """
    problems: list[Problem] = []
    year = _year(args.get("year"), this_year, problems)
    known = {head.key: head for head in offered}
    asked = list(dict.fromkeys(args.getlist("clock")))
    if any(key not in known for key in asked):
        problems.append(Problem(CLOCK))
    kinds = set()
    for value in args.getlist("kind"):
        if value in set(EventKind):
            kinds.add(EventKind(value))
        else:
            problems.append(Problem(KIND, {"value": value}))
    return AskedClock(year, tuple(known[key] for key in asked if key in known), frozenset(kinds), tuple(problems))


def _year(text: str | None, this_year: int, problems: list[Problem]) -> int:
    if text is None:
        return this_year
    if FIRST_YEAR <= (year := read_id(text) or 0) <= LAST_YEAR:
        return year
    problems.append(Problem(YEAR, {"value": text}))
    return this_year


class FeedForm(BaseForm):
    """The name of a feed: what the calendar will call it."""

    name = StringField(lazy_gettext("Name of the calendar"), [InputRequired(), Length(max=160)])
