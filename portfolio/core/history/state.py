"""Reading rows now or as they were: the present overlaid with the oldest value after a revision."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import func, select
from sqlalchemy.orm import Session, attributes

from portfolio.core.columns import from_json
from portfolio.core.database import Owned
from portfolio.core.history.models import BIRTH, Change

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Table

KEPT = 64
"""How many past tables, and what was made of them, each process keeps of one database; none goes stale."""

Key: TypeAlias = tuple[object, ...]
M = TypeVar("M", bound=Owned)
T = TypeVar("T")


class _Shelf:
    """Past tables of one database and what was made of them, the least recently used put away first."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._tables: OrderedDict[Key, Any] = OrderedDict()

    def get(self, key: Key) -> Any:
        with self._lock:
            found = self._tables.get(key)
            if found is not None:
                self._tables.move_to_end(key)
            return found

    def put(self, key: Key, table: Any) -> None:
        with self._lock:
            self._tables[key] = table
            while len(self._tables) > KEPT:
                self._tables.popitem(last=False)


_shelves: WeakKeyDictionary[object, _Shelf] = WeakKeyDictionary()


def rows(
    session: Session,
    model: type[M],
    municipality_id: int,
    at: int | None = None,
    *,
    with_removed: bool = False,
    **equals: Any,
) -> list[M]:
    """Return a municipality's rows of one table in order of id, as they are or as they were after revision ``at``.

    ``equals`` narrows by column values. Rows of the past belong to no session, are shared, and must only be read.
    """
    if at is None:
        statement = select(model).where(model.municipality_id == municipality_id).order_by(model.id)
        for name, value in equals.items():
            column = getattr(model, name)
            statement = statement.where(column.in_(value) if isinstance(value, set | frozenset) else column == value)
        if not with_removed:
            statement = statement.where(model.removed.is_(False))
        return list(session.scalars(statement))
    return [
        row
        for row in past(session, model, municipality_id, at).values()
        if (with_removed or not row.removed) and all(_equals(row, name, value) for name, value in equals.items())
    ]


def row(session: Session, model: type[M], municipality_id: int, identity: int, at: int | None) -> M | None:
    """Return one row of a municipality, removed or not, now or after revision ``at``; None when it was not there."""
    if at is not None:
        return past(session, model, municipality_id, at).get(identity)
    found = session.get(model, identity)
    return found if found is not None and found.municipality_id == municipality_id else None


def past(session: Session, model: type[M], municipality_id: int, at: int) -> dict[int, M]:
    """Return a municipality's whole table by id as it was after revision ``at``; what was born later is not there."""
    return kept(session, (model, municipality_id, at), lambda: _overlay(session, model, municipality_id, at))


def kept(session: Session, key: Key, make: Callable[[], T]) -> T:
    """Return what ``make`` gives of a past state, made once and shared: it must only be read.

    ``key`` says what it is, and of which municipality and revision. Only what the past alone decides may be kept.
    """
    shelf = _shelves.setdefault(session.get_bind().engine.pool, _Shelf())
    found: T | None = shelf.get(key)
    if found is None:
        found = make()
        shelf.put(key, found)
    return found


def forget() -> None:
    """Put away every past table that this process keeps; only memory and time depend on them."""
    _shelves.clear()


def _overlay(session: Session, model: type[M], municipality_id: int, at: int) -> dict[int, M]:
    """Load the present rows apart from the caller's session and lay the old values over them.

    The rows are detached and fully loaded, so values are laid straight into their state: for a hundred thousand cells
    the attribute events that nobody listens to would cost more than everything else.
    """
    mapped: Table = model.__table__  # type: ignore[attr-defined] # every versioned model is mapped to a table
    with Session(session.connection(), join_transaction_mode="rollback_only") as apart:
        statement = select(model).where(model.municipality_id == municipality_id).order_by(model.id)
        table = {row.id: row for row in apart.scalars(statement)}
        changes = _first_changes_after(apart, mapped.name, municipality_id, at)
        apart.expunge_all()
    states = {identity: attributes.instance_dict(row) for identity, row in table.items()}
    touched: set[int] = set()
    for identity, name, old in changes:
        if name == BIRTH:
            table.pop(identity, None)
        elif identity in states:
            states[identity][name] = from_json(mapped.c[name].type, old)
            if name in model.sources:
                touched.add(identity)
    for identity in touched & table.keys():
        states[identity].update(model.derive(states[identity]))
    return table


def _first_changes_after(
    session: Session, entity: str, municipality_id: int, at: int
) -> Sequence[tuple[int, str, Any]]:
    first = (
        select(func.min(Change.id))
        .where(Change.entity == entity, Change.municipality_id == municipality_id, Change.revision_id > at)
        .group_by(Change.entity_id, Change.field)
    )
    found = session.execute(select(Change.entity_id, Change.field, Change.old).where(Change.id.in_(first)))
    return [(identity, name, old) for identity, name, old in found]


def _equals(row: Any, name: str, value: Any) -> bool:
    found = getattr(row, name)
    return found in value if isinstance(value, set | frozenset) else bool(found == value)
