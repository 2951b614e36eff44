"""Typed cells as JSON and back, for a plan that is kept until a person has checked it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from portfolio.core.timespan import Timespan
from portfolio.exchange.columns.column import Key
from portfolio.exchange.columns.normalise import UNKNOWN, Unknown


@dataclass(frozen=True, slots=True)
class Reference:
    """What a cell refers to: its key, the name by which people know it, and its id; None for a new row of the file."""

    key: Key
    id: int | None
    label: str


def encode(value: Any, ids: Callable[[Key], int | None], label: Callable[[Key], str]) -> Any:
    """Write a typed cell as JSON; a reference keeps the id and the name that its key has now.

    Equal values give equal JSON.
    """
    match value:
        case Unknown():
            return {"unknown": True}
        case None | bool() | int() | str():
            return value
        case Decimal():
            return {"decimal": f"{value.normalize():f}"}
        case dt.date():
            return {"day": value.isoformat()}
        case Timespan():
            return {"time": value.to_json()}
        case tuple():
            return {"to": [*value, ids((value[0], value[1])), label((value[0], value[1]))]}
        case frozenset() | set():
            return {"set": [encode(one, ids, label) for one in sorted(value)]}
    message = f"No JSON form for {type(value).__name__}"
    raise TypeError(message)


def decode(told: Any) -> Any:
    """Read a cell that :func:`encode` wrote; references come as :class:`Reference`."""
    if not isinstance(told, dict):
        return told
    match told:
        case {"decimal": text}:
            return Decimal(text)
        case {"day": text}:
            return dt.date.fromisoformat(text)
        case {"time": span}:
            return Timespan.from_json(span)
        case {"to": [entity, identity, row_id, name]}:
            return Reference((entity, identity), row_id, name)
        case {"set": items}:
            return frozenset(map(decode, items))
        case {"unknown": True}:
            return UNKNOWN
    message = f"Not written by encode: {told}"
    raise ValueError(message)


def references(value: Any) -> Iterator[Reference]:
    """Give the references in a decoded cell."""
    if isinstance(value, Reference):
        yield value
    elif isinstance(value, frozenset):
        yield from (one for one in value if isinstance(one, Reference))


def by_key(value: Any) -> Any:
    """Give a decoded cell as planning knows it: references by their keys alone."""
    if isinstance(value, Reference):
        return value.key
    if isinstance(value, frozenset):
        return frozenset(map(by_key, value))
    return value
