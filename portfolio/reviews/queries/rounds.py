"""Reading rounds, their questions and extensions, now or after a revision."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portfolio.core import history
from portfolio.core.history import Baseline, Revision
from portfolio.reviews.models import (
    Review,
    ReviewQuestion,
    ReviewRound,
    ReviewTemplate,
    RoundExtension,
    RoundProposal,
)
from portfolio.reviews.rules import ReviewState, RoundState


def rounds(
    session: Session, municipality_id: int, *, portfolio_id: int | None = None, at: int | None = None
) -> list[ReviewRound]:
    """Return the rounds of a portfolio, or all, the latest period first."""
    narrowed: dict[str, Any] = {} if portfolio_id is None else {"portfolio_id": portfolio_id}
    rows = history.rows(session, ReviewRound, municipality_id, at, **narrowed)
    return sorted(rows, key=lambda row: (row.period_last, row.due_on, row.id), reverse=True)


def get_round(session: Session, municipality_id: int, identity: int, *, at: int | None = None) -> ReviewRound | None:
    """Return one round, removed or not."""
    return history.row(session, ReviewRound, municipality_id, identity, at)


def earlier_rounds(session: Session, asked: ReviewRound, *, at: int | None = None) -> list[ReviewRound]:
    """Return the opened rounds of the same portfolio whose period ended before this one's, the latest first."""
    found = rounds(session, asked.municipality_id, portfolio_id=asked.portfolio_id, at=at)
    return [one for one in found if one.period_last < asked.period_last and one.state is not RoundState.DRAFT]


def previous_round(session: Session, asked: ReviewRound, *, at: int | None = None) -> ReviewRound | None:
    """Return the latest of the rounds before this one."""
    return next(iter(earlier_rounds(session, asked, at=at)), None)


def frozen_at(session: Session, asked: ReviewRound) -> Revision | None:
    """Return the revision at which a closed round is read; None for one that is not closed."""
    if asked.state is not RoundState.CLOSED or asked.baseline_id is None:
        return None
    return session.get_one(Revision, session.get_one(Baseline, asked.baseline_id).revision_id)


def counts(session: Session, municipality_id: int, *, at: int | None = None) -> dict[int, dict[ReviewState, int]]:
    """Count the reviews of every round by state."""
    found: dict[int, dict[ReviewState, int]] = {}
    if at is not None:
        for row in history.rows(session, Review, municipality_id, at):
            states = found.setdefault(row.round_id, {})
            states[row.state] = states.get(row.state, 0) + 1
        return found
    mine = (Review.municipality_id == municipality_id, Review.removed.is_(False))
    grouped = select(Review.round_id, Review.state, func.count()).where(*mine).group_by(Review.round_id, Review.state)
    for round_id, state, number in session.execute(grouped):
        found.setdefault(round_id, {})[state] = number
    return found


def templates(session: Session, municipality_id: int, *, at: int | None = None) -> list[ReviewTemplate]:
    """Return the sets of questions in Finnish order of name."""
    return sorted(
        history.rows(session, ReviewTemplate, municipality_id, at), key=lambda row: (row.name_fi.casefold(), row.id)
    )


def questions(
    session: Session, municipality_id: int, template_id: int | None, *, at: int | None = None
) -> list[ReviewQuestion]:
    """Return the questions of a template in order; without one there are none."""
    if template_id is None:
        return []
    rows = history.rows(session, ReviewQuestion, municipality_id, at, template_id=template_id)
    return sorted(rows, key=lambda row: (row.position, row.id))


def count_questions(session: Session, municipality_id: int) -> dict[int, int]:
    """Count the questions of each template."""
    mine = (ReviewQuestion.municipality_id == municipality_id, ReviewQuestion.removed.is_(False))
    counted = select(ReviewQuestion.template_id, func.count()).where(*mine).group_by(ReviewQuestion.template_id)
    return {row[0]: row[1] for row in session.execute(counted)}


def extensions(
    session: Session, municipality_id: int, round_id: int, *, at: int | None = None
) -> Mapping[int, dt.date]:
    """Return the later due dates of a round by unit."""
    rows = history.rows(session, RoundExtension, municipality_id, at, round_id=round_id)
    return {row.unit_id: row.due_on for row in rows}


def extensions_of(session: Session, municipality_id: int, round_id: int) -> list[RoundExtension]:
    """Return the later due dates of a round with their reasons, by day."""
    rows = history.rows(session, RoundExtension, municipality_id, round_id=round_id)
    return sorted(rows, key=lambda row: (row.due_on, row.id))


def proposals(session: Session, municipality_id: int, round_id: int, *, at: int | None = None) -> list[int]:
    """Return the ids of the initiatives that were proposed in a round."""
    return [row.initiative_id for row in history.rows(session, RoundProposal, municipality_id, at, round_id=round_id)]


def get_template(
    session: Session, municipality_id: int, identity: int, *, at: int | None = None
) -> ReviewTemplate | None:
    """Return one set of questions, removed or not."""
    return history.row(session, ReviewTemplate, municipality_id, identity, at)


def get_question(
    session: Session, municipality_id: int, identity: int, *, at: int | None = None
) -> ReviewQuestion | None:
    """Return one question, removed or not."""
    return history.row(session, ReviewQuestion, municipality_id, identity, at)


def get_extension(
    session: Session, municipality_id: int, identity: int, *, at: int | None = None
) -> RoundExtension | None:
    """Return one later due date, removed or not."""
    return history.row(session, RoundExtension, municipality_id, identity, at)
