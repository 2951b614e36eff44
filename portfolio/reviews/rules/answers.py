"""What an answer must hold before it is submitted, who may give it, and what "unchanged" takes over."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from portfolio.core.language import N_
from portfolio.core.problem import Problem
from portfolio.core.rights import Actor, FieldGroup, Right, open_groups
from portfolio.reviews.rules.lists import Health, ReviewState, RoundState

NO_HEALTH = N_("Choose how the work goes.")
NO_VERDICT = N_("Choose what is to become of it.")
NO_REASON = N_("Tell the reason: yellow and red are never without one.")
PROGRESS = N_("Progress is a whole number from 0 to 100, or empty when it is not known.")
NEGATIVE = N_("Money used is not below zero.")
NO_ANSWER = N_("Answer this question.")
NOT_OPEN = N_("The round is not open yet: it is still being prepared.")
CLOSED = N_("The round is closed: it cannot be answered any more. Ask the development office to open it again.")
APPROVED = N_("This review has been approved already. The office can return it to you.")
NOT_YOURS = N_("This item belongs to another unit. Ask the one who is responsible, or let it be delegated to you.")

TOLD = (
    *("progress", "health", "health_reason", "done", "results", "benefits", "money_used", "next_goals"),
    *("verdict", "verdict_what", "verdict_why", "new_goal", "new_timespan", "new_owner_post_id", "merged_into_id"),
    "done_on",
)
"""What the one who answers writes."""
RATED = ("office_health", "office_reason")
"""What the office writes: its own rating, kept apart from the owner's."""
COPIED = ("progress", "health", "health_reason", "done", "results", "benefits", "next_goals")
"""What "copy last year's" takes over; a verdict and money belong to their own year."""


@dataclass(frozen=True, slots=True)
class ReviewFacts:
    """What the right to answer depends on: the initiative's unit and responsible post, and who was asked to answer."""

    unit_id: int | None
    owner_post_id: int | None
    delegate_id: int | None = None


def may_answer(actor: Actor, facts: ReviewFacts) -> bool:
    """Tell whether the actor may answer: who may edit the item's content, and the colleague it was delegated to."""
    if facts.delegate_id is not None and facts.delegate_id == actor.user_id:
        return True
    return FieldGroup.CONTENT in open_groups(actor, facts.unit_id, facts.owner_post_id)


def may_judge(actor: Actor) -> bool:
    """Tell whether the actor may return and approve reviews, and rate them independently."""
    return actor.may(Right.MANAGE)


def check_standing(round_state: RoundState, state: ReviewState) -> list[Problem]:
    """Return why an answer cannot be written now."""
    if round_state is RoundState.CLOSED:
        return [Problem(CLOSED)]
    if round_state is RoundState.DRAFT:
        return [Problem(NOT_OPEN)]
    return [Problem(APPROVED)] if state is ReviewState.APPROVED else []


def check_values(answer: Mapping[str, Any]) -> list[Problem]:
    """Return what is wrong with the values told, whether whole or not."""
    problems = []
    progress: int | None = answer.get("progress")
    if progress is not None and not 0 <= progress <= 100:  # noqa: PLR2004 -- per cent
        problems.append(Problem(PROGRESS, place="progress"))
    money: Decimal | None = answer.get("money_used")
    if money is not None and money < 0:
        problems.append(Problem(NEGATIVE, place="money_used"))
    return problems


def check_whole(answer: Mapping[str, Any], required: Collection[int], answered: Mapping[int, str]) -> list[Problem]:
    """Return what is missing from an answer that is to be submitted; ``required`` are ids of the round's questions."""
    problems = []
    if answer.get("health") is None:
        problems.append(Problem(NO_HEALTH, place="health"))
    elif answer["health"] is not Health.GREEN and not answer.get("health_reason"):
        problems.append(Problem(NO_REASON, place="health_reason"))
    if answer.get("verdict") is None:
        problems.append(Problem(NO_VERDICT, place="verdict"))
    missing = (identity for identity in sorted(required) if not (answered.get(identity) or "").strip())
    return problems + [Problem(NO_ANSWER, place=f"question:{identity}") for identity in missing]


def copied_from(last: Mapping[str, Any]) -> dict[str, Any]:
    """Return what last time's answer gives to this one."""
    return {name: last[name] for name in COPIED if last.get(name) is not None}
