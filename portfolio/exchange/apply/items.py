"""Writing initiatives with their classes, forums, decisions and money."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

from portfolio.budgets.operations import set_budget_cells
from portfolio.budgets.rules import BudgetPart
from portfolio.exchange.apply.batch import Batch, Row
from portfolio.exchange.columns import CATEGORY, MONEY, UNKNOWN, Entity, money_parts
from portfolio.exchange.merge import Outcome
from portfolio.forums.operations import link_decisions, record_decisions, set_handling_forums, unlink_decisions
from portfolio.register.operations import (
    create_initiatives,
    restore_initiatives,
    set_categories,
    update_initiatives,
)


def by_sort(rows: Iterable[Row]) -> Mapping[str, list[Row]]:
    """Sort rows of initiatives by what they change: own cells, classes, forum, decisions, money; in as many as it may.

    Most rows change little, and each is looked at once.
    """
    sorts: dict[str, list[Row]] = {name: [] for name in ("own", "classes", "forum", "decision", "money")}
    for row in rows:
        for sort in {_sort(cell.field) for cell in row.cells if cell.outcome is Outcome.APPLY}:
            sorts[sort].append(row)
    return sorts


def write_initiatives(batch: Batch, rows: list[Row], sorts: Mapping[str, list[Row]]) -> None:
    """Write initiatives: new ones in waves, since one may have been merged into another that is new as well."""
    batch.bring_back(rows, lambda ids: batch.rooms.do(restore_initiatives, ids))
    new = [row for row in rows if batch.is_new(row)]
    for wave in batch.in_order(new):
        created, ids = batch.attempt(
            batch.sound(wave),
            lambda some: batch.rooms.do(create_initiatives, [_draft(batch, row) for row in some]),
        )
        batch.present.ids.update(zip((row.key for row in created), ids or (), strict=True))
    old = batch.sound(row for row in sorts["own"] if not batch.is_new(row) and row.key not in batch.failed)
    _update(batch, old, batch.values, lambda changes: batch.rooms.do(update_initiatives, changes))
    _update(
        batch,
        [row for row in _remaining(batch, sorts["classes"]) if not batch.is_new(row)],
        lambda row: _classes(batch, row),
        lambda changes: batch.rooms.do(set_categories, changes),
    )


def write_handling_forums(batch: Batch, rows: list[Row]) -> None:
    """Write which forum handles each initiative."""

    def forum(row: Row) -> dict[str, Any]:
        changes = row.changes
        return {"forum": batch.id_of(changes["forum"])} if "forum" in changes else {}

    def call(changes: dict[int, dict[str, Any]]) -> object:
        chosen = {identity: values["forum"] for identity, values in changes.items()}
        return batch.rooms.do(set_handling_forums, chosen)

    def find(some: list[Row], item: int) -> Row:
        return [row for row in some if row.changes.get("forum") is not None][item]

    _update(batch, _remaining(batch, rows), forum, call, find)


def write_decisions(batch: Batch, rows: list[Row]) -> None:
    """Write decisions, each found by its reference."""

    def call(some: list[Row]) -> tuple[int, ...]:
        drafts = [{**batch.values(row), "source_key": _reference(batch, row)} for row in some]
        return batch.rooms.do(record_decisions, drafts)

    written, ids = batch.attempt(batch.sound(rows), call)
    for row, identity in zip(written, ids or (), strict=True):
        batch.present.ids.setdefault(row.key, identity)


def write_links(batch: Batch, initiatives: list[Row], decisions: list[Row]) -> None:
    """Write which decisions concern which initiatives, on whichever side of the workbook that stands."""
    added: set[tuple[int, int]] = set()
    ended: set[tuple[int, int]] = set()
    for field, rows in (("decision", initiatives), ("initiatives", decisions)):
        for row in _remaining(batch, rows):
            own = batch.present.ids[row.key]
            for cell in row.cells:
                if cell.field == field and cell.outcome is Outcome.APPLY:
                    before, after = cell.current or frozenset(), cell.result or frozenset()
                    pairs = added, ended
                    for some, others in zip(pairs, (after - before, before - after), strict=True):
                        ids = batch.ids_of(row, others)
                        some |= {(other, own) if field == "decision" else (own, other) for other in ids}
    if added:
        batch.rooms.do(link_decisions, sorted(added))
    if ended:
        batch.rooms.do(unlink_decisions, sorted(ended))


def write_money(batch: Batch, rows: list[Row]) -> None:
    """Write the amounts of each year, part and source; an amount that is unknown makes a line without a figure."""
    some = _remaining(batch, rows)
    cells = {row.key: _money(batch, row) for row in some}

    def call(few: list[Row]) -> object:
        return batch.rooms.do(set_budget_cells, {line: one for row in few for line, one in cells[row.key].items()})

    def find(few: list[Row], item: int) -> Row:
        return [row for row in few for _ in cells[row.key]][item]

    batch.attempt(some, call, find)


def _money(batch: Batch, row: Row) -> dict[tuple[int, int, BudgetPart, int], dict[str, Decimal | None]]:
    found: dict[tuple[int, int, BudgetPart, int], dict[str, Decimal | None]] = defaultdict(dict)
    identity = batch.present.ids[row.key]
    for name, value in row.changes.items():
        if name.startswith(MONEY):
            year, part, source, amount = money_parts(name)
            source_id = batch.present.ids[Entity.SOURCE, source]
            found[identity, year, BudgetPart(part), source_id][amount] = None if value is UNKNOWN else value
    return dict(found)


def _update(
    batch: Batch,
    rows: Iterable[Row],
    values: Callable[[Row], dict[Any, Any]],
    call: Callable[[dict[int, dict[Any, Any]]], object],
    find: Callable[[list[Row], int], Row] | None = None,
) -> None:
    changes = {row.key: found for row in rows if (found := values(row))}
    changing = [row for row in rows if row.key in changes]
    ids = batch.present.ids
    batch.attempt(
        changing,
        lambda some: call({ids[row.key]: changes[row.key] for row in some}),
        find or batch.by_id,
    )


@lru_cache(maxsize=4096)
def _sort(name: str) -> str:
    """Tell what a field of an initiative is."""
    if name.startswith(MONEY):
        return "money"
    if name.startswith(CATEGORY):
        return "classes"
    return name if name in {"forum", "decision"} else "own"


def _remaining(batch: Batch, rows: Iterable[Row]) -> list[Row]:
    return batch.sound(row for row in rows if row.key not in batch.failed and row.key in batch.present.ids)


def _draft(batch: Batch, row: Row) -> dict[str, Any]:
    record = batch.records[row.key]
    draft = {**batch.values(row), "portfolio_id": batch.present.portfolios.get(record.portfolio)}
    if record.source_key and batch.may_key(draft.get("unit_id"), draft.get("owner_post_id")):
        draft["source_key"] = record.source_key
    if classes := _classes(batch, row):
        draft["categories"] = classes
    return draft


def _classes(batch: Batch, row: Row) -> dict[int, frozenset[int]]:
    """Give the classes to set, by scheme."""
    found = {}
    for name, value in row.changes.items():
        if name.startswith(CATEGORY):
            chosen = value if isinstance(value, frozenset) else frozenset(filter(None, (value,)))
            scheme_id = batch.present.ids[Entity.SCHEME, name.removeprefix(CATEGORY)]
            found[scheme_id] = frozenset(batch.present.ids[one] for one in chosen)
    return found


def _reference(batch: Batch, row: Row) -> str:
    """Give the reference by which a decision is known: as it is kept, or as the workbook writes it."""
    kept = batch.present.cells.get(row.key, {}).get("reference")
    return str(kept or batch.told(row, "reference"))
