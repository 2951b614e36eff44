"""Where halted initiatives came from."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portfolio.core.history import Change
from portfolio.core.records import chunks
from portfolio.register.models import Initiative
from portfolio.register.rules import Status


def statuses_before(session: Session, ids: Iterable[int], *, at: int | None = None) -> dict[int, Status]:
    """Return the status before the present one of each initiative whose history tells it; two statements or fewer."""
    cell = Change.entity == Initiative.__tablename__, Change.field == Initiative.status.key
    then = () if at is None else (Change.revision_id <= at,)
    found: dict[int, Status] = {}
    for few in chunks(list(ids)):
        latest = select(func.max(Change.id)).where(*cell, Change.entity_id.in_(few), *then).group_by(Change.entity_id)
        before = select(Change.entity_id, Change.old).where(Change.id.in_(latest))
        found |= {identity: Status(old) for identity, old in session.execute(before) if old}
    return found
