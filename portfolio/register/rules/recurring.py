"""When what comes back every year comes next. Pure."""

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


def next_due(deadline: Yearly, today: dt.date) -> dt.date | None:
    """Return the next day on which the duty is due, today included; None when it has ended."""
    year = max(today.year, deadline.from_year or today.year)
    due = MonthDay(deadline.month, deadline.day).on(year)
    if due < today:
        due = MonthDay(deadline.month, deadline.day).on(year + 1)
    return due if deadline.to_year is None or due.year <= deadline.to_year else None


def next_day(day_of_year: str | None, today: dt.date) -> dt.date | None:
    """Return the next time a day of the year, written as "30.9.", comes, today included; None when there is none."""
    if day_of_year is None:
        return None
    day, month = (int(part) for part in day_of_year.split(".")[:2])
    due = MonthDay(month, day).on(today.year)
    return due if due >= today else MonthDay(month, day).on(today.year + 1)
