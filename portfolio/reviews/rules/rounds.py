"""What a round must fulfil, and the steps it may take."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Mapping
from typing import Any

from portfolio.core.language import N_
from portfolio.core.problem import Problem
from portfolio.register.rules import check_year
from portfolio.reviews.rules.lists import RoundState

BACKWARDS = N_("The period ends before it begins.")
DUE_FIRST = N_("The answers are due before the round opens.")
NOT_LATER = N_("The round is due %(day)s: give the unit a later day.")
MONTHS = N_("The interval is from 1 to 120 months, or empty.")
NO_STEP = N_("A round that is prepared is opened, an open one is closed, and a closed one is opened again.")
MOST_MONTHS = 120


class RoundStep(enum.Enum):
    """A step of a round's life: the state in which it is taken, and the one to which it leads."""

    OPEN = (RoundState.DRAFT, RoundState.OPEN)
    CLOSE = (RoundState.OPEN, RoundState.CLOSED)
    REOPEN = (RoundState.CLOSED, RoundState.OPEN)

    def __init__(self, before: RoundState, after: RoundState) -> None:
        """Name the two states."""
        self.before = before
        self.after = after


def check_round(given: Mapping[str, Any], after: Mapping[str, Any]) -> list[Problem]:
    """Return what is wrong with a round's days and interval."""
    problems = []
    for name in ("period_first", "period_last", "opens_on", "due_on"):
        day: dt.date | None = given.get(name)
        problems += check_year(day.year, name) if day else []
    if _reversed(after.get("period_first"), after.get("period_last")):
        problems.append(Problem(BACKWARDS, place="period_last"))
    if _reversed(after.get("opens_on"), after.get("due_on")):
        problems.append(Problem(DUE_FIRST, place="due_on"))
    months = after.get("interval_months")
    if months is not None and not 1 <= months <= MOST_MONTHS:
        problems.append(Problem(MONTHS, place="interval_months"))
    return problems


def check_extension(later: dt.date, due_on: dt.date) -> list[Problem]:
    """Return what is wrong with a unit's own due day in a round that is due on a day."""
    if later <= due_on:
        return [Problem(NOT_LATER, {"day": due_on}, "due_on")]
    return check_year(later.year, "due_on")


def check_step(state: RoundState, step: RoundStep) -> list[Problem]:
    """Return why a round that stands so cannot take a step."""
    return [] if state is step.before else [Problem(NO_STEP, place="state")]


def _reversed(first: dt.date | None, last: dt.date | None) -> bool:
    return first is not None and last is not None and last < first
