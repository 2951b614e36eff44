"""Rows of a workbook as JSON and back, so that no page opens a file: only the job that reads it does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from portfolio.files.cells import CellValue, Merged, Sheet, Workbook

MOST_ROWS = 2000
MOST_CELLS = 200_000


def to_extract(workbook: Workbook) -> dict[str, Any]:
    """Give the first rows of each sheet as plain values; ``rows`` beside them is how many rows the sheet has."""
    left = MOST_CELLS
    sheets = []
    for sheet in workbook.sheets:
        most = min(MOST_ROWS, left // max(sheet.width, 1))
        left -= min(most, len(sheet.rows)) * sheet.width
        sheets.append(_from_sheet(sheet, most))
    return {"name": workbook.name, "sheets": sheets}


def rows_extract(workbook: Workbook, wanted: Mapping[str, Collection[int] | None]) -> dict[str, Any]:
    """Give some rows of some sheets where they stood, those between left blank, with what the workbook carries.

    ``wanted`` are row numbers by the name of a sheet; None keeps all its rows.
    """
    sheets = []
    for sheet in workbook.sheets:
        if sheet.name in wanted:
            kept = _with_rows(sheet, wanted[sheet.name])
            sheets.append(_from_sheet(kept, len(kept.rows)))
    return {"name": workbook.name, "properties": dict(workbook.properties), "sheets": sheets}


def from_extract(extract: Mapping[str, Any]) -> Workbook:
    """Make a workbook of what :func:`to_extract` or :func:`rows_extract` gave."""
    return Workbook(extract["name"], tuple(map(_to_sheet, extract["sheets"])), extract.get("properties", {}))


def is_whole(extract: Mapping[str, Any]) -> bool:
    """Tell whether the extract holds every row of the workbook."""
    return all(len(one["cells"]) == one["rows"] for one in extract["sheets"])


def _with_rows(sheet: Sheet, numbers: Collection[int] | None) -> Sheet:
    if numbers is None:
        return sheet
    rows = sheet.rows[: max(numbers, default=0)]
    return replace(sheet, rows=[cells if number in numbers else [] for number, cells in enumerate(rows, start=1)])


def _from_sheet(sheet: Sheet, most: int) -> dict[str, Any]:
    return {
        "name": sheet.name,
        "hidden": sheet.hidden,
        "rows": len(sheet.rows),
        "cells": [[_plain(cell) for cell in row] for row in sheet.rows[:most]],
        "hidden_rows": sorted(row for row in sheet.hidden_rows if row <= most),
        "hidden_columns": sorted(sheet.hidden_columns),
        "merged": [[*one.first, *one.last] for one in sheet.merged if one.first[0] <= most],
        "errors": [[*at, text] for at, text in sheet.errors.items() if at[0] <= most],
        "uncalculated": sorted(at for at in sheet.uncalculated if at[0] <= most),
    }


def _to_sheet(one: Mapping[str, Any]) -> Sheet:
    return Sheet(
        one["name"],
        [[_cell(cell) for cell in row] for row in one["cells"]],
        one["hidden"],
        frozenset(one["hidden_rows"]),
        frozenset(one["hidden_columns"]),
        tuple(Merged((first_row, first), (last_row, last)) for first_row, first, last_row, last in one["merged"]),
        {(row, column): text for row, column, text in one["errors"]},
        frozenset((row, column) for row, column in one["uncalculated"]),
    )


def _plain(cell: CellValue) -> Any:
    if isinstance(cell, dt.timedelta):
        return {"seconds": cell.total_seconds()}
    if isinstance(cell, dt.datetime):
        return {"moment": cell.isoformat()}
    if isinstance(cell, dt.date):
        return {"day": cell.isoformat()}
    return {"clock": cell.isoformat()} if isinstance(cell, dt.time) else cell


def _cell(kept: Any) -> CellValue:
    if not isinstance(kept, dict):
        return kept  # type: ignore[no-any-return] # a text, a number or a truth value, as it was put in
    kind, value = next(iter(kept.items()))
    if kind == "seconds":
        return dt.timedelta(seconds=value)
    if kind == "moment":
        return dt.datetime.fromisoformat(value)
    return dt.date.fromisoformat(value) if kind == "day" else dt.time.fromisoformat(value)
