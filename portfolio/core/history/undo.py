"""Undoing a revision: what nobody changed since goes back, the rest is listed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from portfolio.core.history.guard import versioned_models
from portfolio.core.history.models import BIRTH, Change
from portfolio.core.history.read import typed_value
from portfolio.core.history.write import Update, Written, write_many

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from portfolio.core.problem import Problem
    from portfolio.core.rights import Actor

Check = Callable[["Session", "Actor", int, Mapping[str, Any]], "Problem | None"]
"""A room's lock on undoing: given the row's id and the values to be restored, a problem or None."""


@dataclass(frozen=True, slots=True)
class Left:
    """A cell that was not put back, because it changed since or because a room's check refused."""

    entity: str
    entity_id: int
    field: str
    problem: Problem | None


@dataclass(frozen=True, slots=True)
class Undone:
    """What an undo put back and what it left."""

    written: Written
    left: tuple[Left, ...]


def undo(session: Session, actor: Actor, revision_id: int, checks: Mapping[str, Check]) -> Undone:
    """Put back every cell of a revision that still holds the value it was given then; a new row is removed.

    Goes round the lifecycle table but obeys ``checks`` ({table name: check}), DESIGN §4 (g). The undo is itself a
    revision, signed with the one that it takes back, and can be undone.
    """
    updates, left = plan_undo(session, actor, revision_id, checks)
    signed = replace(actor.because("revision", revision_id), source="undo")
    return Undone(write_many(session, signed, updates=updates), left)


def plan_undo(
    session: Session, actor: Actor, revision_id: int, checks: Mapping[str, Check]
) -> tuple[list[Update], tuple[Left, ...]]:
    """Tell what undoing a revision would write, and what it would leave; nothing is written."""
    changes = session.scalars(select(Change).where(Change.revision_id == revision_id).order_by(Change.id)).all()
    later = _changed_later(session, revision_id, changes)
    restored: dict[tuple[str, int], dict[str, Any]] = {}
    left: list[Left] = []
    for change in changes:
        name = "removed" if change.field == BIRTH else change.field
        if _touched(change, later):
            left.append(Left(change.entity, change.entity_id, change.field, None))
            continue
        value = True if change.field == BIRTH else change.old
        restored.setdefault((change.entity, change.entity_id), {})[name] = value
    updates = []
    for (entity, identity), values in restored.items():
        update = _update(entity, identity, values)
        problem = checks[entity](session, actor, identity, update.values) if entity in checks else None
        if problem is None:
            updates.append(update)
        else:
            left.extend(Left(entity, identity, name, problem) for name in values)
    return updates, tuple(left)


def _update(entity: str, identity: int, values: Mapping[str, Any]) -> Update:
    model = versioned_models()[entity]
    return Update(model, identity, {name: typed_value(entity, name, value) for name, value in values.items()})


def _changed_later(
    session: Session, revision_id: int, changes: Sequence[Change]
) -> dict[tuple[str, int], frozenset[str]]:
    """Return the fields that changed after the revision, by row, for the rows that it touched."""
    by_entity: dict[str, set[int]] = {}
    for change in changes:
        by_entity.setdefault(change.entity, set()).add(change.entity_id)
    found: dict[tuple[str, int], set[str]] = {}
    for entity, ids in by_entity.items():
        later = select(Change.entity_id, Change.field).where(Change.entity == entity, Change.revision_id > revision_id)
        for identity, name in session.execute(later):
            if identity in ids:
                found.setdefault((entity, identity), set()).add(name)
    return {key: frozenset(names) for key, names in found.items()}


def _touched(change: Change, later: Mapping[tuple[str, int], frozenset[str]]) -> bool:
    names = later.get((change.entity, change.entity_id), frozenset())
    return bool(names) if change.field == BIRTH else change.field in names
