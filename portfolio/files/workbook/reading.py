"""Reading workbooks: the checks first, then each sheet's XML for what values do not tell, then the values."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from xml.parsers import expat

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException
from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from portfolio.core.language import N_
from portfolio.core.problem import Place, Problem, Refusal
from portfolio.files.cells import CellValue, Sheet, Workbook, column_letter
from portfolio.files.workbook.safety import BROKEN, DEFINES_ENTITIES, check
from portfolio.files.workbook.scan import Scan, scan_sheet
from portfolio.files.workbook.separated import read_separated

MOST_ROWS = 100_000
MOST_CELLS = 3_000_000

REACHES_TOO_FAR = N_(
    "The sheet has content as far as cell %(cell)s. At most %(rows)s rows and %(cells)s cells can be read: "
    "remove what stands far from the table."
)

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


def read_workbook(data: bytes, name: str) -> Workbook:
    """Read every sheet of a workbook (.xlsx) or a CSV file as values with their addresses, hidden sheets included.

    ``name`` is the file's name as the user gave it; it is shown and its ending judged, never used as a path. Raises
    Refusal with sentences a planner understands.
    """
    if check(data, name) == "csv":
        return Workbook(name, (read_separated(data, name),))
    try:
        return Workbook(name, tuple(_sheets(data)))
    except (CalamineError, expat.ExpatError, ElementTree.ParseError, KeyError, ValueError, zipfile.BadZipFile) as error:
        if isinstance(error, DefusedXmlException):
            raise Refusal(Problem(DEFINES_ENTITIES, {"file": name})) from error
        raise Refusal(Problem(BROKEN, {"file": name})) from error


def _sheets(data: bytes) -> Iterator[Sheet]:
    with zipfile.ZipFile(io.BytesIO(data)) as package, CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
        scans = {name: _scan(package, name, part) for name, part in _parts(package)}
        for about in workbook.sheets_metadata:
            if about.typ is SheetTypeEnum.WorkSheet:
                values: list[list[CellValue]] = workbook.get_sheet_by_name(about.name).to_python(skip_empty_area=False)
                hidden = about.visible is not SheetVisibleEnum.Visible
                yield _sheet(about.name, values, scans[about.name], hidden=hidden)


def _sheet(name: str, values: list[list[CellValue]], scan: Scan, *, hidden: bool) -> Sheet:
    return Sheet(
        name,
        values[: scan.last_row],
        hidden,
        frozenset(row for row in scan.hidden_rows if row <= scan.last_row),
        frozenset(column for column in scan.hidden_columns if column <= scan.last_column),
        tuple(scan.merged),
        scan.errors,
        frozenset(scan.uncalculated),
    )


def _scan(package: zipfile.ZipFile, name: str, part: str) -> Scan:
    """Scan one sheet and refuse one that reaches too far, before its values are loaded as one rectangle."""
    with package.open(part) as stream:
        scan = scan_sheet(stream)
    if scan.last_row > MOST_ROWS or scan.last_row * scan.last_column > MOST_CELLS:
        params = {"cell": f"{column_letter(scan.last_column)}{scan.last_row}", "rows": MOST_ROWS, "cells": MOST_CELLS}
        raise Refusal(Problem(REACHES_TOO_FAR, params, Place(name)))
    return scan


def _parts(package: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Pair each sheet's name with the part that holds it."""
    main = _target(package, "_rels/.rels", "/officeDocument")
    folder, file = posixpath.split(main)
    relations = _relations(package, f"{folder}/_rels/{file}.rels")
    for element in ElementTree.fromstring(package.read(main), forbid_dtd=True).iter():
        if element.tag.endswith("}sheet"):
            kind, target = relations[element.get(_RELATION, element.get(_STRICT_RELATION, ""))]
            if kind.endswith("/worksheet"):
                yield element.get("name", ""), _path(folder, target)


def _target(package: zipfile.ZipFile, relations: str, kind: str) -> str:
    return next(_path("", target) for of, target in _relations(package, relations).values() if of.endswith(kind))


def _relations(package: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    root = ElementTree.fromstring(package.read(part), forbid_dtd=True)
    return {one.get("Id", ""): (one.get("Type", ""), one.get("Target", "")) for one in root}


def _path(folder: str, target: str) -> str:
    return posixpath.normpath(target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target))
