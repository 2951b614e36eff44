"""The year clock (requirements 60–75): what falls on which day, on whose clock, and where clocks clash. Pure."""

from __future__ import annotations

import datetime as dt
import enum
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from portfolio.core.language import N_
from portfolio.core.timespan import Kind, Timespan


class EventKind(enum.StrEnum):
    """What comes round in a year."""

    DEADLINE = "deadline"
    ROUND = "round"
    BUDGET = "budget"
    MEETING = "meeting"
    MILESTONE = "milestone"


KIND_WORDS: Mapping[EventKind, str] = MappingProxyType(
    {
        EventKind.DEADLINE: N_("Deadline"),
        EventKind.ROUND: N_("Review round"),
        EventKind.BUDGET: N_("Budget decision"),
        EventKind.MEETING: N_("Meeting"),
        EventKind.MILESTONE: N_("Milestone"),
    }
)


class Target(enum.StrEnum):
    """What an event's link leads to."""

    PORTFOLIO = "portfolio"
    INITIATIVE = "initiative"
    ROUND = "round"
    FORUM = "forum"
    BUDGET = "budget"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that falls in the year, its title in the reader's language, from ``first`` to ``last``, both included.

    ``words`` are the time as it was written, where it is vague; such an event stands at its last day. ``clocks`` are
    keys of the clocks on which it stands ("portfolio:3", "forum:1"); an event of the whole municipality has none and
    stands on each. ``target`` and ``target_id`` say where to read more.
    """

    kind: EventKind
    title: str
    first: dt.date
    last: dt.date
    clocks: frozenset[str]
    target: Target
    target_id: int
    words: str = ""
    about: str = ""

    @property
    def day(self) -> dt.date:
        """The day at which it stands: the one by which it is due."""
        return self.last

    @property
    def exact(self) -> bool:
        """Whether it is known to the day."""
        return self.first == self.last


@dataclass(frozen=True, slots=True)
class ClockHead:
    """A clock that may be chosen: its key and its title."""

    key: str
    title: str


@dataclass(frozen=True, slots=True)
class Clock:
    """One ring: the events of a portfolio, a forum, or of all, in order of day."""

    head: ClockHead
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Clash:
    """A day on which something of more than one clock falls."""

    day: dt.date
    events: tuple[tuple[ClockHead, Event], ...]


def span_in_year(span: Timespan, year: int) -> tuple[dt.date, dt.date] | None:
    """Return the days of a timespan that is due in a year: its end counts, and a lone start where there is no end.

    A yearly time falls in every year in which it holds. None where nothing of it is due then.
    """
    if span.kind is Kind.RECURRING and span.cadence is not None and span.cadence.yearly is not None:
        yearly = span.cadence.yearly
        held = (span.start is None or span.start.year <= year) and (span.end is None or year <= span.end.year)
        last = yearly.end.on(year)
        return (yearly.start.on(year) if yearly.start else last, last) if held else None
    due = span.end or span.start
    if due is None or due.year != year:
        return None
    vague = span.start is not None and span.end is not None and span.kind is not Kind.ONGOING
    first = max(span.start, dt.date(year, 1, 1)) if vague and span.start else due
    return first, due


def make_clocks(events: Iterable[Event], heads: Sequence[ClockHead]) -> list[Clock]:
    """Put events on the clocks chosen, in order of day; those of the whole municipality stand on each."""
    found = in_order(events)
    return [Clock(head, tuple(one for one in found if not one.clocks or head.key in one.clocks)) for head in heads]


def in_order(events: Iterable[Event]) -> list[Event]:
    """Give events in order of day, each once, on however many clocks it stands."""
    return sorted(set(events), key=lambda one: (one.day, one.kind, one.title, one.target_id))


def clashes(clocks: Sequence[Clock]) -> list[Clash]:
    """Return the days on which things of different clocks fall: exact days only; one thing on two clocks is none."""
    days: defaultdict[dt.date, list[tuple[ClockHead, Event]]] = defaultdict(list)
    for clock in clocks:
        for event in clock.events:
            if event.exact and event.clocks:
                days[event.day].append((clock.head, event))
    return [Clash(day, tuple(found)) for day, found in sorted(days.items()) if _collide(found)]


def by_month(events: Iterable[Event]) -> dict[int, list[Event]]:
    """Give the months in which something falls, in order, each with its events in order of day."""
    months: dict[int, list[Event]] = defaultdict(list)
    for event in in_order(events):
        months[event.day.month].append(event)
    return dict(sorted(months.items()))


def _collide(found: Sequence[tuple[ClockHead, Event]]) -> bool:
    """Tell whether two different things of different clocks fall on one day."""
    return any(
        first is not second and head.key != other.key
        for place, (head, first) in enumerate(found)
        for other, second in found[place + 1 :]
    )
