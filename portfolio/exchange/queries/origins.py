"""Earlier imports, and the file, sheet and row that an item came from."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import exists, select

from portfolio.core.history import Revision
from portfolio.exchange.models import ImportBatch, ImportOrigin

if TYPE_CHECKING:
    from sqlalchemy import Exists
    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an item stood in a file: sheet and row as the user's Excel shows them."""

    batch_id: int
    file_name: str
    applied_at: dt.datetime
    sheet: str
    row: int
    comment: str | None = None


def origins_of(session: Session, municipality_id: int, entity: str, identity: int) -> list[Origin]:
    """Return where an item came from, the latest import first; imports that were undone do not count."""
    statement = (
        select(ImportBatch, ImportOrigin)
        .join(ImportOrigin, ImportOrigin.batch_id == ImportBatch.id)
        .where(
            ImportBatch.municipality_id == municipality_id,
            ~undone(),
            ImportOrigin.entity == entity,
            ImportOrigin.entity_id == identity,
        )
        .order_by(ImportBatch.id.desc(), ImportOrigin.id)
    )
    return [
        Origin(batch.id, batch.file_name, batch.applied_at, origin.sheet, origin.row, origin.comment)
        for batch, origin in session.execute(statement)
    ]


def comments_of(session: Session, batch_id: int, limit: int) -> list[ImportOrigin]:
    """Return where in an import's file somebody wrote a comment beside a row, in the order of the file."""
    asked = select(ImportOrigin).where(ImportOrigin.batch_id == batch_id, ImportOrigin.comment.is_not(None))
    return list(session.scalars(asked.order_by(ImportOrigin.id).limit(limit)))


def get_batch(session: Session, batch_id: int) -> ImportBatch | None:
    """Return one import."""
    return session.get(ImportBatch, batch_id)


def earlier_import(session: Session, municipality_id: int, profile: str, content_hash: str) -> ImportBatch | None:
    """Return the latest import of the same rows by the same profile that was not undone."""
    statement = (
        select(ImportBatch)
        .where(
            ImportBatch.municipality_id == municipality_id,
            ImportBatch.profile == profile,
            ImportBatch.content_hash == content_hash,
            ~undone(),
        )
        .order_by(ImportBatch.id.desc())
        .limit(1)
    )
    return session.scalar(statement)


def is_undone(session: Session, batch: ImportBatch) -> bool:
    """Tell whether an import was undone."""
    return bool(session.scalar(select(undone()).where(ImportBatch.id == batch.id)))


def items_of(session: Session, batch_id: int) -> set[tuple[str, int]]:
    """Return the items that an import's file told of, as (kind, id)."""
    statement = select(ImportOrigin.entity, ImportOrigin.entity_id).where(ImportOrigin.batch_id == batch_id)
    return {(entity, identity) for entity, identity in session.execute(statement)}


def undone() -> Exists:
    """Ask whether a later revision took back the import's own (``history.undo`` signs it so)."""
    return exists().where(
        Revision.source == "undo", Revision.reason_kind == "revision", Revision.reason_id == ImportBatch.revision_id
    )
