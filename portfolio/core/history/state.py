"""Reading rows now or as they were: the present overlaid with the oldest value after a revision."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import false, func, select

from portfolio.core.collecting import without_collecting
from portfolio.core.columns import can_be_kept, from_json
from portfolio.core.database import Owned
from portfolio.core.history.keeping import kept
from portfolio.core.history.models import BIRTH, Change

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sqlalchemy import ColumnElement, Table
    from sqlalchemy.orm import Session

M = TypeVar("M", bound=Owned)


def rows(
    session: Session,
    model: type[M],
    municipality_id: int,
    at: int | None = None,
    *,
    with_removed: bool = False,
    **equals: Any,
) -> list[M]:
    """Return a municipality's rows of one table in order of id, as they are or as they were after revision ``at``.

    ``equals`` narrows by column values. Rows of the past belong to no session, are shared, and must only be read.
    """
    if at is None:
        statement = select(model).where(model.municipality_id == municipality_id).order_by(model.id)
        for name, value in equals.items():
            statement = statement.where(_holds(getattr(model, name), value))
        if not with_removed:
            statement = statement.where(model.removed.is_(False))
        return list(session.scalars(statement))
    return [
        row
        for row in past(session, model, municipality_id, at).values()
        if (with_removed or not row.removed) and all(_equals(row, name, value) for name, value in equals.items())
    ]


def row(session: Session, model: type[M], municipality_id: int, identity: int, at: int | None) -> M | None:
    """Return one row of a municipality, removed or not, now or after revision ``at``; None when it was not there."""
    if at is not None:
        return past(session, model, municipality_id, at).get(identity)
    found = session.get(model, identity) if can_be_kept(identity) else None
    return found if found is not None and found.municipality_id == municipality_id else None


def past(session: Session, model: type[M], municipality_id: int, at: int) -> dict[int, M]:
    """Return a municipality's whole table by id as it was after revision ``at``; what was born later is not there."""
    return kept(session, (model, municipality_id, at), lambda: _overlay(session, model, municipality_id, at))


def few(
    session: Session,
    model: type[M],
    municipality_id: int,
    at: int | None = None,
    *,
    with_removed: bool = False,
    **equals: Any,
) -> list[M]:
    """Return the rows that columns which never change (``id``, those in ``fixed``) find, as :func:`rows` would.

    For one item's page: it costs as much as the rows found, where ``rows`` reads and keeps the whole past table.
    """
    if at is None:
        return rows(session, model, municipality_id, with_removed=with_removed, **equals)
    if moving := equals.keys() - model.fixed - {"id"}:
        message = f"{model.__name__}: these columns may have been others in the past: {sorted(moving)}"
        raise ValueError(message)
    mapped: Table = model.__table__  # type: ignore[attr-defined] # every versioned model is mapped to a table
    clauses = [_holds(mapped.c[name], value) for name, value in equals.items()]
    found = _overlay(session, model, municipality_id, at, *clauses).values()
    return [row for row in found if with_removed or not row.removed]


def _overlay(
    session: Session, model: type[M], municipality_id: int, at: int, *clauses: ColumnElement[bool]
) -> dict[int, M]:
    """Read the present rows, all or those of some clauses, and lay the old values over them."""
    mapped: Table = model.__table__  # type: ignore[attr-defined] # every versioned model is mapped to a table
    with without_collecting():
        present = session.execute(
            select(mapped).where(mapped.c.municipality_id == municipality_id, *clauses).order_by(mapped.c.id)
        )
        names = tuple(present.keys())
        cells = {values[0]: dict(zip(names, values, strict=True)) for values in present}
        touched: dict[int, set[str]] = {}
        for identity, name, old in _first_changes_after(
            session, mapped.name, municipality_id, at, cells if clauses else None
        ):
            if name == BIRTH:
                cells.pop(identity, None)
            elif identity in cells:
                cells[identity][name] = from_json(mapped.c[name].type, old)
                if name in model.sources:
                    touched.setdefault(identity, set()).add(name)
        for identity in touched.keys() & cells.keys():
            cells[identity].update(model.derive(cells[identity], touched[identity]))
        return {identity: _plain(model, values) for identity, values in cells.items()}


def _plain(model: type[M], values: dict[str, Any]) -> M:
    """Make an object of a model that only holds values: it belongs to no session, and setting anything on it fails.

    Reading a mapped attribute asks for nothing but the value; the state that SQLAlchemy keeps beside it, and that
    costs as much as all the rest when ten thousand rows are read, is for objects that live in a session.
    """
    plain = model.__new__(model)
    plain.__dict__.update(values)
    return plain


def _first_changes_after(
    session: Session, entity: str, municipality_id: int, at: int, ids: Collection[int] | None
) -> Sequence[tuple[int, str, Any]]:
    first = (
        select(func.min(Change.id))
        .where(Change.entity == entity, Change.municipality_id == municipality_id, Change.revision_id > at)
        .group_by(Change.entity_id, Change.field)
    )
    if ids is not None:
        first = first.where(Change.entity_id.in_(ids))
    found = session.execute(select(Change.entity_id, Change.field, Change.old).where(Change.id.in_(first)))
    return [(identity, name, old) for identity, name, old in found]


def _holds(column: Any, value: Any) -> ColumnElement[bool]:
    """Say in SQL that a column holds a value, or one of a set; values beyond every column are held by none."""
    if isinstance(value, set | frozenset):
        found: ColumnElement[bool] = column.in_([one for one in value if can_be_kept(one)])
        return found
    held: ColumnElement[bool] = column == value
    return held if can_be_kept(value) else false()


def _equals(row: Any, name: str, value: Any) -> bool:
    found = getattr(row, name)
    return found in value if isinstance(value, set | frozenset) else bool(found == value)
