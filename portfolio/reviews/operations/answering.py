"""Answering reviews: submitting in batches, as a form and a workbook alike do, and asking a colleague to answer."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select

from portfolio.core import history
from portfolio.core.history import Written, take_turn
from portfolio.core.language import N_
from portfolio.core.problem import Problem
from portfolio.core.records import Problems, Records, fresh_rows, refuse, together
from portfolio.core.rights import Actor, working_in
from portfolio.register.models import Indicator
from portfolio.reviews.models import Review, ReviewAnswer, ReviewDraft, ReviewIndicator, ReviewQuestion
from portfolio.reviews.operations.standing import Standing
from portfolio.reviews.rules import TOLD, ReviewState, check_values, check_verdict, check_whole

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

REVIEWS = Records(Review, right=None, needs=frozenset({"round_id", "initiative_id", "state"}))
ANSWERS = Records(ReviewAnswer, right=None, needs=frozenset({"review_id", "question_id"}))
INDICATORS = Records(ReviewIndicator, right=None, needs=frozenset({"review_id", "indicator_id"}))
PARTS = frozenset({"questions", "indicators"})
"""What an answer holds in rows of its own."""
RATED = frozenset({"health", "health_reason"})

NOT_ASKED = N_("This question is not asked in the round.")
NOT_ITS_OWN = N_("This indicator belongs to another initiative.")


def submit_reviews(
    session: Session,
    actor: Actor,
    answers: Mapping[int, Mapping[str, Any]],
    *,
    today: dt.date,
    versions: Mapping[int, int] | None = None,
) -> Written:
    """Submit reviews by id: each whole, or nothing is written.

    An answer holds columns of ``rules.TOLD`` and may hold ``unchanged``, ``questions: {question_id: text}`` and
    ``indicators: {indicator_id: {"number", "words"}}``. What is left out stays as it was told before.
    Raises ``StaleError`` for a review that somebody has saved since ``versions``.
    """
    return _answer(session, actor, answers, today, versions, ReviewState.SUBMITTED)


def write_answers(
    session: Session,
    actor: Actor,
    answers: Mapping[int, Mapping[str, Any]],
    *,
    today: dt.date,
    versions: Mapping[int, int] | None = None,
) -> Written:
    """Write answers that are not whole yet without submitting them, as a workbook brings them."""
    return _answer(session, actor, answers, today, versions, None)


def check_answers(session: Session, actor: Actor, answers: Mapping[int, Mapping[str, Any]], *, whole: bool) -> Problems:
    """Tell what submitting (``whole``) or writing would refuse, by the review's id; nothing is written."""
    standing = Standing(session, actor, list(answers), TOLD)
    return _judge(session, actor, standing, answers, whole=whole)


def delegate_review(
    session: Session, actor: Actor, identity: int, user_id: int | None, *, version: int | None = None
) -> Written:
    """Ask a colleague to answer, whatever that person's own units; None takes it back. The user has been looked up."""
    take_turn(session)
    standing = Standing(session, actor, [identity])
    refuse(standing.problems([identity]), {identity: standing.name_of(identity)})
    return REVIEWS.update_one(session, actor, identity, {"delegate_id": user_id}, version)


def _answer(
    session: Session,
    actor: Actor,
    answers: Mapping[int, Mapping[str, Any]],
    today: dt.date,
    versions: Mapping[int, int] | None,
    state: ReviewState | None,
) -> Written:
    take_turn(session)
    standing = Standing(session, actor, list(answers), TOLD)
    names = {identity: standing.name_of(identity) for identity in answers}
    refuse(_judge(session, actor, standing, answers, whole=state is not None), names)
    cells = {identity: _cells(answers[identity], actor, today, state) for identity in answers}
    written = REVIEWS.update(session, actor, cells, versions=versions)
    texts = {
        (identity, question): {"answer": text}
        for identity, answer in answers.items()
        for question, text in (answer.get("questions") or {}).items()
    }
    values = {
        (identity, indicator): value
        for identity, answer in answers.items()
        for indicator, value in (answer.get("indicators") or {}).items()
    }
    told = ANSWERS.put(session, actor, texts, key=("review_id", "question_id")).written
    measured = INDICATORS.put(session, actor, values, key=("review_id", "indicator_id")).written
    if state is not None:  # what others have typed stays theirs
        own = (ReviewDraft.review_id.in_(list(answers)), ReviewDraft.user_id == actor.user_id)
        session.execute(delete(ReviewDraft).where(*own))
    return together(written, told, measured)


