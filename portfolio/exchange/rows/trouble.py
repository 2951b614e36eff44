"""Cells without a value (an error, a formula without its result), and the mark "<clear>" that empties a field."""

from __future__ import annotations

from portfolio.core.language import LANGUAGES, N_, say
from portfolio.core.problem import Problem
from portfolio.exchange.columns import norm
from portfolio.exchange.rows.model import RawCell
from portfolio.files.cells import CellValue, Sheet

ERROR_CELL = N_("The cell shows the error %(error)s in place of a value.")
NO_RESULT = N_("The formula was saved without its result. Open the file in Excel, save it and try again.")

CLEAR = N_("<clear>")
"""Empties a field where it is not known what the workbook was made from: there a blank cell changes nothing."""

_SIGN = "<"


def trouble(sheet: Sheet, cell: RawCell) -> Problem | None:
    """Return why a cell has no value, an error or a formula saved without its result; None where it has one."""
    at = (cell.row, cell.column or 0)
    if at in sheet.errors:
        return Problem(ERROR_CELL, {"error": sheet.errors[at]})
    return Problem(NO_RESULT) if at in sheet.uncalculated else None


def clears(cell: CellValue) -> bool:
    """Tell whether a cell holds the mark that empties its field, in any language."""
    if not isinstance(cell, str) or _SIGN not in cell:
        return False
    return norm(cell) in {norm(say(CLEAR, language)) for language in LANGUAGES}
