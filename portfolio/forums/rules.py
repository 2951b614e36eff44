"""Forums' closed lists, and what decisions must fulfil. Pure."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Mapping
from typing import Any

from portfolio.core.language import N_
from portfolio.core.problem import Problem

WHOSE_DECISION = N_("A decision is made by a body or by an office-holder: choose one of the two.")
DAY = N_("%(day)s cannot be the day: its year is not between 1900 and 2200.")

FIRST_YEAR, LAST_YEAR = 1900, 2200


class ForumKind(enum.StrEnum):
    """What kind of group a forum is."""

    BODY = "body"
    LEADERSHIP = "leadership"
    STEERING = "steering"
    WORKING_GROUP = "working_group"
    THEME = "theme"
    PHENOMENON = "phenomenon"
    NETWORK = "network"


class Outcome(enum.StrEnum):
    """How a matter ended in a meeting; noted for information is not an approval."""

    APPROVED = "approved"
    NOTED = "noted"
    REJECTED = "rejected"
    RETURNED = "returned"
    TABLED = "tabled"


def check_decision(given: Mapping[str, Any], after: Mapping[str, Any]) -> list[Problem]:
    """Return what is wrong with a decision: it is a body's or an office-holder's, never both (requirement 79)."""
    is_new = "id" not in after
    if is_new or given.keys() & {"forum_id", "post_id"}:
        deciders = [name for name in ("forum_id", "post_id") if after[name] is not None]
        return [] if len(deciders) == 1 else [Problem(WHOSE_DECISION, place="forum_id")]
    return []


def check_day(day: dt.date | None, place: str) -> list[Problem]:
    """Return the problem of a day that cannot be meant."""
    if day is None or FIRST_YEAR <= day.year <= LAST_YEAR:
        return []
    return [Problem(DAY, {"day": day}, place)]
