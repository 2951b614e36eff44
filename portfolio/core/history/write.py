"""Writing versioned rows: the one place where they change, in bulk, with every cell logged."""

from __future__ import annotations

from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from sqlalchemy import bindparam, insert, literal_column, select, text, update

from portfolio.core.bulk import execute_many
from portfolio.core.columns import as_stored, to_json
from portfolio.core.database import Versioned, is_sqlite, may_write
from portfolio.core.history.guard import writing
from portfolio.core.history.models import BIRTH, Change, Revision

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from sqlalchemy import Connection, Table
    from sqlalchemy.orm import Session, SessionTransaction

    from portfolio.core.rights import Actor

LOCK = 7_203_411
"""The advisory lock on PostgreSQL that makes the order of revisions the order of commits."""

CHUNK = 900
Cells: TypeAlias = "dict[int, dict[str, tuple[Any, Any]]]"
SYSTEM_COLUMNS = frozenset({"id", "version"})
KEYS = frozenset({"id", "version", "municipality_id"})


class Update(NamedTuple):
    """New values for some cells of one row; ``expected_version`` refuses a row that changed since it was read.

    ``before`` is the row as it was read after :func:`take_turn` in this very transaction, and is not read again; only
    for whoever has just read it so. It holds at least what :func:`read_with` names.
    """

    model: type[Versioned]
    id: int
    values: Mapping[str, Any]
    expected_version: int | None = None
    before: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Insert:
    """A new row; columns left out take their defaults."""

    model: type[Versioned]
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: ids of new rows in the order asked, and the cells that really changed."""

    ids: tuple[int, ...] = ()
    changed: Mapping[tuple[type[Versioned], int], Mapping[str, tuple[Any, Any]]] = field(default_factory=dict)
    revision_id: int | None = None


class StaleError(Exception):
    """Rows were changed by someone else after they were read: nothing was written."""

    def __init__(self, rows: Sequence[tuple[type[Versioned], int]]) -> None:
        """Name the rows that had another version than expected."""
        super().__init__(f"{len(rows)} rows have changed meanwhile")
        self.rows = tuple(rows)


def write_many(
    session: Session, actor: Actor, *, updates: Sequence[Update] = (), inserts: Sequence[Insert] = ()
) -> Written:
    """Write cells and new rows of versioned tables in one revision; what is equal to the present is not written.

    The revision is taken first (which waits for other writers), then rows are read and compared, so no writer can
    slip in between. Raises :class:`StaleError` before anything is written.
    """
    if not updates and not inserts:
        return Written()
    session.flush()
    revision = take_revision(session, actor)
    changed: dict[tuple[type[Versioned], int], dict[str, tuple[Any, Any]]] = {}
    by_model: dict[type[Versioned], list[Update]] = defaultdict(list)
    for wanted in updates:
        by_model[wanted.model].append(wanted)
    with writing(session.connection()):
        plans = [_compare(session, model, wanted) for model, wanted in by_model.items()]
        if stale := [row for plan in plans for row in plan.stale]:
            raise StaleError(stale)
        for plan in plans:
            _write_cells(session, revision, plan)
            changed.update({(plan.model, identity): change for identity, change in plan.cells.items()})
        ids = _write_births(session, revision, inserts)
    return Written(ids, changed, revision.id)


def read_with(model: type[Versioned], names: Collection[str]) -> frozenset[str]:
    """Name the columns that must be read of a row beside those that would change."""
    own = KEYS & set(_table(model).c.keys())
    return own | model.sources if not model.sources.isdisjoint(names) else own


def take_turn(session: Session) -> None:
    """Wait until no other transaction writes history; until this one ends, what it reads of versioned rows stays true.

    Operations that decide by what they read call this first. It writes nothing, so nothing is left when they refuse.
    """
    if not may_write(session.connection()):
        message = "A transaction that writes history on SQLite must be opened with write=True"
        raise RuntimeError(message)
    if not is_sqlite(session):
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})


@contextmanager
def tentative(session: Session) -> Iterator[SessionTransaction]:
    """Open a savepoint: rolled back, it takes back what was written since, and the revision if that was made since."""
    session.flush()
    taken = session.info.get("revision")
    with session.begin_nested() as attempt:
        yield attempt
        given_up = not attempt.is_active
    if given_up:
        session.info["revision"] = taken


def take_revision(session: Session, actor: Actor) -> Revision:
    """Return this transaction's revision, made and signed by the actor at the first call.

    It is dated when the actor acts, but never before the one that precedes it: who acted a moment earlier may have
    waited for the other's turn to end.
    """
    if (held := held_revision(session)) is not None:
        return held
    take_turn(session)
    kind, identity = actor.reason or (None, None)
    last = session.scalar(select(Revision.at).order_by(Revision.id.desc()).limit(1))
    revision = Revision(
        at=actor.at if last is None else max(actor.at, last),
        user_id=actor.user_id,
        source=actor.source,
        source_ref=actor.source_ref,
        reason_kind=kind,
        reason_id=identity,
        note=actor.note,
    )
    with writing(session.connection()):
        session.add(revision)
        session.flush()
    session.info["revision"] = (session.get_transaction(), revision)
    return revision


def held_revision(session: Session) -> Revision | None:
    """Return the revision that this transaction has taken, None where it has written nothing."""
    held: tuple[object, Revision] | None = session.info.get("revision")
    return held[1] if held is not None and held[0] is session.get_transaction() else None


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is to happen to one table: its rows as read, the cells that differ, the rows that are stale."""

    model: type[Versioned]
    rows: Mapping[int, Mapping[str, Any]]
    cells: Cells
    stale: Sequence[tuple[type[Versioned], int]]


