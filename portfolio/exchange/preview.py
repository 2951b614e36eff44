"""What an import found and would do, as the one JSON object of the command line (DESIGN §7)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from portfolio.core.language import say_problem
from portfolio.core.problem import Place, Problem
from portfolio.core.timespan import Timespan
from portfolio.exchange.apply import COUNTS, Import, summary
from portfolio.exchange.apply.forbidden import forbidden
from portfolio.exchange.columns import Registry, Unknown, as_text
from portfolio.exchange.merge import CellPlan, Outcome, RowFate
from portfolio.exchange.rows import Fault, Parsed, ReadCell
from portfolio.files.cells import column_letter

WRITTEN = frozenset({"add", Outcome.APPLY})
"""Outcomes that hold only for rows that are not left out."""


def preview(done: Import, file: str, profile: str, portfolio: str | None, language: str) -> dict[str, Any]:
    """Give the whole answer; sentences are in the language given."""
    return {
        "file": file,
        "profile": profile,
        "portfolio": portfolio,
        "sheets": _sheets(done.parsed),
        "summary": summary(done),
        "errors": errors(done, language),
        "notices": [said_at_place(notice, language) for notice in done.notices],
        "changes": list(_changes(done)),
    }


def reading_preview(parsed: Parsed, file: str, language: str) -> dict[str, Any]:
    """Give the same object for a file of which nobody said where its rows would go: all of them would be new."""
    cells = sum(1 for record in parsed.records.values() for cell in record.cells.values() if cell.value is not None)
    counts = {"rows": parsed.rows, "added": len(parsed.records), "cells": cells}
    return empty_preview(file, [], language) | {
        "sheets": _sheets(parsed),
        "summary": dict.fromkeys(COUNTS, 0) | counts,
        "errors": [_error(fault, language) for fault in parsed.faults],
        "notices": [said_at_place(notice, language) for notice in parsed.notices],
    }


def _sheets(parsed: Parsed) -> list[dict[str, Any]]:
    return [
        {
            "name": sheet.name,
            "hidden": sheet.hidden,
            "header_rows": sheet.header_rows,
            "rows": sheet.rows,
            "columns": sheet.columns,
            "totals": {heading: _number(total) for heading, total in sheet.totals.items()},
        }
        for sheet in parsed.sheets
    ]


def empty_preview(file: str, problems: Sequence[Problem], language: str) -> dict[str, Any]:
    """Give the same object for a file that could not be read at all."""
    return {
        "file": file,
        "profile": None,
        "portfolio": None,
        "sheets": [],
        "summary": dict.fromkeys(COUNTS, 0),
        "errors": [_error(Fault(problem), language) for problem in problems],
        "notices": [],
        "changes": [],
    }


def errors(done: Import, language: str) -> list[dict[str, Any]]:
    """List everything wrong, in the order of the file: what could not be read, and what the person may not change."""
    found = [_error(fault, language) for fault in done.faults]
    for row in done.plan.rows:
        record = done.parsed.records[row.key]
        for cell in row.cells:
            read = record.said_in(cell.field)
            if cell.outcome is Outcome.ERROR and read is not None and read.is_sound:
                problem = replace(forbidden(row, cell, done.rights), place=read.place)
                found.append(_error(Fault(problem, read.raw), language))
    return found


def _error(fault: Fault, language: str) -> dict[str, Any]:
    return {
        "sheet": fault.place.sheet,
        "row": fault.place.row,
        "column": fault.place.column,
        "value": as_text(fault.value, language),
        "message": say_problem(fault.problem, language),
    }


def said_at_place(notice: Problem, language: str) -> str:
    """Say a notice with its place in front: "Toimenpiteet, E28: …"."""
    text = say_problem(notice, language)
    place = notice.place
    if not isinstance(place, Place) or place.sheet is None:
        return text
    where = f"{place.column or ''}{place.row or ''}"
    return f"{place.sheet}, {where}: {text}" if place.column else f"{place.sheet}: {text}"


def _changes(done: Import) -> Iterator[dict[str, Any]]:
    """List each cell that the workbook changes, adds, or would have changed."""
    present = done.present
    for row in done.plan.rows:
        record = done.parsed.records[row.key]
        for cell in row.cells:
            outcome = "add" if row.fate is RowFate.ADD and cell.outcome is Outcome.APPLY else cell.outcome.value
            if outcome in {Outcome.SAME, Outcome.CONVERGED} or (outcome in WRITTEN and row.key in done.left_out):
                continue
            read = record.said_in(cell.field)
            if read is None:
                continue
            yield {
                "sheet": read.sheet,
                "row": read.row,
                "column": column_letter(read.column) if read.column else None,
                "id": present.names.get(row.key),
                "field": cell.field,
                "base": plain(cell.base, present.registry),
                "old": plain(cell.current, present.registry),
                "new": plain(_new(cell, read), present.registry),
                "outcome": outcome,
            }


def _new(cell: CellPlan, read: ReadCell) -> Any:
    """Give what would stand there: lists that both sides changed merge, so it need not be what the file says alone."""
    if cell.outcome is Outcome.APPLY:
        return cell.result
    return cell.incoming if read.is_sound else read.raw


def plain(value: Any, registry: Registry) -> Any:
    """Give a value as JSON has it: a reference by its name, time words as written, a day as 2025-12-31."""
    match value:
        case Timespan():
            return value.words
        case Unknown():
            return value.value
        case Decimal():
            return _number(value)
        case dt.date() | dt.time():
            return value.isoformat()
        case dt.timedelta():
            return str(value)
        case tuple():
            return registry.label((str(value[0]), str(value[1])))
        case frozenset():
            return sorted(str(plain(one, registry)) for one in value)
    return value


def _number(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)
