"""Feeds of the year clock: making one with its secret, noting that it was fetched, revoking it. Not history."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import TYPE_CHECKING

from sqlalchemy import update

from portfolio.accounts.queries import hash_token
from portfolio.core.language import N_
from portfolio.core.problem import Problem, Refusal
from portfolio.core.rights import Actor, Right, require
from portfolio.yearclock.models import CalendarFeed
from portfolio.yearclock.queries import get_feed

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

SECRET_BYTES = 32
NOT_YOURS = N_("The calendar belongs to somebody else, so only that person can end its address.")


def create_feed(session: Session, actor: Actor, name: str, query: str, language: str) -> str:
    """Make a feed of what a query shows, for the user who acts, and return its secret, which is kept nowhere."""
    municipality_id = require(actor, Right.READ)
    if actor.user_id is None:
        message = "a feed belongs to a user"
        raise ValueError(message)
    secret = secrets.token_urlsafe(SECRET_BYTES)
    session.add(
        CalendarFeed(
            municipality_id=municipality_id,
            user_id=actor.user_id,
            token_hash=hash_token(secret),
            name=name,
            query=query,
            language=language,
            created_at=actor.at,
        )
    )
    session.flush()
    return secret


def revoke_feed(session: Session, actor: Actor, feed_id: int) -> None:
    """Revoke one of the actor's own feeds: its address answers no more, for good."""
    municipality_id = require(actor, Right.READ)
    feed = get_feed(session, municipality_id, feed_id)
    if feed is None:
        message = f"no feed {feed_id} in municipality {municipality_id}"
        raise LookupError(message)
    if actor.user_id is None or feed.user_id != actor.user_id:
        raise Refusal(Problem(NOT_YOURS))
    feed.revoked_at = feed.revoked_at or actor.at
    session.flush()


def note_fetch(session: Session, feed_id: int, now: dt.datetime) -> None:
    """Note when a calendar last fetched the feed, so that its owner sees whether anybody uses it."""
    session.execute(update(CalendarFeed).where(CalendarFeed.id == feed_id).values(fetched_at=now))
