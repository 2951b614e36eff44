"""What is asked of every row before it is written: filled in, not too long, pointing at what exists, not twice."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from portfolio.core.columns import can_be_kept
from portfolio.core.language import N_
from portfolio.core.problem import Problem
from portfolio.core.records.cells import chunks
from portfolio.core.records.shape import Shape, shape_of
from portfolio.core.rights import Actor, working_in

if TYPE_CHECKING:
    from portfolio.core.database import Owned, Versioned

MISSING = N_("Fill this in.")
TOO_LONG = N_("At most %(most)s characters fit here; this has %(length)s.")
TOO_LARGE = N_("The number is too large: at most %(most)s.")
NO_CHOICE = N_('"%(value)s" is not one of the choices.')
GONE = N_("What was chosen here does not exist or has been removed. Choose again.")
IN_USE = N_('"%(value)s" is already in use.')
IN_USE_REMOVED = N_('"%(value)s" belongs to something that has been removed. Restore it, or choose another.')
TWICE = N_('"%(value)s" stands here twice.')


_AWAITED: ContextVar[bool] = ContextVar("rows_to_come", default=False)


@contextmanager
def rows_to_come() -> Iterator[None]:
    """Let ids below zero stand for rows still to be made, while a whole file is only judged.

    Anywhere else such an id comes from a person, and points at nothing.
    """
    token = _AWAITED.set(True)
    try:
        yield
    finally:
        _AWAITED.reset(token)


def is_to_come(identity: int | None) -> bool:
    """Tell whether an id stands for a row that is still to be made; see :func:`rows_to_come`.

    Judges pass it over: what it will be is judged where it is made.
    """
    return identity is not None and identity < 0 and _AWAITED.get()


class Wanted(NamedTuple):
    """One row as it would become.

    ``given`` holds the cells that would change, ``before`` the row as it is (None for a new row), ``after`` the row as
    it would be, as far as its judges asked for columns.
    """

    given: Mapping[str, Any]
    before: Mapping[str, Any] | None
    after: Mapping[str, Any]


Problems: TypeAlias = "dict[int, list[Problem]]"
Judge: TypeAlias = Callable[[Session, Actor, Mapping[int, Wanted]], Problems]
"""Looks at a batch, keyed by the index of a draft or the id of a row, and tells what is wrong with which."""


def name_of(row: Mapping[str, Any], item: int) -> str:
    """Name a row of a batch in a message: by its code, title or name, or else by its place."""
    found = next((row[name] for name in ("code", "title_fi", "name_fi", "title") if row.get(name)), None)
    return str(found) if found else str(item + 1)


def judge_columns(
    model: type[Versioned], wanted: Mapping[int, Wanted], assigned: frozenset[str] = frozenset()
) -> Problems:
    """Tell which required cells are empty, save those that the writer assigns, and which values do not fit."""
    shape = shape_of(model)
    required = shape.required - assigned
    found: Problems = {}
    for item, row in wanted.items():
        asked = required if row.before is None else required.intersection(row.given)
        problems = [Problem(MISSING, place=name) for name in sorted(asked) if row.after.get(name) is None]
        for name, value in row.given.items():
            if value is not None and (problem := _of_cell(shape, name, value)) is not None:
                problems.append(problem)
        if problems:
            found[item] = problems
    return found


def judge_references(session: Session, actor: Actor, model: type[Owned], wanted: Mapping[int, Wanted]) -> Problems:
    """Tell which new references point at nothing, at something removed, or into another municipality."""
    found: Problems = defaultdict(list)
    touched = {name for row in wanted.values() for name in row.given}
    for name, target in shape_of(model).references.items():
        if name not in touched:
            continue
        chosen = {item: row.given[name] for item, row in wanted.items() if row.given.get(name) is not None}
        known = _existing(session, target, working_in(actor), set(chosen.values()))
        for item, identity in chosen.items():
            if identity not in known and not is_to_come(identity):
                found[item].append(Problem(GONE, place=name))
    return dict(found)


def judge_uniqueness(session: Session, actor: Actor, model: type[Versioned], wanted: Mapping[int, Wanted]) -> Problems:
    """Tell which rows would stand twice where the table allows one, within the batch or beside a row there is."""
    found: Problems = defaultdict(list)
    touched = {name for row in wanted.values() for name in row.given}
    for names in shape_of(model).unique:
        own = tuple(name for name in names if name != "municipality_id")
        if touched.isdisjoint(own):
            continue
        mine = frozenset(own)
        keys = {
            item: key
            for item, row in wanted.items()
            if not mine.isdisjoint(row.given) and None not in (key := tuple(row.after.get(name) for name in own))
        }
        if not keys:
            continue
        municipality_id = working_in(actor) if "municipality_id" in names else None
        held = dict(_holders(session, shape_of(model).table, own, municipality_id, set(keys.values())))
        counted = Counter(keys.values())
        for item, key in keys.items():
            holder, removed = held.get(key, (None, False))
            if holder is not None and (wanted[item].before or {}).get("id") != holder:
                found[item].append(Problem(IN_USE_REMOVED if removed else IN_USE, {"value": key[-1]}, own[-1]))
            elif counted[key] > 1:
                found[item].append(Problem(TWICE, {"value": key[-1]}, own[-1]))
    return dict(found)


def _of_cell(shape: Shape, name: str, value: Any) -> Problem | None:
    if isinstance(value, str):
        if len(value) > shape.lengths.get(name, len(value)):
            return Problem(TOO_LONG, {"most": shape.lengths[name], "length": len(value)}, name)
        if name in shape.choices and not isinstance(value, shape.choices[name]):
            return Problem(NO_CHOICE, {"value": value}, name)
    elif isinstance(value, int | Decimal) and name in shape.largest and name not in shape.references:
        number = Decimal(value)
        if not number.is_finite() or abs(number) > shape.largest[name]:
            return Problem(TOO_LARGE, {"most": shape.largest[name]}, name)
    return None


def _existing(session: Session, target: Table, municipality_id: int, ids: set[int]) -> set[int]:
    known: set[int] = set()
    for chunk in chunks(sorted(filter(can_be_kept, ids))):
        statement = select(target.c.id).where(target.c.id.in_(chunk))
        if "municipality_id" in target.c:  # revisions are everybody's
            statement = statement.where(target.c.municipality_id == municipality_id)
        if "removed" in target.c:
            statement = statement.where(target.c.removed.is_(False))
        known.update(session.scalars(statement))
    return known


def _holders(
    session: Session, table: Table, names: Sequence[str], municipality_id: int | None, keys: set[tuple[Any, ...]]
) -> Iterator[tuple[tuple[Any, ...], tuple[int, bool]]]:
    own = [table.c[name] for name in names]
    for chunk in chunks(sorted({key[-1] for key in keys if can_be_kept(key[-1])})):
        statement = select(table.c.id, table.c.removed, *own).where(own[-1].in_(chunk))
        if municipality_id is not None:
            statement = statement.where(table.c.municipality_id == municipality_id)
        for identity, removed, *key in session.execute(statement):
            yield tuple(key), (identity, removed)