def _cells(answer: Mapping[str, Any], actor: Actor, today: dt.date, state: ReviewState | None) -> dict[str, Any]:
    """Give the columns that an answer writes: who rated and when belongs to the rating."""
    cells = {name: value for name, value in answer.items() if name not in PARTS}
    if not RATED.isdisjoint(cells):
        cells |= {"health_on": today, "health_by": actor.user_id}
    if state is not None:
        cells |= {"state": state, "submitted_on": today, "comment": None}
    return cells


def _judge(
    session: Session, actor: Actor, standing: Standing, answers: Mapping[int, Mapping[str, Any]], *, whole: bool
) -> Problems:
    found = standing.problems(list(answers))
    required, told = _questions(session, actor, standing) if whole else ({}, {})
    strange = _strange_parts(session, actor, standing, answers)
    for identity, answer in answers.items():
        if found[identity]:
            continue
        after = {**standing.reviews[identity], **answer}
        item = standing.initiative_of(identity)
        problems = [
            *check_values(answer),
            *check_verdict(after, item["status"], item["id"]),
            *strange.get(identity, ()),
        ]
        if whole:
            answered = {**told.get(identity, {}), **(answer.get("questions") or {})}
            problems += check_whole(after, required.get(standing.round_of(identity)["template_id"], ()), answered)
        found[identity] = problems
    return {identity: problems for identity, problems in found.items() if problems}


def _strange_parts(
    session: Session, actor: Actor, standing: Standing, answers: Mapping[int, Mapping[str, Any]]
) -> Problems:
    """Tell which questions are not of the round's template and which indicators not of the review's initiative.

    What has been removed since it was asked for is still theirs.
    """
    place = working_in(actor)
    asked, measured = (
        {key for answer in answers.values() for key in answer.get(part) or ()} for part in ("questions", "indicators")
    )
    templates = fresh_rows(session, ReviewQuestion, place, asked, ("template_id",)) if asked else {}
    owners = fresh_rows(session, Indicator, place, measured, ("initiative_id",)) if measured else {}
    found: Problems = defaultdict(list)
    for identity, answer in answers.items():
        if identity not in standing.reviews:
            continue
        template, item = standing.round_of(identity)["template_id"], standing.initiative_of(identity)["id"]
        found[identity] += [
            Problem(NOT_ASKED, place=f"question:{one}")
            for one in answer.get("questions") or ()
            if one not in templates or templates[one]["template_id"] != template
        ]
        found[identity] += [
            Problem(NOT_ITS_OWN, place=f"indicator:{one}")
            for one in answer.get("indicators") or ()
            if one not in owners or owners[one]["initiative_id"] != item
        ]
    return found


def _questions(
    session: Session, actor: Actor, standing: Standing
) -> tuple[Mapping[int | None, Sequence[int]], Mapping[int, Mapping[int, str]]]:
    """Return the required questions by template, and what has been answered by review."""
    place = working_in(actor)
    required: dict[int | None, list[int]] = defaultdict(list)
    for question in history.rows(session, ReviewQuestion, place):
        if question.required:
            required[question.template_id].append(question.id)
    told: dict[int, dict[int, str]] = defaultdict(dict)
    wanted = select(ReviewAnswer.review_id, ReviewAnswer.question_id, ReviewAnswer.answer)
    mine = (ReviewAnswer.municipality_id == place, ReviewAnswer.review_id.in_(list(standing.reviews)))
    for row in session.execute(wanted.where(*mine, ReviewAnswer.removed.is_(False))):
        told[row.review_id][row.question_id] = row.answer or ""
    return required, told


def refuse_answering(session: Session, actor: Actor, review_ids: Sequence[int]) -> None:
    """Refuse unless the actor may answer all of these reviews now."""
    standing = Standing(session, actor, review_ids)
    refuse(standing.problems(review_ids), {identity: standing.name_of(identity) for identity in review_ids})
