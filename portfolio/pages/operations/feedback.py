"""Taking and answering feedback."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolio.accounts.models import Feedback

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy.orm import Session


def send_feedback(
    session: Session, municipality_id: int, now: dt.datetime, *, message: str, email: str | None, page: str | None
) -> int:
    """Keep a message for the municipality's administrators; not history, so that it can be erased. Returns its id."""
    feedback = Feedback(
        municipality_id=municipality_id, sent_at=now, message=message, email=email, page=page[:300] if page else None
    )
    session.add(feedback)
    session.flush()
    return feedback.id


def answer_feedback(session: Session, feedback: Feedback, now: dt.datetime) -> None:
    """Mark a message as answered; it stays in the list."""
    feedback.answered_at = now
    session.flush()
