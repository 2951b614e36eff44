"""Rows that have codes: put together when they name one another by them, and given one when they have none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import count
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from portfolio.core.history import Written
from portfolio.core.language import N_
from portfolio.core.problem import Problem
from portfolio.core.records.cells import chosen_rows
from portfolio.core.records.refusal import refuse
from portfolio.core.records.shape import shape_of
from portfolio.core.records.write import Put, Records
from portfolio.core.rights import Actor, working_in
from portfolio.core.text import slug

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from portfolio.core.database import Owned

NO_SUCH_CODE = N_('There is nothing with the code "%(value)s".')
LONGEST_MADE = 30
LOOP = N_('"%(value)s" would stand below itself.')


def together(*parts: Written) -> Written:
    """Give several writes of one transaction as one."""
    return Written(
        ids=tuple(identity for part in parts for identity in part.ids),
        changed={key: cells for part in parts for key, cells in part.changed.items()},
        revision_id=next((part.revision_id for part in parts if part.revision_id is not None), None),
    )


def with_ids(
    session: Session,
    actor: Actor,
    rows: Mapping[str, Mapping[str, Any]],
    model: type[Owned],
    code_name: str,
    id_name: str,
) -> dict[str, dict[str, Any]]:
    """Replace a code in each row (``unit_code``) by the id of the row that has it (``unit_id``).

    Raises :class:`BatchRefusal` for codes that nothing has.
    """
    wanted = {values[code_name] for values in rows.values() if values.get(code_name)}
    ids = {row["code"]: row["id"] for row in _by_code(session, actor, model, wanted)}
    refuse(
        {
            item: [Problem(NO_SUCH_CODE, {"value": values[code_name]}, id_name)]
            for item, values in enumerate(rows.values())
            if values.get(code_name) and values[code_name] not in ids
        },
        dict(enumerate(rows)),
    )
    return {key: _replaced(values, code_name, id_name, ids) for key, values in rows.items()}


def with_free_code(
    session: Session, actor: Actor, model: type[Owned], values: Mapping[str, Any], name: str
) -> Mapping[str, Any]:
    """Add a code made from the name in a column, or from the table's name without one, unless the values have one."""
    if values.get("code"):
        return values
    wish = slug(str(values.get(name) or ""), LONGEST_MADE) or slug(shape_of(model).table.name)
    columns = shape_of(model).table.c
    mine = select(columns.code).where(columns.municipality_id == working_in(actor), columns.code.startswith(wish))
    used = set(session.scalars(mine))
    return {**values, "code": next(code for code in _wishes(wish) if code not in used)}


def put_tree(
    records: Records,
    session: Session,
    actor: Actor,
    rows: Mapping[str, Mapping[str, Any]],
    scope: Mapping[str, int] | None = None,
    above: tuple[str, str] = ("parent_code", "parent_id"),
) -> Put[str]:
    """Put rows by code, those above before those below; a row names the one above it by code.

    ``scope`` is what the code is unique within, beside the municipality ({"scheme_id": 3}); ``above`` names the cell
    that holds the code of the row above, and the column for its id.
    """
    fixed = dict(scope or {})
    code_name, id_name = above
    ids = _known_above(session, actor, records.model, rows, fixed, code_name)
    waiting, written = dict(rows), [Written()]
    while waiting:
        ready = {key: row for key, row in waiting.items() if row.get(code_name) not in waiting}
        _refuse_loop(waiting, ready, list(rows), id_name)
        _refuse_unknown(ready, ids, list(rows), above)
        level = {(*fixed.values(), key): _replaced(row, code_name, id_name, ids) for key, row in ready.items()}
        put = records.put(session, actor, level, key=(*fixed, "code"))
        written.append(put.written)
        ids.update({str(key[-1]): identity for key, identity in put.ids.items()})
        waiting = {key: row for key, row in waiting.items() if key not in ready}
    return Put({key: ids[key] for key in rows}, together(*written))


def _wishes(wish: str) -> Iterator[str]:
    yield wish
    yield from (f"{wish}-{number}" for number in count(2))


def _replaced(values: Mapping[str, Any], code_name: str, id_name: str, ids: Mapping[str, int]) -> dict[str, Any]:
    kept = {name: value for name, value in values.items() if name != code_name}
    if code_name in values:
        kept[id_name] = ids[values[code_name]] if values[code_name] else None
    return kept


def _known_above(
    session: Session,
    actor: Actor,
    model: type[Owned],
    rows: Mapping[str, Mapping[str, Any]],
    scope: Mapping[str, int],
    code_name: str,
) -> dict[str, int]:
    """Return the ids of the rows above that are named but are not among those put."""
    wanted = {values[code_name] for values in rows.values() if values.get(code_name)} - rows.keys()
    found = _by_code(session, actor, model, wanted, tuple(scope))
    return {row["code"]: row["id"] for row in found if all(row[name] == value for name, value in scope.items())}


def _by_code(
    session: Session, actor: Actor, model: type[Owned], codes: set[str], names: tuple[str, ...] = ()
) -> list[Mapping[str, Any]]:
    rows = chosen_rows(session, model, working_in(actor), "code", sorted(codes), ("code", *names))
    return [row for row in rows if not row["removed"]]


def _refuse_loop(waiting: Mapping[str, Any], ready: Mapping[str, Any], order: list[str], id_name: str) -> None:
    if not ready:
        loop = {order.index(key): [Problem(LOOP, {"value": key}, id_name)] for key in waiting}
        refuse(loop, dict(enumerate(order)))


def _refuse_unknown(
    ready: Mapping[str, Mapping[str, Any]], ids: Mapping[str, int], order: list[str], above: tuple[str, str]
) -> None:
    code_name, id_name = above
    unknown = {
        order.index(key): [Problem(NO_SUCH_CODE, {"value": row[code_name]}, id_name)]
        for key, row in ready.items()
        if row.get(code_name) and row[code_name] not in ids
    }
    refuse(unknown, dict(enumerate(order)))