def _compare(session: Session, model: type[Versioned], wanted: Iterable[Update]) -> _Plan:
    merged: dict[int, dict[str, Any]] = defaultdict(dict)
    expected: dict[int, int] = {}
    known: dict[int, Mapping[str, Any]] = {}
    for one in wanted:
        merged[one.id].update(one.values)
        if one.expected_version is not None:
            expected[one.id] = one.expected_version
        if one.before is not None:
            known[one.id] = one.before
    table = _table(model)
    rows = known if len(known) == len(merged) else _read(session, model, merged)
    stale = [(model, identity) for identity, version in expected.items() if rows[identity]["version"] != version]
    cells: Cells = {}
    closed = model.fixed | model.derived | SYSTEM_COLUMNS
    types = {name: column.type for name, column in table.c.items()}
    for identity, values in merged.items():
        row = rows[identity]
        differs = {
            name: (row[name], new)
            for name, value in values.items()
            if row[name] != (new := as_stored(types[name], value))
        }
        if not closed.isdisjoint(differs):
            message = f"{model.__name__}: these columns cannot be written: {sorted(closed.intersection(differs))}"
            raise ValueError(message)
        if differs:
            cells[identity] = differs
    return _Plan(model, rows, cells, stale)


def _read(
    session: Session, model: type[Versioned], wanted: Mapping[int, Mapping[str, Any]]
) -> dict[int, dict[str, Any]]:
    """Read of each row what is to be written, and what the derived columns need if one of their sources is."""
    table, ids = _table(model), list(wanted)
    written = {name for values in wanted.values() for name in values}
    names = sorted(written | read_with(model, written))
    columns, place = [table.c[name] for name in names], names.index("id")
    rows: dict[int, dict[str, Any]] = {}
    for first in range(0, len(ids), CHUNK):
        chunk = ids[first : first + CHUNK]
        found = session.connection().execute(select(*columns).where(table.c.id.in_(chunk))).all()
        rows.update({row[place]: dict(zip(names, row, strict=True)) for row in found})
    if missing := [identity for identity in ids if identity not in rows]:
        message = f"{table.name}: no rows with ids {missing[:5]}"
        raise LookupError(message)
    return rows


