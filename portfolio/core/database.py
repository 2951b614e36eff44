"""The base of all models, and the engines: SQLite in one file, or PostgreSQL."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from sqlalchemy import Connection, Engine, ForeignKey, MetaData, create_engine, event, make_url
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from portfolio.core import columns
from portfolio.core.timespan import Timespan

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

IMMEDIATE = "portfolio_immediate"


class Base(DeclarativeBase):
    """All tables of the system, with one convention for the names of constraints and indexes."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {Timespan: columns.TimespanCell()}


class Versioned:
    """A row that history follows: never deleted, counted up at each change, written only by ``history.write_many``.

    ``fixed`` names columns that keep their first value for ever. ``derived`` names columns that are computed from the
    ``sources`` (sort keys, search text, first and last day) and therefore stay out of the history.
    """

    fixed: ClassVar[frozenset[str]] = frozenset()
    derived: ClassVar[frozenset[str]] = frozenset()
    sources: ClassVar[frozenset[str]] = frozenset()

    id: Mapped[int] = mapped_column(primary_key=True, sort_order=-10)
    version: Mapped[int] = mapped_column(default=1, sort_order=-9)
    removed: Mapped[bool] = mapped_column(default=False, sort_order=-8)

    @classmethod
    def derive(cls, _row: Mapping[str, Any], _changed: AbstractSet[str] | None = None) -> dict[str, Any]:
        """Compute the derived columns of one row, at least those that the changed columns bear upon.

        ``_row`` holds at least the sources; ``_changed`` None means all.
        """
        return {}


class Owned(Versioned):
    """A versioned row that belongs to one municipality."""

    fixed: ClassVar[frozenset[str]] = frozenset({"municipality_id"})

    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True, sort_order=-7)


def make_engine(url: str) -> Engine:
    """Make an engine whose transactions are durable and checked.

    SQLite: write-ahead log, synchronous FULL, foreign keys on; a transaction begins as IMMEDIATE when the engine
    or connection carries the option of :func:`for_writing` (``reference/history-and-durability.md`` §2).
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        engine = create_engine(parsed, connect_args={"timeout": 15, "check_same_thread": False})
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    return create_engine(parsed, pool_pre_ping=True)


def for_writing(engine: Engine) -> Engine:
    """Return the engine for transactions that will write: on SQLite they take the write lock when they begin."""
    return engine.execution_options(**{IMMEDIATE: True})


def open_session(engine: Engine, *, write: bool) -> Session:
    """Open a session for reading, or for one transaction that may write."""
    return Session(for_writing(engine) if write else engine, expire_on_commit=False)


def is_sqlite(session: Session) -> bool:
    """Tell whether the session speaks to SQLite."""
    return session.get_bind().dialect.name == "sqlite"


def may_write(connection: Connection) -> bool:
    """Tell whether a transaction on this connection has the write lock, or needs none (PostgreSQL)."""
    return connection.dialect.name != "sqlite" or bool(connection.get_execution_options().get(IMMEDIATE))


def _prepare_sqlite(dbapi_connection: Any, _record: object) -> None:
    # The driver must not begin transactions by itself, or "begin" below comes too late.
    dbapi_connection.isolation_level = None
    cursor = dbapi_connection.cursor()
    for pragma in (
        *("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=15000"),
        "temp_store=MEMORY",  # what a savepoint keeps, and what is sorted, would go into files that nobody needs
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    immediate = connection.get_execution_options().get(IMMEDIATE)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")
