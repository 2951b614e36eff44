"""What the values of an initiative must fulfil, beyond what their columns say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from portfolio.core.language import N_
from portfolio.core.problem import Problem
from portfolio.core.timespan import Timespan
from portfolio.register.rules.lists import TRANSITIONS, Benefit, Status, may_move
from portfolio.register.rules.parts import check_year
from portfolio.register.rules.words import STATUS_WORDS

PROGRESS = N_("Progress is a whole number from 0 to 100, or empty when it is not known.")
BENEFIT = N_('"%(value)s" is not one of the kinds of benefit.')
STEP = N_('The status is now "%(present)s". It cannot become "%(wanted)s", only: %(allowed)s.')
FINAL = N_('The status "%(present)s" is final: it cannot become "%(wanted)s".')
MERGED_WITHOUT = N_("Tell which item this one was merged into.")
NOT_MERGED = N_("Only an item whose status is merged names the one it was merged into.")
MERGED_INTO_ITSELF = N_("An item cannot be merged into itself.")
DONE_BEFORE_START = N_("Completed on %(completed)s, but it starts only on %(start)s.")
USED_BEFORE_DONE = N_("Taken into use on %(in_use)s, but completed only on %(completed)s.")

_MERGING = frozenset({"status", "merged_into_id"})
_ORDERED = frozenset({"timespan", "completed_on", "in_use_on"})
"""The columns whose values must agree with one another."""


def check_values(
    given: Mapping[str, Any], after: Mapping[str, Any], *, before: Mapping[str, Any] | None = None
) -> list[Problem]:
    """Return what is wrong with an initiative as it would become.

    ``given`` holds the cells that change, ``after`` the row with them (but still with its old ``starts_on``),
    ``before`` the row as it is, None for a new one. A rule speaks only when one of its fields changes, so that an old
    fault elsewhere does not stop an edit.
    """
    problems = list(_single(given))
    if before is not None and "status" in given and not may_move(before["status"], after["status"]):
        problems.append(_no_step(before["status"], after["status"]))
    if not _MERGING.isdisjoint(given):
        problems += _merging(after)
    if not _ORDERED.isdisjoint(given):
        problems += _order(given, after)
    return problems


def _no_step(present: Status, wanted: Status) -> Problem:
    allowed = {one.value: Problem(STATUS_WORDS[one]) for one in Status if one in TRANSITIONS[present]}
    told: dict[str, object] = {"present": Problem(STATUS_WORDS[present]), "wanted": Problem(STATUS_WORDS[wanted])}
    if not allowed:
        return Problem(FINAL, told, "status")
    listed = Problem(", ".join(f"%({name})s" for name in allowed), allowed)
    return Problem(STEP, {**told, "allowed": listed}, "status")


def _single(given: Mapping[str, Any]) -> list[Problem]:
    problems: list[Problem] = []
    progress = given.get("progress")
    if progress is not None and not 0 <= progress <= 100:  # noqa: PLR2004 -- per cent
        problems.append(Problem(PROGRESS, place="progress"))
    if benefits := given.get("benefits"):
        unknown = sorted(set(benefits) - set(Benefit))
        problems += [Problem(BENEFIT, {"value": value}, "benefits") for value in unknown]
    for name in ("completed_on", "in_use_on"):
        day: dt.date | None = given.get(name)
        problems += check_year(day.year, name) if day else []
    return problems


def _merging(after: Mapping[str, Any]) -> list[Problem]:
    merged, into = after["status"] is Status.MERGED, after["merged_into_id"]
    if merged and into is None:
        return [Problem(MERGED_WITHOUT, place="merged_into_id")]
    if into is not None and not merged:
        return [Problem(NOT_MERGED, place="merged_into_id")]
    if into is not None and into == after.get("id"):
        return [Problem(MERGED_INTO_ITSELF, place="merged_into_id")]
    return []


def _order(given: Mapping[str, Any], after: Mapping[str, Any]) -> list[Problem]:
    span: Timespan | None = given.get("timespan")
    start: dt.date | None = after.get("starts_on") if "timespan" not in given else span.start if span else None
    completed: dt.date | None = after["completed_on"]
    in_use: dt.date | None = after["in_use_on"]
    problems: list[Problem] = []
    if completed and start and completed < start:
        place = "completed_on" if "completed_on" in given else "timespan"
        problems.append(Problem(DONE_BEFORE_START, {"completed": completed, "start": start}, place))
    if completed and in_use and in_use < completed:
        place = "in_use_on" if "in_use_on" in given else "completed_on"
        problems.append(Problem(USED_BEFORE_DONE, {"in_use": in_use, "completed": completed}, place))
    return problems
