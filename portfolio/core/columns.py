"""Column types beyond the plain ones, and how a cell of any type is written as JSON in the history."""

from __future__ import annotations

import datetime as dt
import enum
import json
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect, Enum, Numeric, String, Text, TypeDecorator
from sqlalchemy.types import TypeEngine

from portfolio.core.text import read_whole
from portfolio.core.timespan import Timespan

MONEY = Numeric(14, 2)
LARGEST_INTEGER = 2**31 - 1
"""The largest whole number that every database keeps in a column of whole numbers; ids are no larger."""


@lru_cache(maxsize=50_000)
def _read_timespan(text: str) -> Timespan:
    return Timespan.from_json(json.loads(text))


class TimespanCell(TypeDecorator[Timespan]):
    """A timespan as one cell: its words, interval and precisions as JSON text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Timespan | None, _dialect: Dialect) -> str | None:
        """Write the timespan as JSON with sorted keys, so that equal spans are equal text."""
        return None if value is None else json.dumps(value.to_json(), ensure_ascii=False, sort_keys=True)

    def process_result_value(self, value: str | None, _dialect: Dialect) -> Timespan | None:
        """Read the JSON text back; the same text is the same value, read once."""
        return None if value is None else _read_timespan(value)


class TextSet(TypeDecorator[frozenset[str]]):
    """A set of short codes as one cell: a sorted JSON list."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: frozenset[str] | None, _dialect: Dialect) -> list[str] | None:
        """Write the set as a sorted list."""
        return None if value is None else sorted(value)

    def process_result_value(self, value: list[str] | None, _dialect: Dialect) -> frozenset[str] | None:
        """Read the list as a set."""
        return None if value is None else frozenset(value)


class Moment(TypeDecorator[dt.datetime]):
    """A moment, stored in UTC and read as an aware time in UTC on every database (SQLite keeps no zones)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, _dialect: Dialect) -> dt.datetime | None:
        """Write an aware time in UTC; a time without a zone is refused, for nobody knows which moment it is."""
        if value is not None and value.tzinfo is None:
            message = "a moment needs a time zone"
            raise ValueError(message)
        return None if value is None else value.astimezone(dt.UTC)

    def process_result_value(self, value: dt.datetime | None, _dialect: Dialect) -> dt.datetime | None:
        """Read an aware time in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


def choice(values: type[enum.StrEnum], length: int = 32, name: str | None = None) -> Enum:
    """Make a column type for a closed list, stored by value and checked by the database.

    ``name`` is of its constraint; a table that uses one list twice must tell the two apart.
    """
    return Enum(
        values,
        native_enum=False,
        create_constraint=True,
        length=length,
        values_callable=lambda members: [member.value for member in members],
        name=name or values.__name__.lower(),
    )


def can_be_kept(value: Any) -> bool:
    """Tell whether a database takes a value in a search: a whole number from an address may be beyond its columns."""
    return not isinstance(value, int) or abs(value) <= LARGEST_INTEGER


def read_id(text: str) -> int | None:
    """Read a whole number of an address or a form as the id of a row; None for what no row can have."""
    number = read_whole(text)
    return number if can_be_kept(number) else None


def sort_text(length: int) -> String:
    """Make a column type for sort keys: compared by code point, also where PostgreSQL has another collation."""
    return String(length).with_variant(String(length, collation="C"), "postgresql")


def as_stored(column_type: TypeEngine[Any], value: Any) -> Any:
    """Round a decimal to its column's scale, as the database will, so that the history logs what is stored."""
    if isinstance(value, Decimal) and isinstance(column_type, Numeric) and column_type.scale is not None:
        return value.quantize(Decimal(1).scaleb(-column_type.scale))
    return value


def to_json(value: Any) -> Any:
    """Write one cell as plain JSON; the inverse, knowing the column's type, is :func:`from_json`."""
    if type(value) is str:  # most cells are texts
        return value
    match value:
        case enum.StrEnum():
            return value.value
        case None | bool() | int() | float() | str():
            return value
        case list() | tuple():
            return [to_json(item) for item in value]
        case dict():
            return {key: to_json(item) for key, item in value.items()}
    for kind, write in _WRITERS:
        if isinstance(value, kind):
            return write(value)
    message = f"No JSON form for {type(value).__name__}"
    raise TypeError(message)


def from_json(column_type: TypeEngine[Any], value: Any) -> Any:
    """Read one cell of the history back as the column's own type."""
    if value is None:
        return None
    if isinstance(column_type, TimespanCell):
        return Timespan.from_json(value)
    if isinstance(column_type, TextSet):
        return frozenset(value)
    if isinstance(column_type, Enum) and column_type.enum_class is not None:
        return column_type.enum_class(value)
    read = None if isinstance(column_type, JSON) else _READERS.get(column_type.python_type)
    return value if read is None else read(value)


_WRITERS: tuple[tuple[type | tuple[type, ...], Callable[[Any], Any]], ...] = (
    (Decimal, lambda value: f"{value.normalize():f}"),
    (dt.datetime, lambda value: value.astimezone(dt.UTC).isoformat()),
    (dt.date, dt.date.isoformat),
    (Timespan, Timespan.to_json),
    ((frozenset, set), sorted),
)
_READERS: dict[type, Callable[[Any], Any]] = {
    dt.date: dt.date.fromisoformat,
    dt.datetime: dt.datetime.fromisoformat,
    Decimal: Decimal,
}
