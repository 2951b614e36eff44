"""Reading rows as they are at the moment of writing, and tidying the values that would be written."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from portfolio.core.columns import can_be_kept
from portfolio.core.records.shape import Shape, shape_of

if TYPE_CHECKING:
    from portfolio.core.database import Owned, Versioned

CHUNK = 900

_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_LINE_END = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_UNTIDY = re.compile(r"[^\S ]|  | $|^ |[\x00-\x1f\x7f\ud800-\udfff]")
"""What any text must be tidied for: blanks that are no single spaces between words, and control characters."""
_TRAILING = re.compile(r"[^\S\n]+(?=\n|$)")

T = TypeVar("T")


def tidied(model: type[Versioned], values: Mapping[str, Any]) -> dict[str, Any]:
    """Give values as they would be stored: texts stripped, line ends made one kind, empty texts None, codes as choices.

    Raises ValueError for a name that is no column: that is an error of the program, not of a person.
    """
    shape = shape_of(model)
    if not shape.written.issuperset(values):
        unknown = values.keys() - shape.written
        message = f"{model.__name__} has no columns {sorted(unknown)}"
        raise ValueError(message)
    return {name: _tidied_cell(shape, name, value) for name, value in values.items()}


def fresh_rows(
    session: Session, model: type[Owned], municipality_id: int, ids: Collection[int], names: Collection[str] = ()
) -> dict[int, Mapping[str, Any]]:
    """Read a municipality's rows by id, removed ones too, past whatever the session holds; all columns, or those named.

    ``id``, ``version`` and ``removed`` always come along.
    """
    return {row["id"]: row for row in chosen_rows(session, model, municipality_id, "id", ids, names)}


def chosen_rows(
    session: Session,
    model: type[Owned],
    municipality_id: int,
    column: str,
    values: Collection[Any],
    names: Collection[str] = (),
) -> list[Mapping[str, Any]]:
    """Read a municipality's rows that hold one of the values in a column, removed ones too; see :func:`fresh_rows`."""
    table = shape_of(model).table
    chosen = [table.c[name] for name in sorted({"id", "version", "removed", column, *names})] if names else [table]
    found: list[Mapping[str, Any]] = []
    connection = session.connection()
    for chunk in chunks([value for value in values if can_be_kept(value)]):
        statement = select(*chosen).where(table.c.municipality_id == municipality_id, table.c[column].in_(chunk))
        result = connection.execute(statement)
        keys = tuple(result.keys())
        found.extend([dict(zip(keys, row, strict=False)) for row in result.all()])
    return found


def changed_cells(before: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """Keep the values that differ from the row as it is."""
    return {name: value for name, value in values.items() if before[name] != value}


def chunks(items: Sequence[T]) -> Iterator[list[T]]:
    """Cut a list so that no statement has more parameters than a database takes."""
    walk = iter(items)
    while chunk := list(islice(walk, CHUNK)):
        yield chunk


def _tidied_cell(shape: Shape, name: str, value: Any) -> Any:
    if isinstance(value, str) and name in shape.lengths:
        return _tidy(value, lines=name in shape.lines)
    if isinstance(value, str) and name in shape.choices:
        return next((one for one in shape.choices[name] if one == value), value)
    if name in shape.sets and isinstance(value, set | list | tuple):
        return frozenset(value)
    return value


def _tidy(text: str, *, lines: bool) -> str | None:
    if _UNTIDY.search(text) is None:
        return text or None
    if not lines:
        return _CONTROLS.sub("", " ".join(text.split())) or None
    return _CONTROLS.sub("", _TRAILING.sub("", _LINE_END.sub("\n", text))).strip() or None
