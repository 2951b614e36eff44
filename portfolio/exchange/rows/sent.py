"""Rows of an export that come back: each is found by its id, and a cell that stands as written keeps its value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from portfolio.core.problem import Place, Problem
from portfolio.core.text import read_whole
from portfolio.exchange.columns import Entity, Key, as_text
from portfolio.exchange.rows.model import Fault, RawCell, RawRow, ReadCell, Record, Sent
from portfolio.exchange.rows.shifted import NamedRow, alarm, shifted_rows


def find_sent(sent: Sent, row: RawRow) -> tuple[Key, int | None] | Fault:
    """Find the item of a row by its id, with the version beside it; a fault when either cannot be right."""
    text = as_text(row.token.value, "en").strip() if row.token else ""
    key = sent.tokens.key(text, row.profile.entity)
    if isinstance(key, Problem):
        return _fault(key, row, row.token)
    version = read_whole(as_text(row.version.value, "en")) if row.version else None
    doubt = None if version is None else sent.tokens.doubt(key, version)
    return _fault(doubt, row, row.version) if doubt else (key, version)


def base_of(sent: Sent | None, row: RawRow, record: Record | None) -> Mapping[str, Any] | None:
    """Give a row as it was when we wrote it, None for one that we did not write; a row of money is told by its item."""
    if sent is None or record is None or row.token is None:
        return None
    base = sent.base(record.key)
    return {**base, "initiative": record.key} if row.profile.entity is Entity.BUDGET else base


def settled(
    sent: Sent, row: RawRow, name: str, cell: RawCell, base: Mapping[str, Any], value: Any, unit: str | None
) -> Any:
    """Give the value that was exported where the cell stands as the export wrote it, else the ``value`` read."""
    was = base.get(name)
    if cell.column is None or value == was:
        return value
    return was if sent.says(row.profile, name, cell.value, base, unit) else value


def settled_lines(
    sent: Sent, row: RawRow, cells: Mapping[str, ReadCell], base: Mapping[str, Any]
) -> dict[str, ReadCell]:
    """Give the amounts of a line, of which a blank written for an unknown amount is still unknown."""
    return {
        name: replace(cell, value=base.get(name))
        if cell.value is None and sent.says(row.profile, name, cell.raw, base, None)
        else cell
        for name, cell in cells.items()
    }


def sorted_without_ids(sent: Sent, records: Mapping[Key, Record]) -> Fault | None:
    """Give what stops a file of which rows bear the titles of others; of which table they are makes no difference."""
    named = {key: one for key, record in records.items() if (one := _named(sent, record)) is not None}
    strange = shifted_rows(list(named.values()))
    problem = alarm(strange)
    if problem is None:
        return None
    return Fault(replace(problem, place=Place(*records[strange[0].key].rows[0])))


def _named(sent: Sent, record: Record) -> NamedRow | None:
    """Give what a row calls itself beside what it was called; a milestone's title is one below its item."""
    base = sent.base(record.key)
    name = next((one for one in ("title_fi", "name_fi") if one in record.cells and one in base), None)
    text = record.cells[name].value if name else None
    if name is None or not isinstance(text, str):
        return None
    was = base.get("initiative", "")
    owner = record.cells["initiative"].value if "initiative" in record.cells else was
    key, row = record.key, record.cells[name].row
    return NamedRow(row, key, "", f"{key[0]} {owner} {text}", "", f"{key[0]} {was} {base[name]}")


def _fault(problem: Problem, row: RawRow, cell: RawCell | None) -> Fault:
    place = row.sheet.place(cell.row, cell.column) if cell else row.sheet.place(row.row)
    return Fault(replace(problem, place=place), cell.value if cell else "", (row.sheet.name, row.row))
