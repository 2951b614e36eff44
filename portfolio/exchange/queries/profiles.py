"""The mappings that people saved, in the shape of a profile.toml."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from portfolio.exchange.models import SavedProfile
from portfolio.exchange.queries.files import of_municipality

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session


def saved_profiles(session: Session, municipality_id: int) -> Sequence[SavedProfile]:
    """Return a municipality's saved profiles by name."""
    statement = select(SavedProfile).where(SavedProfile.municipality_id == municipality_id).order_by(SavedProfile.name)
    return session.scalars(statement).all()


def saved_profile(session: Session, municipality_id: int, name: str) -> SavedProfile | None:
    """Find a saved profile by its name."""
    statement = select(SavedProfile).where(SavedProfile.municipality_id == municipality_id, SavedProfile.name == name)
    return session.scalar(statement)


def get_profile(session: Session, municipality_id: int, key: int, *, at: int | None = None) -> SavedProfile | None:
    """Find a saved profile of a municipality by its id (a loader); profiles have no history."""
    return of_municipality(session, SavedProfile, municipality_id, key) if at is None else None