def _write_cells(session: Session, revision: Revision, plan: _Plan) -> None:
    model, table = plan.model, _table(plan.model)
    sources, tenant_name = model.sources, "municipality_id" if "municipality_id" in table.c else "id"
    entity, revision_id = str(table.name), revision.id
    by_fields: dict[tuple[str, ...], list[tuple[Any, ...]]] = defaultdict(list)
    log: list[tuple[Any, ...]] = []
    for identity, differs in plan.cells.items():
        row = plan.rows[identity]
        new = {name: pair[1] for name, pair in differs.items()}
        if not sources.isdisjoint(new):
            new |= model.derive({**row, **new}, differs.keys())
        by_fields[tuple(new)].append((identity, *new.values()))
        tenant = row[tenant_name]
        for name, (old, fresh) in differs.items():
            log.append((revision_id, tenant, entity, identity, name, to_json(old), to_json(fresh)))
    connection = session.connection()
    for names, rows in by_fields.items():
        _update_many(connection, table, names, rows)
    execute_many(connection, insert(_CHANGES), _LOG, log)
    _expire(session, model, plan.cells)


def _update_many(connection: Connection, table: Table, names: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """Write the same columns of many rows, each row (id, values in the order of the columns)."""
    types = {"_id": table.c.id.type, **{f"_{name}": table.c[name].type for name in names}}
    values: dict[str, Any] = {name: bindparam(f"_{name}", type_=table.c[name].type) for name in names}
    values["version"] = literal_column("version + 1")
    execute_many(connection, update(table).where(table.c.id == bindparam("_id")).values(**values), types, rows)


def _write_births(session: Session, revision: Revision, inserts: Sequence[Insert]) -> tuple[int, ...]:
    ids: dict[int, int] = {}
    by_model: dict[type[Versioned], list[int]] = defaultdict(list)
    for index, birth in enumerate(inserts):
        by_model[birth.model].append(index)
    for model, indexes in by_model.items():
        table = _table(model)
        rows = [_whole_row(model, table, inserts[index].values) for index in indexes]
        returning = insert(table).returning(table.c.id, sort_by_parameter_order=True)
        new_ids = [row.id for row in session.connection().execute(returning, rows)]
        log = [
            (revision.id, row.get("municipality_id", new), str(table.name), new, BIRTH, None, _born(model, row))
            for new, row in zip(new_ids, rows, strict=True)
        ]
        execute_many(session.connection(), insert(_CHANGES), _LOG, log)
        ids.update(zip(indexes, new_ids, strict=True))
    return tuple(ids[index] for index in range(len(inserts)))


def _whole_row(model: type[Versioned], table: Table, values: Mapping[str, Any]) -> dict[str, Any]:
    if unknown := values.keys() - table.c.keys():
        message = f"{model.__name__} has no columns {sorted(unknown)}"
        raise ValueError(message)
    row = {
        column.name: as_stored(column.type, values.get(column.name, _default(column.default)))
        for column in table.c
        if column.name != "id" and column.name not in model.derived
    }
    row["version"] = 1
    return {**row, **model.derive(row)}


def _default(default: Any) -> Any:
    return default.arg if default is not None and default.is_scalar else None


def _born(model: type[Versioned], row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: to_json(value) for name, value in row.items() if name not in model.derived and name != "version"}


def _expire(session: Session, model: type[Versioned], cells: Cells) -> None:
    loaded = [one for one in session.identity_map.values() if type(one) is model and one.id in cells]
    for one in loaded:
        session.expire(one)


def _table(model: type[Any]) -> Table:
    table: Table = model.__table__
    return table


_CHANGES = _table(Change)
_LOG = {
    name: _CHANGES.c[name].type
    for name in ("revision_id", "municipality_id", "entity", "entity_id", "field", "old", "new")
}
"""What a change is logged with, in the order in which rows of the log are made."""
