"""The register as it was at an export's revision, in the columns and keys of workbooks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import select

from portfolio.exchange.columns import Entity, Key
from portfolio.exchange.queries import MODELS, Present
from portfolio.exchange.queries.base import base_since
from portfolio.exchange.queries.names import table_of
from portfolio.exchange.queries.since import CellsSince

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def as_of(session: Session, present: Present, since: CellsSince) -> Present:
    """Put back what changed after a revision: what came later is not there, what was removed since is.

    Everything keeps the names by which it is referred to now.
    """
    if not since.old:
        return present
    base = base_since(session, present, since)
    everything = {**{key: present.removed[key] for key in base.cells if key in present.removed}, **present.ids}
    ids = {key: identity for key, identity in everything.items() if key not in base.later}
    order = list(MODELS)
    in_order = sorted(ids, key=lambda key: (order.index(Entity(key[0])), ids[key]))
    return replace(
        present,
        ids={key: ids[key] for key in in_order},
        cells={key: dict(base.row(key, present)) for key in in_order},
    )


def versions_of(session: Session, present: Present, since: CellsSince) -> Mapping[Key, int]:
    """Give the version that each row had at the revision, which stands beside its identity."""
    found: dict[Key, int] = {}
    for entity, model in MODELS.items():
        statement = select(model.id, model.version).where(model.municipality_id == present.municipality_id)
        versions = {row.id: row.version for row in session.execute(statement)}
        table = table_of(entity)
        for key, identity in present.ids.items():
            if key[0] == entity:
                found[key] = since.version(table, identity, versions[identity])
    return found
