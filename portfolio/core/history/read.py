"""Reading the history itself: a row's changes, the revision of a date, the difference of two times."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from sqlalchemy import Text, and_, cast, func, or_, select, true
from sqlalchemy.orm import aliased

from portfolio.core.columns import from_json
from portfolio.core.history.guard import versioned_models
from portfolio.core.history.models import BIRTH, Change, Revision

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

HELSINKI = ZoneInfo("Europe/Helsinki")


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell's old and new value, typed as the column is; a birth has field ``*`` and the row's values as new."""

    entity: str
    entity_id: int
    field: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class RevisionChanges:
    """One revision with those of its changes that were asked for."""

    revision: Revision
    changes: tuple[CellChange, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class TouchedRevision:
    """One revision, how many rows of a table it touched, the first of them, and its changes where it touched one."""

    revision: Revision
    count: int
    ids: tuple[int, ...]
    changes: tuple[CellChange, ...] = field(default=())


def changes_of(
    session: Session,
    items: Iterable[tuple[str, int]],
    *,
    limit: int | None = 50,
    offset: int = 0,
    since: int = 0,
    at: int | None = None,
) -> list[RevisionChanges]:
    """Return the latest revisions that touched any of the (table name, id) items, newest first.

    Those after revision ``since`` and up to ``at``, if they are given; ``limit`` None is all of them.
    """
    clause = _touching(items, since, at)
    # the sum hides the column from its own index: a revision may hold a whole import, the rows asked for are few
    return [] if clause is None else _revisions(session, clause, limit, offset, Change.revision_id + 0)


def count_revisions(session: Session, items: Iterable[tuple[str, int]], *, at: int | None = None) -> int:
    """Return how many revisions ``changes_of`` would find."""
    clause = _touching(items, 0, at)
    if clause is None:
        return 0
    return session.scalar(select(func.count(Change.revision_id.distinct())).where(clause)) or 0


def latest_touched(
    session: Session, municipality_id: int, entity: str, *, limit: int = 20, named: int = 3
) -> list[TouchedRevision]:
    """Return the latest revisions that touched a table's rows, newest first, however many rows each one touched.

    A bulk import's thousands of changes are counted, not read.
    """
    clause = and_(Change.municipality_id == municipality_id, Change.entity == entity)
    newest: list[int] = []
    while len(newest) < limit:
        before = Change.revision_id < newest[-1] if newest else true()
        older = session.scalar(select(func.max(Change.revision_id)).where(clause, before))
        if older is None:
            break
        newest.append(older)
    counts, ids = _first_rows(session, and_(clause, Change.revision_id.in_(newest)), named)
    single = [one for one in newest if counts[one] == 1]
    changes: dict[int, list[CellChange]] = defaultdict(list)
    for change in session.scalars(select(Change).where(clause, Change.revision_id.in_(single)).order_by(Change.id)):
        changes[change.revision_id].append(typed(change))
    revisions = {one.id: one for one in session.scalars(select(Revision).where(Revision.id.in_(newest)))}
    return [TouchedRevision(revisions[one], counts[one], tuple(ids[one]), tuple(changes[one])) for one in newest]


def _first_rows(
    session: Session, clause: ColumnElement[bool], named: int
) -> tuple[dict[int, int], dict[int, list[int]]]:
    """Return how many rows each revision touched, and the first of them."""
    rows = select(Change.revision_id, Change.entity_id).where(clause).distinct().subquery()
    whole = func.count().over(partition_by=rows.c.revision_id)
    place = func.row_number().over(partition_by=rows.c.revision_id, order_by=rows.c.entity_id)
    ranked = select(rows, whole.label("whole"), place.label("place")).subquery()
    counts: dict[int, int] = {}
    ids: dict[int, list[int]] = defaultdict(list)
    first = select(ranked).where(ranked.c.place <= named).order_by(ranked.c.place)
    for revision_id, entity_id, whole_count, _place in session.execute(first):
        counts[revision_id] = whole_count
        ids[revision_id].append(entity_id)
    return counts, ids


def changes_in(session: Session, revision_id: int) -> list[CellChange]:
    """Return everything one revision changed, in the order it was written."""
    found = session.scalars(select(Change).where(Change.revision_id == revision_id).order_by(Change.id))
    return [typed(change) for change in found]


def latest_revision(session: Session) -> int:
    """Return the id of the newest revision, or 0 where nothing has been written yet."""
    return session.scalar(select(func.max(Revision.id))) or 0


def revision_on(session: Session, date: dt.date) -> int:
    """Return the last revision before the next midnight in Helsinki, or 0 when the date precedes the first."""
    midnight = dt.datetime.combine(date + dt.timedelta(days=1), dt.time(), HELSINKI).astimezone(dt.UTC)
    return session.scalar(select(func.max(Revision.id)).where(Revision.at < midnight)) or 0


def difference(
    session: Session, municipality_id: int, first: int, second: int
) -> dict[tuple[str, int], dict[str, tuple[Any, Any]]]:
    """Return what differs between two revisions: ``{(table name, id): {field: (old, new)}}``.

    Cells that changed and changed back are left out; a row born between has the one field ``*``.
    """
    changes = session.scalars(
        select(Change)
        .where(Change.municipality_id == municipality_id, Change.revision_id > first, Change.revision_id <= second)
        .order_by(Change.id)
    )
    cells: dict[tuple[str, int], dict[str, tuple[Any, Any]]] = defaultdict(dict)
    for change in changes:
        row = cells[change.entity, change.entity_id]
        if BIRTH in row:
            row[BIRTH] = (None, {**row[BIRTH][1], change.field: change.new})
        elif change.field in row:
            row[change.field] = (row[change.field][0], change.new)
        else:
            row[change.field] = (change.old, change.new)
    return {key: kept for key, row in cells.items() if (kept := _typed_cells(key[0], row))}


def cells_between(
    session: Session, municipality_id: int, entity: str, first: int, second: int | None = None
) -> dict[int, dict[str, tuple[Any, Any]]]:
    """Return what differs in one table between two revisions, by id of row; ``second`` None is now.

    As :func:`difference` does, but the database finds the oldest and the newest change of each cell, so that a long
    history costs as much as the cells that it touched. A row born between has the field ``*``, without values.
    """
    span = [Change.revision_id > first] + ([] if second is None else [Change.revision_id <= second])
    ends = (
        select(func.min(Change.id).label("oldest"), func.max(Change.id).label("newest"))
        .where(Change.entity == entity, Change.municipality_id == municipality_id, *span)
        .group_by(Change.entity_id, Change.field)
        .subquery()
    )
    oldest, newest = aliased(Change), aliased(Change)
    found = session.execute(
        select(oldest.entity_id, oldest.field, cast(oldest.old, Text), cast(newest.new, Text))
        .join(ends, oldest.id == ends.c.oldest)
        .join(newest, newest.id == ends.c.newest)
        .where(or_(oldest.field == BIRTH, cast(oldest.old, Text).is_distinct_from(cast(newest.new, Text))))
    )
    known: dict[tuple[str, str], Any] = {}  # the same few statuses, posts and years stand in thousands of cells

    def read(name: str, text: str | None) -> Any:
        if text is None:
            return None
        if (name, text) not in known:
            known[name, text] = typed_value(entity, name, json.loads(text))
        return known[name, text]

    rows: dict[int, dict[str, tuple[Any, Any]]] = defaultdict(dict)
    for identity, name, old, new in found:
        rows[identity][name] = (None, None) if name == BIRTH else (read(name, old), read(name, new))
    return dict(rows)


def typed(change: Change) -> CellChange:
    """Give a change's values the types of their column."""
    return CellChange(
        change.entity,
        change.entity_id,
        change.field,
        typed_value(change.entity, change.field, change.old),
        typed_value(change.entity, change.field, change.new),
    )


def typed_value(entity: str, name: str, value: Any) -> Any:
    """Give one logged value the type of its column; for a birth, each value of the row."""
    columns = versioned_models()[entity].__table__.c  # type: ignore[attr-defined] # every versioned model is mapped
    if name == BIRTH:
        return None if value is None else {key: from_json(columns[key].type, one) for key, one in value.items()}
    return from_json(columns[name].type, value)


def _typed_cells(entity: str, row: dict[str, tuple[Any, Any]]) -> dict[str, tuple[Any, Any]]:
    return {
        name: (typed_value(entity, name, old), typed_value(entity, name, new))
        for name, (old, new) in row.items()
        if name == BIRTH or old != new
    }


def _touching(items: Iterable[tuple[str, int]], since: int, at: int | None) -> ColumnElement[bool] | None:
    """Say which changes touch the items; None where there are no items."""
    ids: dict[str, list[int]] = defaultdict(list)
    for entity, identity in items:
        ids[entity].append(identity)
    if not ids:
        return None
    touched = or_(*(and_(Change.entity == entity, Change.entity_id.in_(few)) for entity, few in ids.items()))
    times = [Change.revision_id > since] if since else []
    return and_(touched, *times, *([] if at is None else [Change.revision_id <= at]))


def _revisions(
    session: Session,
    clause: ColumnElement[bool],
    limit: int | None,
    offset: int = 0,
    revision_id: ColumnElement[int] | None = None,
) -> list[RevisionChanges]:
    """Read revisions with those of their changes that the clause names; ``revision_id`` is how these are found."""
    newest = select(Change.revision_id).where(clause).distinct().order_by(Change.revision_id.desc())
    ids = list(session.scalars(newest.limit(limit).offset(offset)))
    if not ids:
        return []
    revisions = {one.id: one for one in session.scalars(select(Revision).where(Revision.id.in_(ids)))}
    grouped: dict[int, list[CellChange]] = defaultdict(list)
    within = (Change.revision_id if revision_id is None else revision_id).in_(ids)
    for change in session.scalars(select(Change).where(clause, within).order_by(Change.id)):
        grouped[change.revision_id].append(typed(change))
    return [RevisionChanges(revisions[one], tuple(grouped[one])) for one in ids]
