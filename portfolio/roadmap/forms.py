"""What an address asks of the roadmap beside the register's filter: which time is shown, and how rows are grouped."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from portfolio.core.language import N_
from portfolio.core.problem import Problem
from portfolio.roadmap.bars import Scale
from portfolio.roadmap.queries import Grouping

NO_SCALE = N_('"%(value)s" is not a length of time that the roadmap knows, so it shows %(shown)s.')
NOT_A_DAY = N_('"%(value)s" is not a day from 1900 to 2200, so the time round today is shown.')
NO_GROUPING = N_('There is no grouping "%(value)s", so the rows are grouped in the usual way.')
SOME_YEARS = N_("some years")
YEARS = range(1900, 2201)
LONGEST_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for; None where it does not say. ``problems`` tell what was not understood."""

    scale: Scale
    day: dt.date | None
    grouping: Grouping | None
    problems: tuple[Problem, ...]


def read_asked(args: MultiDict[str, str], ways: Sequence[Grouping]) -> Asked:
    """Read ``scale``, ``from`` and ``group``; what is not known takes its default and is told in ``problems``."""
    problems: list[Problem] = []
    scale, day, grouping = Scale.YEARS, None, None
    if text := args.get("scale", "").strip():
        if text in set(Scale):
            scale = Scale(text)
        else:
            problems.append(Problem(NO_SCALE, {"value": text[:LONGEST_SHOWN], "shown": Problem(SOME_YEARS)}))
    if text := args.get("from", "").strip():
        day = _day(text)
        if day is None:
            problems.append(Problem(NOT_A_DAY, {"value": text[:LONGEST_SHOWN]}))
    if text := args.get("group", "").strip():
        grouping = next((one for one in ways if one.key == text), None)
        if grouping is None:
            problems.append(Problem(NO_GROUPING, {"value": text[:LONGEST_SHOWN]}))
    return Asked(scale, day, grouping, tuple(problems))


def _day(text: str) -> dt.date | None:
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year in YEARS else None
