"""What the values of an initiative's parts must fulfil: each check takes the cells given and the row with them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from portfolio.core.language import N_
from portfolio.core.problem import Problem

YEAR = N_("The year %(year)s is not between 1900 and 2200.")
ADDRESS = N_("A link begins with https:// or http:// and has no spaces.")
NO_SUCH_DAY = N_("There is no such day: %(day)s.%(month)s.")
ENDS_BEFORE = N_("The last year is before the first one.")
WHOSE = N_("Tell whose deadline this is: one item's or the whole portfolio's, not both.")
NO_VALUE = N_("Give a number or words.")

FIRST_YEAR, LAST_YEAR = 1900, 2200
LEAP_YEAR = 2000
ADDRESS_SHAPE = re.compile(r"https?://[^\s/?#]+[^\s]*", re.IGNORECASE)


def check_year(year: int | None, place: str) -> list[Problem]:
    """Return the problem of a year that cannot be meant."""
    if year is None or FIRST_YEAR <= year <= LAST_YEAR:
        return []
    return [Problem(YEAR, {"year": str(year)}, place)]


def check_milestone(given: Mapping[str, Any], _after: Mapping[str, Any]) -> list[Problem]:
    """Return what is wrong with a milestone."""
    completed: dt.date | None = given.get("completed_on")
    return check_year(completed.year, "completed_on") if completed else []


def check_deadline(given: Mapping[str, Any], after: Mapping[str, Any]) -> list[Problem]:
    """Return what is wrong with a deadline that comes back every year; 29 February is a day."""
    problems = [*check_year(given.get("from_year"), "from_year"), *check_year(given.get("to_year"), "to_year")]
    first, last = after["from_year"], after["to_year"]
    if first is not None and last is not None and last < first:
        problems.append(Problem(ENDS_BEFORE, place="to_year"))
    if given.keys() & {"month", "day"} and not is_day(after["month"], after["day"]):
        problems.append(Problem(NO_SUCH_DAY, {"day": str(after["day"]), "month": str(after["month"])}, "day"))
    is_new = "id" not in after
    if is_new or given.keys() & {"initiative_id", "portfolio_id"}:
        owners = [name for name in ("initiative_id", "portfolio_id") if after[name] is not None]
        problems += [] if len(owners) == 1 else [Problem(WHOSE, place="initiative_id")]
    return problems


def check_indicator_value(given: Mapping[str, Any], after: Mapping[str, Any]) -> list[Problem]:
    """Return what is wrong with an indicator's value of one year."""
    problems = check_year(given.get("year"), "year")
    if after["number"] is None and after["words"] is None and not after.get("removed"):
        problems.append(Problem(NO_VALUE, place="number"))
    return problems


def check_url(given: Mapping[str, Any], _after: Mapping[str, Any]) -> list[Problem]:
    """Return the problem of an address that is not a web page's: javascript:, file: and the like are refused."""
    url = given.get("url")
    return [] if url is None or is_web_address(url) else [Problem(ADDRESS, place="url")]


def is_web_address(url: str) -> bool:
    """Tell whether an address is of the web, has a host, and can be read as one."""
    try:
        return bool(ADDRESS_SHAPE.fullmatch(url) and urlsplit(url).hostname)
    except ValueError:
        return False


def is_day(month: int | None, day: int | None) -> bool:
    """Tell whether a month has the day in some year; what is missing is told elsewhere."""
    if month is None or day is None:
        return True
    try:
        dt.date(LEAP_YEAR, month, day)
    except ValueError:
        return False
    return True
