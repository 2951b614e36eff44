"""What a change of many initiatives would do: the preview, and what was seen in it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from portfolio.core.history import CellChange
from portfolio.core.problem import Problem
from portfolio.core.records import Problems
from portfolio.core.rights import Actor, working_in
from portfolio.pages.rules import Seen, Wish
from portfolio.register import queries
from portfolio.register.models import Initiative
from portfolio.register.operations import check_update
from portfolio.register.operations.classes import judge_classes

CLASSES = "categories"


@dataclass(frozen=True, slots=True)
class BulkRow:
    """One initiative of the preview: what was seen, each field's old and new value, and what forbids them."""

    initiative: Initiative
    seen: Seen
    changes: Mapping[str, tuple[Any, Any]]
    problems: Sequence[Problem]


@dataclass(frozen=True, slots=True)
class BulkPlan:
    """The chosen initiatives in the order of their titles, and how many of those asked for are not there."""

    rows: tuple[BulkRow, ...]
    gone: int

    @property
    def changing(self) -> tuple[BulkRow, ...]:
        """Give the rows that would be saved."""
        return tuple(row for row in self.rows if row.changes and not row.problems)

    @property
    def refused(self) -> tuple[BulkRow, ...]:
        """Give the rows that cannot be changed so."""
        return tuple(row for row in self.rows if row.problems)

    @property
    def same(self) -> tuple[BulkRow, ...]:
        """Give the rows that are already so."""
        return tuple(row for row in self.rows if not row.changes and not row.problems)

    def cells(self) -> list[CellChange]:
        """Give the changes as cells, so that they can be said in words."""
        return [cell for row in self.rows for cell in _cells(row)]


def plan_bulk(session: Session, actor: Actor, ids: Collection[int], wish: Wish) -> BulkPlan:
    """Tell what a wish means for each of these initiatives of the actor's municipality; nothing is written."""
    municipality_id = working_in(actor)
    found = queries.titles_of(session, municipality_id, ids)
    rows = sorted((row for row in found.values() if not row.removed), key=lambda row: (row.title_sort, row.id))
    held = held_classes(session, municipality_id, [row.id for row in rows], wish)
    changes = {row.id: _changes(row, held[row.id], wish) for row in rows}
    problems = _problems(session, actor, rows, changes, wish)
    return BulkPlan(
        tuple(
            BulkRow(row, Seen(row.version, held[row.id]), changes[row.id], tuple(problems.get(row.id, ())))
            for row in rows
        ),
        len(frozenset(ids)) - len(rows),
    )


def held_classes(session: Session, municipality_id: int, ids: Collection[int], wish: Wish) -> dict[int, frozenset[int]]:
    """Return each initiative's classes in the scheme that is to change; none where no scheme is."""
    held: dict[int, frozenset[int]] = dict.fromkeys(ids, frozenset())
    if wish.classes is None:
        return held
    for identity, classes in queries.categories_of(session, municipality_id, ids).items():
        held[identity] = frozenset(one.id for one in classes if one.scheme_id == wish.classes.scheme_id)
    return held


def _changes(row: Initiative, held: frozenset[int], wish: Wish) -> dict[str, tuple[Any, Any]]:
    changes = {name: (getattr(row, name), value) for name, value in wish.values.items() if getattr(row, name) != value}
    if wish.classes is not None and (new := wish.classes.applied(held)) != held:
        changes[CLASSES] = (held, new)
    return changes


def _problems(
    session: Session,
    actor: Actor,
    rows: list[Initiative],
    changes: Mapping[int, Mapping[str, tuple[Any, Any]]],
    wish: Wish,
) -> Problems:
    columns = {
        identity: {name: new for name, (_, new) in cells.items() if name != CLASSES}
        for identity, cells in changes.items()
    }
    found = check_update(session, actor, {identity: values for identity, values in columns.items() if values})
    if wish.classes is None:
        return found
    facts = {
        row.id: {name: getattr(row, name) for name in ("portfolio_id", "unit_id", "owner_post_id")} for row in rows
    }
    chosen = {
        identity: {wish.classes.scheme_id: cells[CLASSES][1]} for identity, cells in changes.items() if CLASSES in cells
    }
    for identity, problems in judge_classes(session, actor, facts, chosen).items():
        found.setdefault(identity, []).extend(problems)
    return found


def _cells(row: BulkRow) -> list[CellChange]:
    table = Initiative.__tablename__
    cells = [CellChange(table, row.initiative.id, name, *pair) for name, pair in row.changes.items() if name != CLASSES]
    classes = frozenset().union(*row.changes.get(CLASSES, ()))
    return cells + [CellChange("initiative_category", 0, "category_id", None, one) for one in sorted(classes)]
