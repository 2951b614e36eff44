"""Reading workbooks of every kind: the checks first, then the sheets, then every text is judged."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType

from defusedxml.common import DefusedXmlException
from python_calamine import CalamineError

from portfolio.core.language import N_
from portfolio.core.problem import Problem, Refusal
from portfolio.files.cells import Sheet, Workbook
from portfolio.files.workbook.limits import MOST_SHEETS, TOO_MANY_SHEETS, Told, checked
from portfolio.files.workbook.ods import read_ods
from portfolio.files.workbook.safety import BROKEN, DAMAGED, DEFINES_ENTITIES, Kind, check
from portfolio.files.workbook.separated import read_separated
from portfolio.files.workbook.xls import read_xls
from portfolio.files.workbook.xlsx import read_xlsx

CHECKING, READING = N_("Checking the file"), N_("Reading the file")

Progress = Callable[[str, int, int], None]


def read_workbook(data: bytes, name: str, progress: Progress | None = None) -> Workbook:
    """Read every sheet of a .xlsx, .xls, .ods or CSV file as values with their addresses, hidden sheets included.

    ``name`` is the file's name as the user gave it; it is shown and its ending judged, never used as a path.
    ``progress`` is told the step and the rows. Raises Refusal with sentences a planner understands.
    """
    tell = progress or _nobody
    tell(CHECKING, 0, 0)
    kind = check(data, name)
    try:
        found = _read(kind, data, name, lambda done, total: tell(READING, done, total))
    except DefusedXmlException as error:
        raise Refusal(Problem(DEFINES_ENTITIES, {"file": name})) from error
    except (CalamineError, *DAMAGED, KeyError, ValueError, StopIteration, RuntimeError) as error:
        raise Refusal(Problem(BROKEN, {"file": name})) from error
    if len(found.sheets) > MOST_SHEETS:
        raise Refusal(Problem(TOO_MANY_SHEETS, {"file": name, "most": MOST_SHEETS}))
    return Workbook(name, tuple(map(checked, found.sheets)), MappingProxyType(dict(found.properties)))


def _read(kind: Kind, data: bytes, name: str, told: Told) -> Workbook:
    if kind is Kind.SEPARATED:
        sheets: tuple[Sheet, ...] = (read_separated(data, name, told),)
        return Workbook(name, sheets)
    if kind is Kind.ODS:
        return Workbook(name, *read_ods(data, name, told))
    if kind is Kind.XLS:
        return Workbook(name, *read_xls(data, name, told))
    return Workbook(name, *read_xlsx(data, told))


def _nobody(_step: str, _done: int, _total: int) -> None:
    """Tell nobody."""
