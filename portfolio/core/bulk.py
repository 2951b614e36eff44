"""One statement for many rows, compiled once and handed to the driver with bare values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import Insert, Update

if TYPE_CHECKING:
    from sqlalchemy import Connection
    from sqlalchemy.types import TypeEngine


def execute_many(
    connection: Connection,
    statement: Insert | Update,
    types: Mapping[str, TypeEngine[Any]],
    rows: Iterable[Sequence[Any]],
) -> None:
    """Execute a statement for each of the rows; a row holds a value for each parameter, in the order of ``types``.

    The same as ``connection.execute(statement, […])`` without its work for each row, which takes longer than the
    database's own. Every value is written as its column's type says.
    """
    dialect = connection.dialect
    compiled = statement.compile(dialect=dialect, column_keys=list(types))
    names = list(types)
    wanted = names if compiled.positiontup is None else compiled.positiontup
    columns = list(zip(*rows, strict=True))  # by columns, for most of them need no work
    if not columns:
        return
    for place, name in enumerate(names):
        write = types[name].dialect_impl(dialect).bind_processor(dialect)
        if write is not None:
            columns[place] = tuple(map(write, columns[place]))
    tuples = list(zip(*(columns[names.index(name)] for name in wanted), strict=True))
    parameters = tuples if compiled.positiontup is not None else [dict(zip(wanted, one, strict=True)) for one in tuples]
    connection.exec_driver_sql(str(compiled), parameters)
