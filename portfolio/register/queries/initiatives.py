"""Single initiatives, and the short lists of a home page."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection
from dataclasses import replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portfolio.core import history
from portfolio.core.history import Change, Revision
from portfolio.core.records import chunks
from portfolio.register.models import Initiative
from portfolio.register.queries.matching import conditions, matching_ids, matching_rows, rows_in_order
from portfolio.register.rules import OPEN_STATUSES, InitiativeFilter, Status


def get_initiative(
    session: Session, municipality_id: int, identity: int, *, at: int | None = None
) -> Initiative | None:
    """Return one initiative, removed or not."""
    return history.row(session, Initiative, municipality_id, identity, at)


def initiative_by_code(session: Session, municipality_id: int, code: str) -> Initiative | None:
    """Return the initiative with this code, removed or not."""
    return session.scalar(
        select(Initiative).where(Initiative.municipality_id == municipality_id, Initiative.code == code)
    )


def titles_of(
    session: Session, municipality_id: int, ids: Collection[int], *, at: int | None = None
) -> dict[int, Initiative]:
    """Return initiatives by id, removed or not, for naming them where others refer to them."""
    if not ids:
        return {}
    rows = history.rows(session, Initiative, municipality_id, at, with_removed=True, id=frozenset(ids))
    return {row.id: row for row in rows}


def initiatives_of_posts(
    session: Session, municipality_id: int, post_ids: Collection[int], *, today: dt.date
) -> list[Initiative]:
    """Return the initiatives that posts answer for: the open ones first, by when they should be done."""
    if not post_ids:
        return []
    mine = InitiativeFilter(owner_post_ids=frozenset(post_ids))
    rows = rows_in_order(session, session.scalars(matching_ids(municipality_id, mine, today=today)).all())
    return sorted(
        rows, key=lambda row: (row.status not in OPEN_STATUSES, row.ends_on or dt.date.max, row.title_sort, row.id)
    )


def overdue(
    session: Session,
    municipality_id: int,
    *,
    today: dt.date,
    limit: int = 20,
    chosen: InitiativeFilter | None = None,
) -> list[Initiative]:
    """Return the initiatives that should have been done before today, the longest overdue first.

    ``chosen`` narrows them to some posts or units.
    """
    late = replace(chosen or InitiativeFilter(), late=True)
    ids = matching_ids(municipality_id, late, today=today).order_by(Initiative.ends_on, Initiative.id).limit(limit)
    return rows_in_order(session, session.scalars(ids).all())


def count_by_status(
    session: Session, municipality_id: int, chosen: InitiativeFilter, *, today: dt.date, at: int | None = None
) -> dict[Status, int]:
    """Return how many initiatives of each status a filter keeps; a status without any is not there."""
    if at is not None:
        rows = matching_rows(session, municipality_id, chosen, today=today, at=at)
        return dict(Counter(row.status for row in rows))
    statement = (
        select(Initiative.status, func.count())
        .where(*conditions(municipality_id, chosen, today))
        .group_by(Initiative.status)
    )
    return dict(session.execute(statement).all())


def count_without_owner(session: Session, municipality_id: int, *, at: int | None = None) -> int:
    """Return how many initiatives whose work is still ahead have no responsible post."""
    if at is not None:
        rows = history.rows(session, Initiative, municipality_id, at, owner_post_id=None)
        return sum(row.status in OPEN_STATUSES for row in rows)
    without = (Initiative.owner_post_id.is_(None), Initiative.status.in_(OPEN_STATUSES), Initiative.removed.is_(False))
    found = select(func.count()).where(Initiative.municipality_id == municipality_id, *without)
    return session.scalar(found) or 0


def updated_at(session: Session, ids: Collection[int], *, at: int | None = None) -> dict[int, dt.datetime]:
    """Return when each initiative's own cells last changed."""
    found: dict[int, dt.datetime] = {}
    for chunk in chunks(list(ids)):
        newest = (
            select(Change.entity_id, func.max(Change.revision_id).label("revision_id"))
            .where(Change.entity == Initiative.__tablename__, Change.entity_id.in_(chunk))
            .group_by(Change.entity_id)
        )
        if at is not None:
            newest = newest.where(Change.revision_id <= at)
        one = newest.subquery()
        moments = select(one.c.entity_id, Revision.at).join(Revision, Revision.id == one.c.revision_id)
        found.update((identity, moment) for identity, moment in session.execute(moments))
    return found
