"""Integrity: the history replayed from nothing equals the tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select, text

from portfolio.core.columns import to_json
from portfolio.core.database import is_sqlite
from portfolio.core.history.guard import versioned_models
from portfolio.core.history.models import BIRTH, Change, Revision

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from portfolio.core.database import Versioned


@dataclass(frozen=True, slots=True)
class Fault:
    """One place where the database disagrees with its history."""

    entity: str
    entity_id: int | None
    field: str | None
    expected: Any
    found: Any


def verify(session: Session) -> list[Fault]:
    """Check that replayed history equals the tables, foreign keys hold and revisions never go back in time."""
    faults = list(_broken_storage(session))
    faults.extend(_time_going_back(session))
    for entity, model in versioned_models().items():
        faults.extend(_replayed(session, entity, model))
    return faults


def replay(session: Session, entity: str) -> dict[int, dict[str, Any]]:
    """Build one table from its changes alone: ``{id: {column: JSON value}}``."""
    built: dict[int, dict[str, Any]] = {}
    ordered = select(Change.entity_id, Change.field, Change.new).where(Change.entity == entity).order_by(Change.id)
    for identity, name, new in session.execute(ordered):
        if name == BIRTH:
            built[identity] = dict(new)
        else:
            built[identity][name] = new
    return built


def _replayed(session: Session, entity: str, model: type[Versioned]) -> Iterator[Fault]:
    table = model.__table__  # type: ignore[attr-defined] # every versioned model is mapped to a table
    built = replay(session, entity)
    for stored in session.execute(select(table)).mappings():
        row = dict(stored)
        expected = built.pop(row["id"], None)
        if expected is None:
            yield Fault(entity, row["id"], None, None, "row without a birth")
            continue
        for name in set(table.c.keys()) - model.derived - {"id", "version"}:
            if to_json(row[name]) != expected.get(name):
                yield Fault(entity, row["id"], name, expected.get(name), to_json(row[name]))
        for name, value in model.derive(row).items():
            if row[name] != value:
                yield Fault(entity, row["id"], name, value, row[name])
    for identity in built:
        yield Fault(entity, identity, None, "row", None)


def _time_going_back(session: Session) -> Iterator[Fault]:
    before = None
    for identity, at in session.execute(select(Revision.id, Revision.at).order_by(Revision.id)):
        if before is not None and at < before:
            yield Fault("revision", identity, "at", before.isoformat(), at.isoformat())
        before = at


def _broken_storage(session: Session) -> Iterator[Fault]:
    if not is_sqlite(session):
        return
    for answer in session.scalars(text("PRAGMA integrity_check")):
        if answer != "ok":
            yield Fault("database", None, None, "ok", answer)
    for table, rowid, parent, _ in session.execute(text("PRAGMA foreign_key_check")):
        yield Fault(table, rowid, None, f"a row of {parent}", None)
