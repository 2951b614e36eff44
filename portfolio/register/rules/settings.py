"""What the settings of a portfolio must fulfil."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from portfolio.core.language import N_
from portfolio.core.problem import Problem
from portfolio.register.rules.parts import is_day

CODE = N_("A code has small letters a–z, digits and hyphens, and begins with a letter or digit.")
PREFIX = N_("The beginning of the codes is one to six capital letters or digits, the first a letter.")
QUOTA = N_("The yearly range is from 0 up, and its end is not below its beginning.")
INTERVAL = N_("The time between reviews is 1–120 months.")
DEADLINE = N_('"%(value)s" is not a day of the year. Write it as 30.9.')

CODE_SHAPE = re.compile(r"[a-z0-9][a-z0-9-]*")
PREFIX_SHAPE = re.compile(r"[A-ZÅÄÖ][A-ZÅÄÖ0-9]*")
DEADLINE_SHAPE = re.compile(r"(\d{1,2})\.(\d{1,2})\.")
LONGEST_INTERVAL = 120


def check_code(given: Mapping[str, Any]) -> list[Problem]:
    """Return the problem of a code that cannot stand in an address or a command."""
    code = given.get("code")
    return [] if code is None or CODE_SHAPE.fullmatch(code) else [Problem(CODE, place="code")]


def check_portfolio(given: Mapping[str, Any], after: Mapping[str, Any]) -> list[Problem]:
    """Return what is wrong with a portfolio; a rule speaks only when one of its fields changes."""
    problems = check_code(given)
    if given.get("prefix") is not None and not PREFIX_SHAPE.fullmatch(given["prefix"]):
        problems.append(Problem(PREFIX, place="prefix"))
    if given.keys() & {"quota_min", "quota_max"} and not _is_range(after["quota_min"], after["quota_max"]):
        problems.append(Problem(QUOTA, place="quota_max"))
    months = given.get("review_interval_months")
    if months is not None and not 1 <= months <= LONGEST_INTERVAL:
        problems.append(Problem(INTERVAL, place="review_interval_months"))
    for name in ("report_deadline", "proposal_deadline"):
        if given.get(name) is not None and not is_deadline(given[name]):
            problems.append(Problem(DEADLINE, {"value": given[name]}, name))
    return problems


def is_deadline(text: str) -> bool:
    """Tell whether a text is a day of the year, written as 30.9."""
    match = DEADLINE_SHAPE.fullmatch(text)
    return match is not None and is_day(int(match[2]), int(match[1]))


def _is_range(least: int | None, most: int | None) -> bool:
    return (least or 0) >= 0 and (most is None or most >= (least or 0))
