"""Writing what belongs to initiatives in rows of their own: milestones, deadlines, dependencies, indicators, links."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from types import MappingProxyType
from typing import Any

from portfolio.exchange.apply.batch import Batch, Row
from portfolio.exchange.columns import VALUE, Entity
from portfolio.register.models import (
    Dependency,
    DocumentLink,
    Indicator,
    IndicatorValue,
    Milestone,
    RecurringDeadline,
)
from portfolio.register.operations import (
    Part,
    add_parts,
    remove_initiatives,
    remove_parts,
    restore_parts,
    update_parts,
)

PARTS: MappingProxyType[Entity, Part] = MappingProxyType(
    {
        Entity.MILESTONE: Milestone,
        Entity.RECURRING_DEADLINE: RecurringDeadline,
        Entity.DEPENDENCY: Dependency,
        Entity.INDICATOR: Indicator,
        Entity.DOCUMENT_LINK: DocumentLink,
    }
)


def write_parts(batch: Batch, entity: Entity, rows: list[Row]) -> None:
    """Write one kind of parts."""
    model = PARTS[entity]
    sound = batch.sound(rows)
    created, ids = batch.attempt(
        [row for row in sound if batch.is_new(row)],
        lambda some: batch.rooms.do(add_parts, model, [_draft(batch, entity, row) for row in some]),
    )
    batch.present.ids.update(zip((row.key for row in created), ids or (), strict=True))
    batch.bring_back(sound, lambda ids: batch.rooms.do(restore_parts, model, ids))
    old = [row for row in sound if not batch.is_new(row) and row.key not in batch.failed]
    changes = {row.key: values for row in old if (values := batch.values(row))}
    batch.attempt(
        [row for row in old if row.key in changes],
        lambda some: batch.rooms.do(
            update_parts, model, {batch.present.ids[row.key]: changes[row.key] for row in some}
        ),
        batch.by_id,
    )
    if entity is Entity.INDICATOR:
        _write_values(batch, sound)


def remove_rows(batch: Batch, entity: Entity, rows: list[Row]) -> None:
    """Remove rows of one kind, as the action column of the workbook asks."""
    ids = batch.present.ids

    def remove(some: list[Row]) -> object:
        if entity is Entity.INITIATIVE:
            return batch.rooms.do(remove_initiatives, [ids[row.key] for row in some])
        return batch.rooms.do(remove_parts, PARTS[entity], [ids[row.key] for row in some])

    batch.attempt([row for row in rows if row.key in ids], remove, batch.by_id)


def _write_values(batch: Batch, rows: list[Row]) -> None:
    """Write the values of indicators, a year's value being a number or words."""
    for row in rows:
        drafts = [_value(batch, row, name, value) for name, value in row.changes.items() if name.startswith(VALUE)]
        if drafts and row.key not in batch.failed:
            add = partial(batch.rooms.do, add_parts, IndicatorValue, drafts)
            batch.attempt([row], lambda _some, add=add: add(), lambda some, _item: some[0])  # type: ignore[misc] # of this row


def _value(batch: Batch, row: Row, name: str, value: Any) -> dict[str, Any]:
    is_number = isinstance(value, Decimal)
    return {
        "indicator_id": batch.present.ids[row.key],
        "year": int(name.removeprefix(VALUE)),
        "number": value if is_number else None,
        "words": None if is_number else value,
    }


def _draft(batch: Batch, entity: Entity, row: Row) -> dict[str, Any]:
    record = batch.records[row.key]
    draft = batch.values(row)
    if entity is not Entity.DEPENDENCY:
        draft["source_key"] = record.source_key or None
    if entity is Entity.RECURRING_DEADLINE and "initiative_id" not in draft:
        draft["portfolio_id"] = batch.present.portfolios.get(record.portfolio)
    return draft
