"""Versions of a programme: what their dates say, in which order they stand, which one is in force (requirement 85)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import Protocol, TypeVar

_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")


class Version(Protocol):
    """What the rules look at in a version."""

    id: int
    day: dt.date | None


V = TypeVar("V", bound=Version)


def day_of(words: str | None) -> dt.date | None:
    """Read a date as documents write it (24.1.2023) or as browsers do; None for anything else: "12.12.2+22" is text."""
    text = (words or "").strip()
    try:
        match = _DAY.fullmatch(text)
        return dt.date(int(match[3]), int(match[2]), int(match[1])) if match else dt.date.fromisoformat(text)
    except ValueError:
        return None


def in_order(versions: Iterable[V]) -> list[V]:
    """Put versions in order of time; one without a day stays after the one that was written down before it."""
    placed: list[tuple[dt.date, int, V]] = []
    last = dt.date.min
    for one in sorted(versions, key=lambda row: row.id):
        last = one.day or last
        placed.append((last, one.id, one))
    return [one for _day, _id, one in sorted(placed, key=lambda place: place[:2])]


def in_force(versions: Iterable[V], today: dt.date) -> V | None:
    """Give the latest version whose day has come; None where no version has a day that has."""
    return next((one for one in reversed(in_order(versions)) if one.day is not None and one.day <= today), None)
