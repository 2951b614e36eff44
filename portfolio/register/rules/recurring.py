"""When what comes back every year falls in a year, and when it comes next. Pure."""

from __future__ import annotations

import datetime as dt
from typing import Protocol

from portfolio.core.timespan import MonthDay


class Yearly(Protocol):
    """A duty of one day of the year, from a year to a year."""

    month: int
    day: int
    from_year: int | None
    to_year: int | None


def due_in_year(deadline: Yearly, year: int) -> dt.date | None:
    """Return the day on which the duty is due in a year; None where it does not hold then."""
    if deadline.from_year is not None and year < deadline.from_year:
        return None
    if deadline.to_year is not None and year > deadline.to_year:
        return None
    return MonthDay(deadline.month, deadline.day).on(year)


def next_due(deadline: Yearly, today: dt.date) -> dt.date | None:
    """Return the next day on which the duty is due, today included; None when it has ended."""
    year = max(today.year, deadline.from_year or today.year)
    due = MonthDay(deadline.month, deadline.day).on(year)
    if due < today:
        due = MonthDay(deadline.month, deadline.day).on(year + 1)
    return due if deadline.to_year is None or due.year <= deadline.to_year else None


def day_in_year(day_of_year: str | None, year: int) -> dt.date | None:
    """Return a day of the year, written as "30.9.", in a year; None when there is none."""
    if not day_of_year:
        return None
    day, month = (int(part) for part in day_of_year.split(".")[:2])
    return MonthDay(month, day).on(year)


def next_day(day_of_year: str | None, today: dt.date) -> dt.date | None:
    """Return the next time a day of the year comes, today included; None when there is none."""
    due = day_in_year(day_of_year, today.year)
    return due if due is None or due >= today else day_in_year(day_of_year, today.year + 1)
