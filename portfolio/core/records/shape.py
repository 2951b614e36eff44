"""What a model's table says about the rows that people write in it."""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import Boolean, Column, Enum, Integer, Numeric, String, Table, Text, UniqueConstraint, inspect

from portfolio.core.columns import LARGEST_INTEGER, TextSet

if TYPE_CHECKING:
    from portfolio.core.database import Versioned

LONGEST_TEXT = 20_000
"""How many characters a column without a length of its own takes."""

SYSTEM = frozenset({"id", "version", "removed", "municipality_id"})


@dataclass(frozen=True, slots=True)
class Shape:
    """A table's own columns (neither system nor derived), their defaults, and what must hold for their values.

    ``lengths`` is of the texts, ``lines`` names those that may have several lines, ``sets`` those that hold codes.
    ``choices`` is of the closed lists, ``largest`` of the numbers. ``unique`` holds the sets of columns that together
    stand only once. ``written`` are the columns that people write, and whether a row is removed.
    """

    table: Table
    own: frozenset[str]
    defaults: Mapping[str, Any]
    required: frozenset[str]
    lengths: Mapping[str, int]
    lines: frozenset[str]
    sets: frozenset[str]
    choices: Mapping[str, type[enum.StrEnum]]
    largest: Mapping[str, Decimal]
    references: Mapping[str, Table]
    unique: tuple[tuple[str, ...], ...]
    written: frozenset[str]


_shapes: dict[type[Versioned], Shape] = {}


def shape_of(model: type[Versioned]) -> Shape:
    """Return the shape of a model's table, read once."""
    if model not in _shapes:
        _shapes[model] = _read(model)
    return _shapes[model]


def _read(model: type[Versioned]) -> Shape:
    table = cast("Table", inspect(model).local_table)
    own = [column for column in table.c if column.name not in SYSTEM | model.derived]
    texts = {
        column.name: column.type
        for column in own
        if isinstance(column.type, String) and not isinstance(column.type, Enum)
    }
    unique = (one for one in table.constraints if isinstance(one, UniqueConstraint))
    return Shape(
        table=table,
        own=frozenset(column.name for column in own),
        defaults={column.name: _default(column.default) for column in own},
        required=frozenset(column.name for column in own if not column.nullable),
        lengths={name: kind.length or LONGEST_TEXT for name, kind in texts.items()},
        lines=frozenset(name for name, kind in texts.items() if isinstance(kind, Text)),
        sets=frozenset(column.name for column in own if isinstance(column.type, TextSet)),
        choices={column.name: _choices(column.type) for column in own if isinstance(column.type, Enum)},
        largest=_largest(own),
        references={column.name: key.column.table for column in own for key in column.foreign_keys},
        written=frozenset(column.name for column in own) | {"removed"},
        unique=tuple(sorted(tuple(column.name for column in one.columns) for one in unique)),
    )


def _default(default: Any) -> Any:
    return default.arg if default is not None and default.is_scalar else None


def _choices(kind: Any) -> type[enum.StrEnum]:
    return cast("type[enum.StrEnum]", kind.enum_class)


def _largest(columns: Sequence[Column[Any]]) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for column in columns:
        kind = column.type
        if isinstance(kind, Integer) and not isinstance(kind, Boolean):
            found[column.name] = Decimal(LARGEST_INTEGER)
        elif isinstance(kind, Numeric) and kind.precision is not None:
            found[column.name] = Decimal(10) ** (kind.precision - (kind.scale or 0)) - 1
    return found
