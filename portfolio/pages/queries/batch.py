"""An import as it is told afterwards: what its revision changed, item by item, and whether it was taken back."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from portfolio.core.history import CellChange, Change, Revision, RevisionChanges
from portfolio.core.history.read import typed
from portfolio.pages.queries.undo import initiatives_of
from portfolio.pages.queries.words import RevisionWords, described
from portfolio.register.models import Initiative

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class BatchItem:
    """What an import did to one item: ``owner`` is its initiative, None where it belongs to none."""

    owner: Initiative | None
    words: RevisionWords


def count_changes(session: Session, revision_id: int) -> int:
    """Count the cells and new rows of a revision."""
    counted = select(func.count()).select_from(Change).where(Change.revision_id == revision_id)
    return session.scalar(counted) or 0


def page_of_changes(session: Session, revision_id: int, limit: int, offset: int) -> list[CellChange]:
    """Return a part of what a revision changed, in the order it was written."""
    asked = select(Change).where(Change.revision_id == revision_id).order_by(Change.id).limit(limit).offset(offset)
    return [typed(change) for change in session.scalars(asked)]


def told(
    session: Session, municipality_id: int, revision: Revision, changes: Sequence[CellChange], language: str
) -> list[BatchItem]:
    """Put changes into words, gathered by the initiative that they belong to; what belongs to none stands together."""
    owners = initiatives_of(session, municipality_id, {(one.entity, one.entity_id) for one in changes})
    gathered: dict[int | None, list[CellChange]] = defaultdict(list)
    for change in changes:
        owner = owners.get((change.entity, change.entity_id))
        gathered[owner.id if owner else None].append(change)
    parts = [RevisionChanges(revision, tuple(few)) for few in gathered.values()]
    said = described(session, municipality_id, parts, language, main=Initiative.__tablename__)
    return [
        BatchItem(owners.get((few[0].entity, few[0].entity_id)), words)
        for few, words in zip(gathered.values(), said, strict=True)
    ]


def undone_by(session: Session, revision_id: int) -> Revision | None:
    """Return the revision that took back another, where there is one."""
    taken = Revision.reason_kind == "revision", Revision.reason_id == revision_id, Revision.source == "undo"
    return session.scalar(select(Revision).where(*taken).order_by(Revision.id).limit(1))
