"""Calendars to subscribe to (iCalendar, RFC 5545): whole-day events with links, written by the icalendar library."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from icalendar import Calendar, Event

MAKER = "-//Portfolio//Year clock//FI"
DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Entry:
    """One event of whole days, both included; ``uid`` stays the same as long as it is the same thing."""

    uid: str
    title: str
    first: dt.date
    last: dt.date
    text: str = ""
    url: str = ""


def write_calendar(name: str, entries: Iterable[Entry], made_at: dt.datetime) -> bytes:
    """Write a calendar that is published under a name; ``made_at`` is aware. Names and titles are put on one line."""
    calendar = Calendar()
    for key, value in (("PRODID", MAKER), ("VERSION", "2.0"), ("METHOD", "PUBLISH"), ("X-WR-CALNAME", _line(name))):
        calendar.add(key, value)
    for entry in entries:
        calendar.add_component(_event(entry, made_at))
    written: bytes = calendar.to_ical()
    return written


def _event(entry: Entry, made_at: dt.datetime) -> Event:
    event = Event()
    event.add("UID", entry.uid)
    event.add("DTSTAMP", made_at)
    event.add("DTSTART", entry.first)
    event.add("DTEND", entry.last + DAY)
    event.add("SUMMARY", _line(entry.title))
    event.add("TRANSP", "TRANSPARENT")
    if entry.text:
        event.add("DESCRIPTION", entry.text)
    if entry.url:
        event.add("URL", entry.url)
    return event


def _line(text: str) -> str:
    """Put a text on one line: a calendar's own name may hold no line break, not even an escaped one."""
    return " ".join(text.split())
