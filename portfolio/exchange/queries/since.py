"""What changed in a municipality since a revision: of each row the values it had then, as far as they were others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from portfolio.core.history import BIRTH, Change

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class CellsSince:
    """The cells that changed after a revision with their values of then, as the history keeps them, by table and id.

    ``touches`` counts the revisions that touched each row.
    """

    revision_id: int
    old: Mapping[str, Mapping[int, Mapping[str, Any]]]
    touches: Mapping[str, Mapping[int, int]]

    def of(self, table: str) -> Mapping[int, Mapping[str, Any]]:
        """Give the changed rows of a table."""
        return self.old.get(table, {})

    def cells(self, table: str, identity: int) -> Mapping[str, Any]:
        """Give the changed cells of one row."""
        return self.of(table).get(identity, {})

    def was_there(self, table: str, identity: int, *, removed: bool) -> bool:
        """Tell whether a row was there then, given whether it is removed now."""
        cells = self.cells(table, identity)
        return BIRTH not in cells and not cells.get("removed", removed)

    def version(self, table: str, identity: int, version: int) -> int:
        """Give the highest version that a row may have had then, its present one given; each revision raised it."""
        return version - self.touches.get(table, {}).get(identity, 0)


def changes_since(session: Session, municipality_id: int, revision_id: int) -> CellsSince:
    """Read what changed after a revision; a row born since has the one cell ``*``."""
    after = (Change.municipality_id == municipality_id, Change.revision_id > revision_id)
    first = select(func.min(Change.id)).where(*after).group_by(Change.entity, Change.entity_id, Change.field)
    old: dict[str, dict[int, dict[str, Any]]] = defaultdict(lambda: defaultdict(dict))
    found = select(Change.entity, Change.entity_id, Change.field, Change.old).where(Change.id.in_(first))
    for table, identity, name, value in session.execute(found):
        old[table][identity][name] = value
    count = func.count(Change.revision_id.distinct())
    counted = select(Change.entity, Change.entity_id, count).where(*after).group_by(Change.entity, Change.entity_id)
    touches: dict[str, dict[int, int]] = defaultdict(dict)
    for table, identity, number in session.execute(counted):
        touches[table][identity] = number
    return CellsSince(revision_id, dict(old), dict(touches))
