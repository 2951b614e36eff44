"""All names by which a workbook may call what it refers to, the former ones too."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from portfolio.core.history import BIRTH, Change
from portfolio.exchange.columns import Entity, Key, Known
from portfolio.exchange.rows import as_known

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from portfolio.exchange.queries.present import Present
    from portfolio.exchange.queries.since import CellsSince

NAMES = ("name_fi", "name_sv", "title_fi", "title_sv")
_TABLES = {
    Entity.SCHEME: "category_scheme",
    Entity.SOURCE: "funding_source",
}


def table_of(entity: Entity) -> str:
    """Name the table of an entity as the history does."""
    return _TABLES.get(entity, entity.value)


class Names:
    """Makes rows known to the registry: by today's names, or first by those of a revision."""

    def __init__(self, present: Present, since: CellsSince | None) -> None:
        self._present = present
        self._since = since

    def add(self, entity: Entity, key: Key, row: Any, cells: Mapping[str, Any]) -> None:
        """Make one row known."""
        known = self._known(entity, key, row, cells)
        if known is None:
            return
        if self._since is not None:
            known = self._as_it_was(entity, row.id, known, cells)
        self._present.registry.add(known)
        if self._since is not None and entity is Entity.INITIATIVE:  # one workbook may hold several portfolios
            self._present.registry.add(replace(known, scope=""))

    def _known(self, entity: Entity, key: Key, row: Any, cells: Mapping[str, Any]) -> Known | None:
        code = getattr(row, "code", None)
        if entity in {Entity.SCHEME, Entity.SOURCE}:
            names = tuple(name for name in (row.name_fi, row.name_sv) if name)
            return Known(key, row.name_fi, "", (row.code,), (), names)
        return as_known(entity, key, self._present.portfolio_of.get(key, ""), {"code": code, **cells})

    def _as_it_was(self, entity: Entity, identity: int, known: Known, cells: Mapping[str, Any]) -> Known:
        """Put the names of then first; those it has had only since are looked at when nothing else has them."""
        old = self._since.cells(table_of(entity), identity) if self._since else {}
        if BIRTH in old:
            return replace(known, names=(), former=known.names)
        if old.keys().isdisjoint(NAMES):
            return known
        pairs = [(name, cells.get(name)) for name in NAMES if name in cells]
        names = tuple(str(value) for name, now in pairs if (value := old.get(name, now)))
        return replace(known, names=names, former=known.names)


def names_of_the_past(session: Session, present: Present) -> None:
    """Let what was renamed be found by every name it ever had, which stand in the history."""
    entities = {table_of(entity): entity for entity in present.keys}
    statement = select(Change.entity, Change.entity_id, Change.old).where(
        Change.municipality_id == present.municipality_id, Change.field.in_(NAMES), Change.old.is_not(None)
    )
    former: dict[Key, set[str]] = defaultdict(set)
    for table, identity, old in session.execute(statement):
        entity = entities.get(table)
        key = present.keys[entity].get(identity) if entity else None
        if key is not None and key in present.ids:
            former[key].add(str(old))
    for key, names in former.items():
        scope = present.portfolio_of.get(key, "")
        if key[0] == Entity.CATEGORY:
            scope = present.cells[key]["scheme"][1]
        present.registry.add(Known(key, key[1], scope, former=tuple(names)))
