"""The health of initiatives: what the review last approved says, and what became of it between two times."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from portfolio.core import history
from portfolio.core.history import Change
from portfolio.reviews.models import Review
from portfolio.reviews.rules import Health, ReviewState

FEW = 500
"""So many initiatives are asked about by their ids; for more it is quicker to read the reviews of all."""

_DECIDES = ("health", "state", "approved_on", "removed")
"""The columns of a review on which an initiative's health depends."""


def latest_health(
    session: Session, municipality_id: int, initiative_ids: Collection[int] | None = None, *, at: int | None = None
) -> dict[int, Health]:
    """Return the health that each initiative was last given in an approved review, by id: for lists and roadmaps."""
    wanted = None if initiative_ids is None else frozenset(initiative_ids)
    few = wanted if wanted is not None and len(wanted) <= FEW else None
    rows = _present(session, municipality_id, few) if at is None else _past(session, municipality_id, few, at)
    told = [row for row in rows if wanted is None or row.initiative_id in wanted]
    return {row.initiative_id: row.health for row in sorted(told, key=lambda row: (row.approved_on, row.id))}


def changed_health(
    session: Session, municipality_id: int, first: int, second: int | None = None
) -> dict[int, tuple[Health | None, Health | None]]:
    """Return the health that differs between two revisions, by initiative as (old, new); ``second`` None is now.

    None is not assessed. Only what a review that changed meanwhile is about is looked at.
    """
    span = [Change.revision_id > first] + ([] if second is None else [Change.revision_id <= second])
    born = and_(Change.field == history.BIRTH, Review.state == ReviewState.APPROVED)
    touched = (
        select(Review.initiative_id)
        .join(Change, Change.entity_id == Review.id)
        .where(Change.entity == Review.__tablename__, Change.municipality_id == municipality_id, *span)
        .where(or_(Change.field.in_(_DECIDES), born))
    )
    ids = frozenset(session.scalars(touched.distinct()))
    if not ids:
        return {}
    before, after = (latest_health(session, municipality_id, ids, at=at) for at in (first, second))
    pairs = {one: (before.get(one), after.get(one)) for one in sorted(ids)}
    return {one: (old, new) for one, (old, new) in pairs.items() if old is not new}


def _present(session: Session, municipality_id: int, few: Collection[int] | None) -> Iterable[Any]:
    chosen = select(Review.id, Review.initiative_id, Review.health, Review.approved_on).where(
        *(Review.municipality_id == municipality_id, Review.removed.is_(False)),
        *(Review.health.is_not(None), Review.state == ReviewState.APPROVED),
    )
    return session.execute(chosen if few is None else chosen.where(Review.initiative_id.in_(few)))


def _past(session: Session, municipality_id: int, few: Collection[int] | None, at: int) -> Iterable[Any]:
    rows = (
        history.rows(session, Review, municipality_id, at)
        if few is None
        else history.few(session, Review, municipality_id, at, initiative_id=frozenset(few))
    )
    return [row for row in rows if row.state is ReviewState.APPROVED and row.health is not None]
