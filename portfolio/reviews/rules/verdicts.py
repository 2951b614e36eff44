"""What a verdict needs told with it, where the lifecycle allows it, and which cells of the initiative it changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from portfolio.core.language import N_
from portfolio.core.problem import Problem, listed
from portfolio.register.rules import Status, may_move
from portfolio.reviews.rules.lists import OUTCOME_STATUS, STAYING, VERDICT_WORDS, Verdict

FORBIDDEN = N_('"%(verdict)s" is not possible from the present status. Possible verdicts: %(allowed)s.')
WHAT = N_("Tell what is redirected.")
WHY = N_("Tell why.")
CHANGES_NOTHING = N_("A redirection has a new goal, a new time or a new responsible post: tell at least one.")
INTO = N_("Tell which item this one is merged into.")
INTO_ITSELF = N_("An item cannot be merged into itself.")
SOMEWHERE = N_("Only a merged item names the one it is merged into.")

REASONED = frozenset({Verdict.REDIRECT, Verdict.PAUSE, Verdict.MERGE, Verdict.STOP})
"""Verdicts whose reason must be told: each of them takes something away from what was decided, unless it stands."""
_REDIRECTED = {"new_goal": "goals", "new_timespan": "timespan", "new_owner_post_id": "owner_post_id"}


def possible_verdicts(status: Status) -> tuple[Verdict, ...]:
    """Return the verdicts that the lifecycle allows from a status, in their order."""
    return tuple(one for one in Verdict if _is_possible(status, one))


def resumed(status: Status, came_from: Status | None) -> Status:
    """Return the status in which halted work goes on, ``came_from`` being the one before, None where it is not known.

    What was paused goes on where it was, so that nothing is under way without a decision; what was stopped is proposed
    anew, as the lifecycle has it.
    """
    if status is not Status.PAUSED:
        return Status.PROPOSED
    known = came_from is not None and came_from is not status and may_move(came_from, status)
    return came_from if known and came_from and may_move(status, came_from) else Status.UNDER_WAY


def _is_possible(status: Status, verdict: Verdict) -> bool:
    """Tell whether a verdict tells of this status what is to become of it; the one that it has already may stand."""
    if verdict is Verdict.CONTINUE or verdict is Verdict.RESUME:
        return (status in STAYING) is (verdict is Verdict.RESUME)
    new = OUTCOME_STATUS.get(verdict)
    return new is None or may_move(status, new)


def check_verdict(answer: Mapping[str, Any], status: Status, initiative_id: int) -> list[Problem]:
    """Return what is missing from a verdict or wrong with it; without a verdict nothing is."""
    verdict = answer.get("verdict")
    if verdict is None:
        return []
    problems = []
    if not _is_possible(status, verdict):
        allowed = listed([Problem(VERDICT_WORDS[one]) for one in possible_verdicts(status)])
        words = {"verdict": Problem(VERDICT_WORDS[verdict]), "allowed": allowed}
        problems.append(Problem(FORBIDDEN, words, "verdict"))
    takes_away = verdict in REASONED and OUTCOME_STATUS.get(verdict) is not status
    if takes_away and not answer.get("verdict_why"):
        problems.append(Problem(WHY, place="verdict_why"))
    if verdict is Verdict.REDIRECT:
        if not answer.get("verdict_what"):
            problems.append(Problem(WHAT, place="verdict_what"))
        if not any(answer.get(name) for name in _REDIRECTED):
            problems.append(Problem(CHANGES_NOTHING, place="new_goal"))
    into = answer.get("merged_into_id")
    if verdict is Verdict.MERGE and into is None:
        problems.append(Problem(INTO, place="merged_into_id"))
    elif into is not None and verdict is not Verdict.MERGE:
        problems.append(Problem(SOMEWHERE, place="merged_into_id"))
    elif into == initiative_id:
        problems.append(Problem(INTO_ITSELF, place="merged_into_id"))
    return problems


def changes_of(answer: Mapping[str, Any], before: Mapping[str, Any], today: dt.date) -> dict[str, Any]:
    """Return the cells of an initiative that an approved answer changes.

    The progress told becomes the initiative's. A day of completion or of taking into use that is known already stays.
    ``before`` holds the initiative's cells and ``came_from``, the status before the present one where that is known.
    """
    verdict: Any = answer.get("verdict")
    changes: dict[str, Any] = {}
    if answer.get("progress") is not None:
        changes["progress"] = answer["progress"]
    if answer.get("results"):
        changes["results"] = answer["results"]
    if verdict is Verdict.REDIRECT:
        changes |= {field: answer[name] for name, field in _REDIRECTED.items() if answer.get(name)}
    if (status := OUTCOME_STATUS.get(verdict)) is not None:
        changes["status"] = status
    if verdict is Verdict.RESUME and before["status"] in STAYING:
        changes["status"] = resumed(before["status"], before.get("came_from"))
    if verdict is Verdict.MERGE:
        changes["merged_into_id"] = answer["merged_into_id"]
    done = answer.get("done_on") or today
    if verdict is Verdict.COMPLETE:
        changes["completed_on"] = before.get("completed_on") or done
        changes["progress"] = 100
    if verdict is Verdict.TAKE_INTO_USE:
        changes["in_use_on"] = before.get("in_use_on") or done
    return changes
