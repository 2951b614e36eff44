"""By which texts an export's cells refer to units, posts, classes, sources and other initiatives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from portfolio.exchange.columns import Entity, Key, Known, Registry
from portfolio.exchange.columns.writing import Labels
from portfolio.exchange.export.gather import Gathered
from portfolio.exchange.rows import as_known, key_of, source_key


class Names:
    """The keys of what an export refers to, by entity and id, and the texts by which they are written."""

    def __init__(self, gathered: Gathered) -> None:
        """Name all that the export may refer to."""
        self._gathered = gathered
        self.schemes: Mapping[int, str] = {row.id: row.code for row in gathered.schemes}
        self.portfolios: Mapping[int, str] = {row.id: row.code for row in gathered.portfolios}
        self.keys: dict[Entity, dict[int, Key]] = {}
        known = [one for entity in _TABLES for one in self._known(entity)]
        several = frozenset(row.code for row in gathered.schemes if row.several and not row.removed)
        self.registry = Registry([*known, *self._initiatives()], several)
        self.labels = Labels(self.registry)

    def _known(self, entity: Entity) -> Iterator[Known]:
        """Name the rows of a table; one that was removed is called as before where nothing else is called so."""
        keys = self.keys[entity] = {}
        for row in getattr(self._gathered, _TABLES[entity]):
            key = keys[row.id] = self._key(entity, row)
            known = as_known(entity, key, "", _cells(row)) or Known(key, row.name_fi, "", (row.code,), (), _names(row))
            scope = self.schemes[row.scheme_id] if entity is Entity.CATEGORY else ""
            if row.removed:
                yield Known(key, known.label, scope, former=(*known.codes, *known.names))
            else:
                yield Known(key, known.label, scope, known.codes, known.numbers, known.names)

    def _key(self, entity: Entity, row: Any) -> Key:
        if entity is not Entity.CATEGORY:
            return key_of(entity, "", row.code)
        parts = {"scheme": (Entity.SCHEME, self.schemes[row.scheme_id]), "code": row.code}
        return key_of(entity, "", source_key(parts, ("scheme", "code"), ""))

    def _initiatives(self) -> Iterator[Known]:
        keys = self.keys[Entity.INITIATIVE] = {}
        for identity, (code, portfolio_id) in self._gathered.other_codes.items():
            portfolio = self.portfolios.get(portfolio_id, "")
            key = keys[identity] = key_of(Entity.INITIATIVE, portfolio, f"#{identity}")
            yield Known(key, code, portfolio, (code,))


_TABLES: Mapping[Entity, str] = {
    Entity.UNIT: "units",
    Entity.POST: "posts",
    Entity.CATEGORY: "categories",
    Entity.SOURCE: "sources",
    Entity.FORUM: "forums",
}


def _names(row: Any) -> tuple[str, ...]:
    return tuple(name for name in (row.name_fi, row.name_sv) if name)


def _cells(row: Any) -> dict[str, Any]:
    return {name: getattr(row, name, None) for name in ("code", "name_fi", "name_sv", "title_fi", "title_sv")}
