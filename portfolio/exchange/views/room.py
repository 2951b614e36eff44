"""The blueprint of import and export, and how its views find what belongs to a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint

from portfolio.exchange.queries import files
from portfolio.exchange.views.faces import faces
from portfolio.reviews.queries import is_asked_to_answer
from portfolio.web.current import current

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from portfolio.exchange.models import Upload

FILES = "300 per hour"
"""How often one address may have files read or made: a whole town hall may be behind it (security.md, point 37)."""

ANSWERS = is_asked_to_answer
"""Who may take a round out to Excel and bring it back without editing anything else: a review was delegated to them."""

blueprint = Blueprint("exchange", __name__)
blueprint.app_template_global("exchange_faces")(faces)


def own_upload(session: Session, municipality_id: int, key: int, *, at: int | None = None) -> Upload | None:
    """Find an upload for the person who sent it: a plan is nobody else's (a loader)."""
    found = files.get_upload(session, municipality_id, key, at=at)
    return found if found is not None and found.user_id == current.actor.user_id else None
