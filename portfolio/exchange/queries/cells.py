"""Where each cell of some rows came from: the file, sheet and row of the import that gave it its present value."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeAlias

from sqlalchemy import and_, func, or_, select

from portfolio.core.history import BIRTH, Change
from portfolio.exchange.models import ImportBatch, ImportOrigin
from portfolio.exchange.queries.origins import Origin

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

Item: TypeAlias = tuple[str, int]
"""A row of a versioned table: (table, id)."""


@dataclass(frozen=True, slots=True)
class CellOrigins:
    """The latest revision of each cell of some rows, and the imports among those revisions.

    ``owner`` is the row in whose place in a file its parts stood too, where they have none of their own.
    """

    owner: Item
    revisions: Mapping[tuple[str, int, str], int] = field(default_factory=lambda: MappingProxyType({}))
    batches: Mapping[int, ImportBatch] = field(default_factory=lambda: MappingProxyType({}))
    places: Mapping[tuple[int, Item], tuple[str, int]] = field(default_factory=lambda: MappingProxyType({}))

    def of(self, table: str, identity: int, name: str) -> Origin | None:
        """Tell the file that gave a cell the value it has; None where a person typed it here."""
        found = (self.revisions.get((table, identity, one)) for one in (name, BIRTH))
        batch = self.batches.get(max((one for one in found if one is not None), default=0))
        if batch is None:
            return None
        place = self.places.get((batch.id, (table, identity))) or self.places.get((batch.id, self.owner))
        return Origin(batch.id, batch.file_name, batch.applied_at, *place) if place else None

    def rows_of(self, table: str) -> set[int]:
        """Give the ids of those of the rows that stand in a table."""
        return {identity for name, identity, _ in self.revisions if name == table}


def cell_origins(
    session: Session, municipality_id: int, owner: Item, items: Iterable[Item], *, at: int | None = None
) -> CellOrigins:
    """Find where the cells of an initiative and its parts came from, as they are or were after revision ``at``.

    An import that was undone gave no cell its value: the undo did.
    """
    wanted = sorted({owner, *items})
    revisions = _latest(session, municipality_id, wanted, at)
    made = ImportBatch.revision_id.in_(set(revisions.values()))
    found = session.scalars(select(ImportBatch).where(ImportBatch.municipality_id == municipality_id, made)).all()
    if not found:
        return CellOrigins(owner)
    batches = {one.revision_id: one for one in found if one.revision_id is not None}
    return CellOrigins(owner, revisions, batches, _places(session, [one.id for one in found], wanted))


def _latest(
    session: Session, municipality_id: int, items: list[Item], at: int | None
) -> dict[tuple[str, int, str], int]:
    """Give the latest revision of each cell."""
    statement = select(Change.entity, Change.entity_id, Change.field, func.max(Change.revision_id)).where(
        _among(Change, items, Change.municipality_id == municipality_id)
    )
    if at is not None:
        statement = statement.where(Change.revision_id <= at)
    rows = session.execute(statement.group_by(Change.entity, Change.entity_id, Change.field))
    return {(entity, identity, name): revision for entity, identity, name, revision in rows}


def _places(session: Session, batch_ids: list[int], items: list[Item]) -> dict[tuple[int, Item], tuple[str, int]]:
    """Give the first place of each row in each file."""
    statement = (
        select(ImportOrigin)
        .where(ImportOrigin.batch_id.in_(batch_ids), _among(ImportOrigin, items))
        .order_by(ImportOrigin.id)
    )
    found: dict[tuple[int, Item], tuple[str, int]] = {}
    for one in session.scalars(statement):
        found.setdefault((one.batch_id, (one.entity, one.entity_id)), (one.sheet, one.row))
    return found


def _among(model: Any, items: Iterable[Item], *beside: ColumnElement[bool]) -> ColumnElement[bool]:
    """Say table by table which rows are meant: SQLite finds pairs of values by no index.

    What is true ``beside`` is said with each table, for an index that leads to the row by both.
    """
    ids: dict[str, list[int]] = defaultdict(list)
    for entity, identity in items:
        ids[entity].append(identity)
    return or_(*(and_(model.entity == entity, *beside, model.entity_id.in_(few)) for entity, few in ids.items()))
