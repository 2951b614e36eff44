"""Recording an applied import: the batch, where each item stood in the file, and which rows it added."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import insert, select

from portfolio.core.bulk import execute_many
from portfolio.core.rights import Actor
from portfolio.exchange.apply.batch import Row
from portfolio.exchange.columns import Key
from portfolio.exchange.merge import RowFate
from portfolio.exchange.models import AddedRow, ImportBatch, ImportOrigin
from portfolio.exchange.rows import Record

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


class Origin(NamedTuple):
    """Where an item stood in the file, and what a person wrote beside it, told at the first of its rows."""

    entity: str
    entity_id: int
    sheet: str
    row: int
    comment: str | None = None


def origins_of(entity: str, identity: int, record: Record) -> Iterator[Origin]:
    """Give every row of the file on which an item stood."""
    comment = record.comment
    for sheet, row in record.rows:
        yield Origin(entity, identity, sheet, row, comment)
        comment = None


def token_of(key: Key) -> str:
    """Give the mark by which a new row of an export is known when the same file comes again."""
    return hashlib.sha256(key[1].encode()).hexdigest()


def record_added(session: Session, batch: ImportBatch, rows: Iterable[Row], ids: Mapping[Key, int]) -> None:
    """Remember the rows that a returning export brought as new, so that they are not made twice."""
    if batch.export_id is None:
        return
    marks = {
        (row.key[0], token_of(row.key)): ids[row.key] for row in rows if row.fate is RowFate.ADD and row.key in ids
    }
    known = select(AddedRow.sheet, AddedRow.token).where(AddedRow.export_id == batch.export_id)
    there = {(sheet, token) for sheet, token in session.execute(known)}
    fresh = [
        {
            "export_id": batch.export_id,
            "sheet": entity,
            "token": token,
            "entity": entity,
            "entity_id": identity,
            "batch_id": batch.id,
        }
        for (entity, token), identity in marks.items()
        if (entity, token) not in there
    ]
    if fresh:
        session.connection().execute(insert(AddedRow), fresh)


def record_batch(session: Session, actor: Actor, values: Mapping[str, Any], origins: Sequence[Origin]) -> ImportBatch:
    """Record one applied import with the places of its items."""
    batch = ImportBatch(applied_at=actor.at, user_id=actor.user_id, **values)
    session.add(batch)
    session.flush()
    if origins:
        table = ImportOrigin.metadata.tables[ImportOrigin.__tablename__]
        types = {name: table.c[name].type for name in ("batch_id", "entity", "entity_id", "sheet", "row", "comment")}
        rows = [(batch.id, str(one.entity), one.entity_id, one.sheet[:80], one.row, one.comment) for one in origins]
        execute_many(session.connection(), insert(table), types, rows)
    return batch
