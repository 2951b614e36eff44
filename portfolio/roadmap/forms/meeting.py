"""What an address asks of meeting mode beside the roadmap's own query: whose meeting it is, and of which day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from portfolio.core.language import N_
from portfolio.core.problem import Problem
from portfolio.forums.models import Forum
from portfolio.forums.rules import check_day

FORUM, DAY, OWN_VIEW, CHANGES = "forum", "date", "view", "changes"
PARAMETERS = (FORUM, DAY, OWN_VIEW, CHANGES)

CHOOSE = N_("Choose whose meeting it is.")
NO_FORUM = N_("There is no such forum. Choose one from the list.")
NO_DAY = N_("Give the day of the meeting.")
NOT_A_DAY = N_('"%(value)s" is not a day on which a meeting can be.')
LONGEST_SHOWN = 40


@dataclass(frozen=True, slots=True)
class AskedMeeting:
    """The forum and the day that an address asks for, None where it does not; ``problems`` tell what is missing."""

    forum: Forum | None
    day: dt.date | None
    problems: tuple[Problem, ...] = ()


def read_meeting(args: MultiDict[str, str], forums: Sequence[Forum]) -> AskedMeeting:
    """Read ``forum`` and ``date``; an address that names neither asks for nothing and has no problem."""
    if FORUM not in args and DAY not in args:
        return AskedMeeting(None, None)
    text = args.get(FORUM, "").strip()
    forum = next((one for one in forums if str(one.id) == text), None)
    problems = [] if forum else [Problem(NO_FORUM if text else CHOOSE, place=FORUM)]
    words = args.get(DAY, "").strip()
    day = day_of(words)
    if day is None:
        problems.append(_day_problem(words))
    return AskedMeeting(forum, day, tuple(problems))


def day_of(text: str) -> dt.date | None:
    """Read the day of a meeting, ISO 8601; None for what cannot be one."""
    try:
        day = dt.date.fromisoformat(text.strip())
    except ValueError:
        return None
    return None if check_day(day, DAY) else day


def _day_problem(words: str) -> Problem:
    """Say why words are not the day of a meeting."""
    if not words:
        return Problem(NO_DAY, place=DAY)
    return Problem(NOT_A_DAY, {"value": words[:LONGEST_SHOWN]}, DAY)
