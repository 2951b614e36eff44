"""Feedback that waits for an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from portfolio.accounts.models import Feedback

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

ANSWER_DAYS = 14
"""Feedback on accessibility is answered within this time (laki 306/2019)."""


def feedback_list(session: Session, municipality_id: int) -> list[Feedback]:
    """Return a municipality's messages, those that wait first, the oldest of them on top."""
    answered = Feedback.answered_at.is_not(None)
    statement = select(Feedback).where(Feedback.municipality_id == municipality_id)
    return list(session.scalars(statement.order_by(answered, Feedback.sent_at)))


def waiting_feedback(session: Session, municipality_id: int) -> int:
    """Count the messages without an answer."""
    waiting = select(func.count(Feedback.id)).where(
        Feedback.municipality_id == municipality_id, Feedback.answered_at.is_(None)
    )
    return session.scalar(waiting) or 0


def get_feedback(session: Session, municipality_id: int, key: int, /, *, at: int | None = None) -> Feedback | None:
    """Return one message of the municipality, or None."""
    del at
    found = session.get(Feedback, key)
    return found if found is not None and found.municipality_id == municipality_id else None
