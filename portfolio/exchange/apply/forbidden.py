"""What the importing person's access does not cover, in words that say what it is and what to do."""

from __future__ import annotations

from dataclasses import replace

from portfolio.core.language import N_
from portfolio.core.problem import Place, Problem
from portfolio.exchange.apply.batch import Row
from portfolio.exchange.columns import COLUMNS, Entity, Key
from portfolio.exchange.merge import REMOVED, CellPlan, Outcome, Plan, RowFate
from portfolio.exchange.queries.rights import Rights
from portfolio.exchange.rows import Fault, Parsed, Record

NOT_YOURS = N_("Your access does not cover this field of this item.")
NOT_TO_REMOVE = N_("Your access does not cover removing this row. Ask the development office to remove it.")
NOT_TO_BRING_BACK = N_(
    "The row has been removed here, and your access does not cover bringing it back. Ask the development office."
)
NOT_TO_ADD = N_("Your access does not cover adding rows. Ask the development office to add it.")
LACKS_UNIT = N_(
    'The new row has no unit. Write a unit of yours in the column "%(column)s": '
    "you may add rows only for the units that your access covers."
)
OTHERS_UNIT = N_(
    'Your access does not cover adding rows for the unit "%(unit)s". Write a unit of yours, or ask the development '
    "office to add the row."
)


def forbidden(row: Row, cell: CellPlan, rights: Rights) -> Problem:
    """Say of a cell that could be read why the person may not write it."""
    if cell.field == REMOVED:
        return Problem(NOT_TO_REMOVE)
    if row.fate is RowFate.GONE:
        return Problem(NOT_TO_BRING_BACK)
    why = rights.why_not(row.key) if row.key[0] == Entity.REVIEW else None
    return why or Problem(NOT_YOURS)


def told_by_unit(found: Plan[Key], parsed: Parsed, rights: Rights) -> tuple[Plan[Key], list[Fault]]:
    """Tell of new initiatives that the person may not add by what decides it, their unit, once a row.

    Gives the plan in which their cells are no errors of their own, and what is wrong with each row.
    """
    rows, faults = [], []
    for row in found.rows:
        if (
            row.fate is RowFate.ADD
            and row.key[0] == Entity.INITIATIVE
            and row.has_errors
            and not rights.may_add(row.key)
        ):
            record = parsed.records[row.key]
            faults.append(_by_unit(record, rights))
            rows.append(replace(row, cells=tuple(_readable(cell, record) for cell in row.cells)))
        else:
            rows.append(row)
    return (replace(found, rows=tuple(rows)), faults) if faults else (found, faults)


def _by_unit(record: Record, rights: Rights) -> Fault:
    unit = record.cells.get("unit")
    sheet, number = record.rows[0]
    title = record.cells.get("title_fi")
    named = title.place if title else Place(sheet, number)
    if not rights.adds:
        return Fault(Problem(NOT_TO_ADD, {}, named), "", (sheet, number))
    if unit is None or unit.value is None:
        problem = Problem(LACKS_UNIT, {"column": COLUMNS[Entity.INITIATIVE]["unit"].heading})
        return Fault(replace(problem, place=unit.place if unit else named), "", (sheet, number))
    return Fault(Problem(OTHERS_UNIT, {"unit": str(unit.raw)}, unit.place), unit.raw, (sheet, number))


def _readable(cell: CellPlan, record: Record) -> CellPlan:
    """Give a cell that could be read as one that waits for its row."""
    read = record.cells.get(cell.field)
    if cell.outcome is Outcome.ERROR and read is not None and read.is_sound:
        return replace(cell, outcome=Outcome.APPLY, result=cell.incoming)
    return cell
