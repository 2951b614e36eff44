"""Reading one review: what is told, what was told last time, what somebody has typed so far."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from portfolio.core import history
from portfolio.reviews.models import Review, ReviewAnswer, ReviewDraft, ReviewIndicator, ReviewRound
from portfolio.reviews.queries.rounds import earlier_rounds
from portfolio.reviews.rules import ANSWERED


def get_review(session: Session, municipality_id: int, identity: int, *, at: int | None = None) -> Review | None:
    """Return one review, removed or not."""
    return history.row(session, Review, municipality_id, identity, at)


def review_of(
    session: Session, municipality_id: int, round_id: int, initiative_id: int, *, at: int | None = None
) -> Review | None:
    """Return an initiative's review in a round; None where the round does not ask about it."""
    rows = history.few(session, Review, municipality_id, at, initiative_id=initiative_id)
    return next((row for row in rows if row.round_id == round_id), None)


def reviews_of(session: Session, municipality_id: int, initiative_id: int, *, at: int | None = None) -> list[Review]:
    """Return an initiative's answered reviews, the latest first."""
    rows = history.few(session, Review, municipality_id, at, initiative_id=initiative_id)
    answered = [row for row in rows if row.state in ANSWERED and row.submitted_on is not None]
    return sorted(answered, key=lambda row: (row.submitted_on, row.id), reverse=True)


def last_review(session: Session, asked: ReviewRound, initiative_id: int, *, at: int | None = None) -> Review | None:
    """Return what was told of an initiative in an earlier round, the latest of them."""
    before = {one.id for one in earlier_rounds(session, asked, at=at)}
    told = reviews_of(session, asked.municipality_id, initiative_id, at=at)
    return next((row for row in told if row.round_id in before), None)


def answers_of(session: Session, municipality_id: int, review_id: int, *, at: int | None = None) -> Mapping[int, str]:
    """Return the answers to the round's questions, by question."""
    rows = history.few(session, ReviewAnswer, municipality_id, at, review_id=review_id)
    return {row.question_id: row.answer or "" for row in rows}


def measured_in(
    session: Session, municipality_id: int, review_id: int, *, at: int | None = None
) -> Mapping[int, ReviewIndicator]:
    """Return what a review tells of indicators, by indicator."""
    rows = history.few(session, ReviewIndicator, municipality_id, at, review_id=review_id)
    return {row.indicator_id: row for row in rows}


def draft_of(session: Session, review_id: int, user_id: int) -> ReviewDraft | None:
    """Return what a user has typed and not submitted."""
    return session.get(ReviewDraft, (review_id, user_id))
