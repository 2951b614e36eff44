"""Reading a time from an address: a day, ``baseline:12``, ``revision:34`` or ``now``; a hyphen does for the colon."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from sqlalchemy.orm import Session

from portfolio.core import history
from portfolio.core.language import HELSINKI, N_, format_date, format_datetime, say
from portfolio.web.current import current

BASELINE, REVISION, NOW = "baseline", "revision", "now"
NOW_WORDS = N_("now")
_NAMED = re.compile(rf"({BASELINE}|{REVISION})[:-](.*)")


@dataclass(frozen=True, slots=True)
class TimePoint:
    """A time that is asked for: its revision (None: now), what asks for it in the address, its words, its day."""

    revision: int | None
    asked: str
    words: str
    day: dt.date


@dataclass(frozen=True, slots=True)
class Calendar:
    """What times are read against: where, today (a demo's own), the last day there is, and the reader's language."""

    session: Session
    municipality_id: int
    today: dt.date
    latest: dt.date
    language: str


def read_time(text: str, calendar: Calendar) -> TimePoint:
    """Read a time. Raises Refusal for one that cannot be shown: gone, before the first revision, to come, malformed."""
    if text == NOW:
        return now_of(calendar)
    named = _NAMED.fullmatch(text)
    if named is None:
        number, day = history.point_of_day(calendar.session, calendar.municipality_id, text, calendar.latest)
        return TimePoint(number, text, format_date(day, calendar.language), min(day, calendar.today))
    if named[1] == REVISION:
        revision = history.point_of_number(calendar.session, calendar.municipality_id, named[2])
        words = format_datetime(revision.at, calendar.language)
    else:
        baseline, revision = history.point_of_baseline(calendar.session, calendar.municipality_id, named[2])
        words = baseline.name
    return TimePoint(revision.id, text, words, min(revision.at.astimezone(HELSINKI).date(), calendar.today))


def calendar_here() -> Calendar:
    """Give the calendar of this request; days after a demo's own day exist where people have worked in it."""
    latest = max(current.today, current.now.astimezone(HELSINKI).date())
    return Calendar(current.session, current.municipality.id, current.today, latest, current.language)


def now_of(calendar: Calendar) -> TimePoint:
    """Give the present."""
    return TimePoint(None, NOW, say(NOW_WORDS, calendar.language), calendar.today)
