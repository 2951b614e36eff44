"""What the office does with answers: returns them, rates them by itself, approves them, and so changes initiatives."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from portfolio.core.history import Written, take_turn
from portfolio.core.language import N_
from portfolio.core.problem import Problem
from portfolio.core.records import GONE, Problems, chosen_rows, fresh_rows, refuse, together
from portfolio.core.rights import Actor, Right, require, working_in
from portfolio.register.models import Indicator, IndicatorValue
from portfolio.register.operations import add_parts, check_update, update_initiatives
from portfolio.reviews.models import ReviewIndicator
from portfolio.reviews.operations.answering import REVIEWS
from portfolio.reviews.operations.standing import Standing
from portfolio.reviews.queries.halted import statuses_before
from portfolio.reviews.rules import STAYING, TOLD, Health, ReviewState, RoundState, changes_of
from portfolio.reviews.rules.answers import CLOSED, NO_REASON

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

NOT_SUBMITTED = N_("Only a review that has been submitted can be approved or returned.")
CHANGED = N_("The review has changed since you read it. Read it again, then approve it.")
TWICE = N_("Another review of the same initiative is among these. Approve them one at a time.")
WHY_RETURNED = N_("Tell what should be mended.")
REVIEW, ROUND = "review", "review_round"
"""Kinds of reasons by which revisions are signed."""


def approve_reviews(
    session: Session,
    actor: Actor,
    ids: Collection[int],
    *,
    today: dt.date,
    versions: Mapping[int, int] | None = None,
) -> Written:
    """Approve submitted reviews: each verdict changes its initiative through the register's own operations.

    The review, or of several their round, is the reason of the change. When one is refused, none is approved; one that
    has changed since ``versions``, as they were read, is refused, so that nobody approves what nobody has seen.
    """
    require(actor, Right.MANAGE)
    take_turn(session)
    standing = Standing(session, actor, ids, (*TOLD, "version"))
    found = _changed(standing, versions or {}) | _judge(standing, ids) | _twice(standing, ids)
    signed = actor.because(*_reason(standing, ids)) if ids else actor
    changes = _changes(session, standing, [one for one in ids if one not in found], today)
    refused = check_update(session, signed, changes)
    found |= {one: list(refused.get(standing.initiative_of(one)["id"], ())) for one in ids if one not in found}
    refuse(found, {one: standing.name_of(one) for one in ids})
    approved = {one: {"state": ReviewState.APPROVED, "approved_on": today, "comment": None} for one in ids}
    _write_indicators(session, signed, standing)
    return together(
        REVIEWS.update(session, signed, approved),
        update_initiatives(session, signed, changes),
    )


def return_review(
    session: Session, actor: Actor, identity: int, comment: str, *, version: int | None = None
) -> Written:
    """Give a submitted or approved review back to the one who answers, with a comment that says what to mend.

    What an approval changed in the initiative stays until the next one; undo takes it back.
    """
    require(actor, Right.MANAGE)
    take_turn(session)
    standing = Standing(session, actor, [identity])
    found = _judge(standing, [identity], {ReviewState.SUBMITTED, ReviewState.APPROVED})
    if not found.get(identity) and not comment.strip():
        found[identity] = [Problem(WHY_RETURNED, place="comment")]
    refuse(found, {identity: standing.name_of(identity)})
    cells = {"state": ReviewState.RETURNED, "comment": comment, "approved_on": None}
    return REVIEWS.update_one(session, actor, identity, cells, version)


def rate_review(
    session: Session,
    actor: Actor,
    identity: int,
    health: Health | None,
    reason: str | None,
    *,
    today: dt.date,
    version: int | None = None,
) -> Written:
    """Write the office's own rating, which never touches the owner's; None takes it back."""
    require(actor, Right.MANAGE)
    take_turn(session)
    standing = Standing(session, actor, [identity])
    found = _judge(standing, [identity], set(ReviewState))
    if not found.get(identity) and health not in {None, Health.GREEN} and not (reason or "").strip():
        found[identity] = [Problem(NO_REASON, place="office_reason")]
    refuse(found, {identity: standing.name_of(identity)})
    cells: Mapping[str, Any] = {
        "office_health": health,
        "office_reason": reason,
        "office_on": today if health else None,
        "office_by": actor.user_id if health else None,
    }
    return REVIEWS.update_one(session, actor, identity, cells, version)


def _changes(session: Session, standing: Standing, ids: Collection[int], today: dt.date) -> dict[int, dict[str, Any]]:
    """Give what the answers change in their initiatives, by the initiative's id."""
    items = {one: standing.initiative_of(one) for one in ids}
    halted = {item["id"] for item in items.values() if item["status"] in STAYING}
    came_from = statuses_before(session, halted) if halted else {}
    return {
        item["id"]: changes_of(standing.reviews[one], {**item, "came_from": came_from.get(item["id"])}, today)
        for one, item in items.items()
    }


def _write_indicators(session: Session, actor: Actor, standing: Standing) -> None:
    """Write the values told of indicators to the year in which the round's period ends.

    The value of an indicator that has been removed since stays in the review alone.
    """
    place = working_in(actor)
    columns = ("review_id", "indicator_id", "number", "words")
    rows = chosen_rows(session, ReviewIndicator, place, "review_id", list(standing.reviews), columns)
    indicators = fresh_rows(session, Indicator, place, {row["indicator_id"] for row in rows}, ("removed",))
    values = [
        {
            "indicator_id": row["indicator_id"],
            "year": standing.round_of(row["review_id"])["period_last"].year,
            "number": row["number"],
            "words": row["words"],
        }
        for row in rows
        if not (row["removed"] or indicators[row["indicator_id"]]["removed"])
        and (row["number"] is not None or row["words"])
    ]
    add_parts(session, actor, IndicatorValue, values)


def _reason(standing: Standing, ids: Collection[int]) -> tuple[str, int]:
    """Say why initiatives change: one review, or the round of several."""
    if len(ids) == 1:
        return REVIEW, next(iter(ids))
    rounds = {row["round_id"] for row in standing.reviews.values()}
    return ROUND, min(rounds, default=0)


def _changed(standing: Standing, versions: Mapping[int, int]) -> Problems:
    """Tell which reviews are no longer as they were read."""
    known = [one for one in versions if one in standing.reviews]
    return {one: [Problem(CHANGED)] for one in known if standing.reviews[one]["version"] != versions[one]}


def _twice(standing: Standing, ids: Collection[int]) -> Problems:
    """Tell which reviews are of an initiative that another of them is of, too: their order would decide."""
    known = [one for one in set(ids) if one in standing.reviews]
    counted = Counter(standing.reviews[one]["initiative_id"] for one in known)
    return {one: [Problem(TWICE)] for one in known if counted[standing.reviews[one]["initiative_id"]] > 1}


def _judge(
    standing: Standing, ids: Collection[int], states: Collection[ReviewState] = (ReviewState.SUBMITTED,)
) -> Problems:
    """Tell which reviews the office cannot deal with now."""
    found: Problems = {}
    for one in ids:
        review = standing.reviews.get(one)
        if review is None or review["removed"] or standing.initiative_of(one)["removed"]:
            found[one] = [Problem(GONE)]
        elif standing.round_of(one)["state"] is not RoundState.OPEN:
            found[one] = [Problem(CLOSED)]
        elif review["state"] not in states:
            found[one] = [Problem(NOT_SUBMITTED)]
    return found
