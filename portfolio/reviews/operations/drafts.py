"""What is typed into a review and not submitted yet: kept as typed for the one who types, no part of the history."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite

from portfolio.core.database import is_sqlite
from portfolio.core.rights import Actor
from portfolio.reviews.models import ReviewDraft
from portfolio.reviews.operations.answering import refuse_answering

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def save_draft(session: Session, actor: Actor, review_id: int, texts: Mapping[str, str]) -> None:
    """Keep a form's texts as they were typed, right or wrong; the actor is a user who may answer the review."""
    if actor.user_id is None:
        message = "a draft belongs to a user"
        raise ValueError(message)
    refuse_answering(session, actor, [review_id])
    dialect = sqlite if is_sqlite(session) else postgresql
    values = {"review_id": review_id, "user_id": actor.user_id, "texts": dict(texts), "saved_at": actor.at}
    statement = dialect.insert(ReviewDraft).values(values)
    session.execute(
        statement.on_conflict_do_update(
            index_elements=[ReviewDraft.review_id, ReviewDraft.user_id],
            set_={"texts": statement.excluded.texts, "saved_at": statement.excluded.saved_at},
        )
    )


def discard_draft(session: Session, actor: Actor, review_id: int) -> None:
    """Throw away what the actor has typed into a review; what others have typed stays theirs."""
    own = (ReviewDraft.review_id == review_id, ReviewDraft.user_id == actor.user_id)
    session.execute(delete(ReviewDraft).where(*own))
