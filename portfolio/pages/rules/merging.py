"""Two people changed the same item: what each of them did, and what neither must lose. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

YOURS, THEIRS = "yours", "theirs"


@dataclass(frozen=True, slots=True)
class Differing:
    """One field that changed since the form was opened: what it was, what the other made of it, what was typed."""

    name: str
    base: Any
    theirs: Any
    yours: Any


@dataclass(frozen=True, slots=True)
class Merged:
    """What to write, and how it came about.

    ``values`` are the cells to write over the present ones; ``conflicts`` changed on both sides and wait for a choice,
    ``only_yours`` and ``only_theirs`` changed on one side.
    """

    values: Mapping[str, Any]
    conflicts: tuple[Differing, ...]
    only_yours: tuple[Differing, ...]
    only_theirs: tuple[Differing, ...]


def merge(
    base: Mapping[str, Any],
    theirs: Mapping[str, Any],
    yours: Mapping[str, Any],
    chosen: Mapping[str, str] | None = None,
) -> Merged:
    """Merge field by field what was typed (``yours``) into what is there now (``theirs``), both begun from ``base``.

    A field that ``base`` does not know is taken as changed on both sides. ``chosen`` tells for a conflict which side is
    to stay: "yours" or "theirs".
    """
    values: dict[str, Any] = {}
    conflicts, only_yours, only_theirs = [], [], []
    for name, typed in yours.items():
        present = theirs[name]
        began = base.get(name, object())
        one = Differing(name, base.get(name), present, typed)
        if typed == present:
            continue
        if present == began:
            values[name] = typed
            only_yours.append(one)
        elif typed == began:
            only_theirs.append(one)
        elif (chosen or {}).get(name) == YOURS:
            values[name] = typed
            only_yours.append(one)
        elif (chosen or {}).get(name) == THEIRS:
            only_theirs.append(one)
        else:
            conflicts.append(one)
    return Merged(values, tuple(conflicts), tuple(only_yours), tuple(only_theirs))
