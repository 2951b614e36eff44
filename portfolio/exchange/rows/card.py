"""Reading a card: labels in one column, values in the next, one record a sheet."""

from __future__ import annotations

from portfolio.core.language import N_
from portfolio.core.problem import Problem
from portfolio.exchange.columns import as_text
from portfolio.exchange.columns.identity import ID, VERSION, SheetMeta
from portfolio.exchange.profile import SheetProfile
from portfolio.exchange.rows.headings import (
    MISSING_COLUMN,
    TWICE,
    Heading,
    Headings,
    required_columns,
)
from portfolio.exchange.rows.model import Fault, RawCell, RawRow
from portfolio.exchange.rows.split import split_cells
from portfolio.exchange.rows.table import TableRows
from portfolio.files.cells import Sheet, column_number

NO_LABELS = N_('None of the labels "%(columns)s" is on the sheet.')


def read_card(sheet: Sheet, profile: SheetProfile, written: SheetMeta | None = None) -> tuple[Heading, TableRows]:
    """Read one card; a line without a label goes on with the value above it. ``written``: we wrote it ourselves."""
    headings = Headings(profile, written)
    label_column, value_column = column_number(profile.label_column), column_number(profile.value_column)
    cells: dict[str, RawCell] = {}
    texts: dict[int, str] = {}
    units: dict[str, str] = {}
    found = TableRows()
    above: str | None = None
    for row in range(1, len(sheet.rows) + 1):
        label = " ".join(as_text(sheet.value(row, label_column), "fi").split())
        value = sheet.value(row, value_column)
        if label:
            above, unit = headings.field(label)
            if value != "" or above is not None:  # a label that stands alone is a title
                texts[row] = label
            if above is None:
                continue
            if above in cells:
                first = sheet.place(cells[above].row, value_column)
                shown = {"column": label, "first": f"{first.column}{first.row}", "second": f"{first.column}{row}"}
                found.faults.append(Fault(Problem(TWICE, shown, sheet.place(row, value_column))))
                continue
            cells[above] = RawCell(value, row, value_column)
            if unit:
                units[above] = unit
        elif value != "" and above is not None:
            first_line = cells[above]
            lines = (as_text(first_line.value, "fi"), as_text(value, "fi"))
            cells[above] = RawCell("\n".join(line for line in lines if line), first_line.row, value_column)
    fields = {cell.row: name for name, cell in cells.items()}
    found.faults += [] if written and cells else _missing(sheet, profile, cells)
    if cells:
        _take(found, sheet, profile, cells, sent=written is not None)
    return Heading(1, 1, fields, texts, units), found


def _take(found: TableRows, sheet: Sheet, profile: SheetProfile, cells: dict[str, RawCell], *, sent: bool) -> None:
    """Take a card as one row; one that we wrote to be filled in, and that nobody filled in, says nothing."""
    first_row = min(cell.row for cell in cells.values())
    token, version = cells.pop(ID, None), cells.pop(VERSION, None)
    if token is not None and token.value == "":
        token = None
    if sent and token is None and all(cell.value == "" for cell in cells.values()):
        return
    said = {} if sent and token else profile.constants
    constants = {name: RawCell(value, 0, None) for name, value in said.items()}
    whole, faults = split_cells(sheet, profile, {**constants, **cells})
    found.faults += faults
    found.rows.append(RawRow(sheet, profile, first_row, whole, None, token, version))


def _missing(sheet: Sheet, profile: SheetProfile, cells: dict[str, RawCell]) -> list[Fault]:
    if not cells:
        wanted = ", ".join(synonyms[0] for synonyms in profile.columns.values() if synonyms)
        return [Fault(Problem(NO_LABELS, {"columns": wanted}, sheet.place(1)))]
    return [
        Fault(Problem(MISSING_COLUMN, {"column": profile.columns.get(name, (name,))[0]}, sheet.place(1)))
        for name in required_columns(profile)
        if name not in cells
    ]
