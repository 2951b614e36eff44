"""The guard of history: versioned tables change through ``write_many`` and in no other way."""

from __future__ import annotations

import re
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

from sqlalchemy import Engine, event

from portfolio.core.database import Base, Versioned

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

OPEN = "portfolio_history_open"
LOG = frozenset({"revision", "change"})

_WRITE = re.compile(
    r"\s*(?:WITH\b.*?\)\s*)?(INSERT(?:\s+OR\s+\w+)?\s+INTO|REPLACE\s+INTO|UPDATE(?:\s+OR\s+\w+)?|DELETE\s+FROM)\s+"
    r"[\"`\[]?(\w+)",
    re.IGNORECASE | re.DOTALL,
)


class HistoryBypassedError(RuntimeError):
    """A statement would have changed a versioned table, or the log itself, beside ``history.write_many``."""


@cache
def versioned_models() -> dict[str, type[Versioned]]:
    """Return every versioned model by its table name; asked only after all rooms' models are imported."""
    return {
        str(mapper.local_table.description): mapper.class_
        for mapper in Base.registry.mappers
        if issubclass(mapper.class_, Versioned)
    }


def guard(engine: Engine) -> None:
    """Watch an engine: raise on any statement that writes a versioned table outside ``write_many``."""
    if not event.contains(engine, "before_cursor_execute", _watch):
        event.listen(engine, "before_cursor_execute", _watch)


@contextmanager
def writing(connection: Connection) -> Iterator[None]:
    """Open the versioned tables to writing on one connection, for ``write_many`` alone."""
    connection.info[OPEN] = True
    try:
        yield
    finally:
        connection.info.pop(OPEN, None)


def _watch(connection: Connection, _cursor: object, statement: str, *_rest: object) -> None:
    found = _WRITE.match(statement)
    if found is None:
        return
    verb, table = found[1].upper(), found[2].lower()
    in_log = table in LOG
    if in_log and not verb.startswith("INSERT"):
        message = f"The history is append-only: {verb} {table}"
        raise HistoryBypassedError(message)
    if (in_log or table in versioned_models()) and not connection.info.get(OPEN):
        message = f"Versioned table written beside history.write_many: {verb} {table}"
        raise HistoryBypassedError(message)
