"""What undoing a revision would do, row by row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from portfolio.core import history
from portfolio.core.columns import can_be_kept
from portfolio.core.history import BIRTH, CellChange, Change, Check, Left, Revision
from portfolio.core.rights import Actor
from portfolio.register.models import Initiative


@dataclass(frozen=True, slots=True)
class UndonePart:
    """One cell that would go back from ``old``, what it is since the revision, to ``new``; or why it stays."""

    cell: CellChange
    left: Left | None


@dataclass(frozen=True, slots=True)
class UndoPlan:
    """What undoing would do: cells by (table, id) of their row, in the order of the revision."""

    rows: Mapping[tuple[str, int], tuple[UndonePart, ...]]

    @property
    def parts(self) -> list[UndonePart]:
        """Give all cells."""
        return [part for parts in self.rows.values() for part in parts]

    @property
    def does_something(self) -> bool:
        """Tell whether anything would go back."""
        return any(part.left is None for part in self.parts)


def get_revision(session: Session, municipality_id: int, key: int, *, at: int | None = None) -> Revision | None:  # noqa: ARG001 -- a loader's shape: a revision is the same at any time
    """Return a revision all of whose changes are this municipality's; None for another's, or one that is none."""
    found = session.get(Revision, key) if can_be_kept(key) else None
    if found is None:
        return None
    tenants = set(session.scalars(select(Change.municipality_id).where(Change.revision_id == key).distinct()))
    return found if tenants == {municipality_id} else None


def is_undone(session: Session, revision_id: int) -> bool:
    """Tell whether somebody has undone a revision; who undid that in turn undoes the undo, not the revision."""
    undone = select(Revision.id).where(
        Revision.id > revision_id,
        Revision.source == "undo",
        Revision.reason_kind == "revision",
        Revision.reason_id == revision_id,
    )
    return session.scalar(undone.limit(1)) is not None


def undone_among(session: Session, revision_ids: Iterable[int]) -> frozenset[int]:
    """Return those revisions that somebody has undone already."""
    asked = [str(one) for one in revision_ids]
    undone = select(Revision.source_ref).where(Revision.source == "undo", Revision.source_ref.in_(asked))
    return frozenset(int(one) for one in session.scalars(undone) if one is not None)


def plan_of_undo(session: Session, actor: Actor, revision_id: int, checks: Mapping[str, Check]) -> UndoPlan:
    """Tell what undoing a revision would put back, and what it would leave and why."""
    _, left = history.plan_undo(session, actor, revision_id, checks)
    stays = {(one.entity, one.entity_id, one.field): one for one in left}
    rows: dict[tuple[str, int], list[UndonePart]] = defaultdict(list)
    for change in history.changes_in(session, revision_id):
        name = "removed" if change.field == BIRTH else change.field
        key = (change.entity, change.entity_id)
        kept = stays.get((*key, change.field)) or stays.get((*key, name))
        rows[key].append(UndonePart(change, kept))
    return UndoPlan({key: tuple(parts) for key, parts in rows.items()})


def initiatives_of(
    session: Session, municipality_id: int, items: Iterable[tuple[str, int]]
) -> dict[tuple[str, int], Initiative]:
    """Return the initiative to which each row (table, id) belongs, where it belongs to one; removed ones too."""
    by_table: dict[str, set[int]] = defaultdict(set)
    for table, identity in items:
        by_table[table].add(identity)
    owners: dict[tuple[str, int], int] = {}
    for table, ids in by_table.items():
        owners.update({(table, identity): owner for identity, owner in _owners(session, municipality_id, table, ids)})
    wanted = frozenset(owners.values())
    found = history.rows(session, Initiative, municipality_id, with_removed=True, id=wanted) if wanted else []
    by_id = {row.id: row for row in found}
    return {key: by_id[owner] for key, owner in owners.items() if owner in by_id}


def _owners(session: Session, municipality_id: int, table: str, ids: set[int]) -> Iterable[tuple[int, int]]:
    if table == Initiative.__tablename__:
        return ((identity, identity) for identity in ids)
    model = history.versioned_models().get(table)
    if model is None or not hasattr(model, "initiative_id"):
        return ()
    rows = history.rows(session, model, municipality_id, with_removed=True, id=frozenset(ids))  # type: ignore[type-var] # a part of an initiative is owned
    return ((row.id, row.initiative_id) for row in rows if row.initiative_id is not None)
