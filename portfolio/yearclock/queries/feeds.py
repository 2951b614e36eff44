"""Reading feeds: a user's own, and the one that a secret opens."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from portfolio.accounts.queries import hash_token
from portfolio.yearclock.models import CalendarFeed


def feeds_of(session: Session, municipality_id: int, user_id: int | None) -> list[CalendarFeed]:
    """Return a user's feeds that have not been revoked, the newest first."""
    own = (CalendarFeed.municipality_id == municipality_id, CalendarFeed.user_id == user_id)
    chosen = select(CalendarFeed).where(*own, CalendarFeed.revoked_at.is_(None))
    return list(session.scalars(chosen.order_by(CalendarFeed.id.desc())))


def get_feed(session: Session, municipality_id: int, identity: int, *, at: int | None = None) -> CalendarFeed | None:
    """Return one feed of a municipality; feeds have no past."""
    del at
    feed = session.get(CalendarFeed, identity)
    return feed if feed is not None and feed.municipality_id == municipality_id else None


def feed_of_secret(session: Session, secret: str) -> CalendarFeed | None:
    """Return the feed that a secret opens; None where there is none or it has been revoked."""
    chosen = select(CalendarFeed).where(CalendarFeed.token_hash == hash_token(secret))
    return session.scalars(chosen.where(CalendarFeed.revoked_at.is_(None))).one_or_none()
