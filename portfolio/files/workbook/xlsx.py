"""Reading .xlsx: each sheet's XML for what values do not tell, then the values, then what the package carries."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from defusedxml import ElementTree
from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from portfolio.files.cells import CellValue, Sheet
from portfolio.files.workbook.extent import look
from portfolio.files.workbook.limits import Told, check_reach
from portfolio.files.workbook.scan import Scan

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_CONSTANT = re.compile(r"""=?"([^"]*)"|=?(-?[0-9.]+)""")


def read_xlsx(data: bytes, told: Told) -> tuple[tuple[Sheet, ...], Mapping[str, str]]:
    """Read the sheets and the properties of a package that was found safe."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        main = _main(package)
        workbook = ElementTree.fromstring(package.read(main), forbid_dtd=True)
        scans = {name: _scan(package, name, part) for name, part in _parts(package, main, workbook)}
        properties = dict([*_properties(package), *_names(workbook)])
    return tuple(_sheets(data, scans, told)), properties


def _sheets(data: bytes, scans: Mapping[str, Scan], told: Told) -> Iterator[Sheet]:
    total, done = sum(scan.last_row for scan in scans.values()), 0
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
        for about in workbook.sheets_metadata:
            if about.typ is not SheetTypeEnum.WorkSheet:
                continue
            told(done, total)
            scan = scans[about.name]
            values: list[list[CellValue]] = workbook.get_sheet_by_name(about.name).to_python(skip_empty_area=False)
            yield _sheet(about.name, values, scan, hidden=about.visible is not SheetVisibleEnum.Visible)
            done += scan.last_row
        told(total, total)


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
    scan = look(package.read(part))
    check_reach(name, scan.last_row, scan.last_column)
    return scan


def _main(package: zipfile.ZipFile) -> str:
    """Find the part that is the workbook."""
    relations = _relations(package, "_rels/.rels").values()
    return next(_path("", target) for kind, target in relations if kind.endswith("/officeDocument"))


def _parts(package: zipfile.ZipFile, main: str, workbook: Element) -> Iterator[tuple[str, str]]:
    """Pair each sheet's name with the part that holds it."""
    folder, file = posixpath.split(main)
    relations = _relations(package, f"{folder}/_rels/{file}.rels")
    for element in workbook.iter():
        if element.tag.endswith("}sheet"):
            kind, target = relations[element.get(_RELATION, element.get(_STRICT_RELATION, ""))]
            if kind.endswith("/worksheet"):
                yield element.get("name", ""), _path(folder, target)


def _names(workbook: Element) -> Iterator[tuple[str, str]]:
    """Give the defined names of the whole workbook that are a constant."""
    for element in workbook.iter():
        if element.tag.endswith("}definedName") and "localSheetId" not in element.attrib:
            constant = _CONSTANT.fullmatch((element.text or "").strip())
            if constant is not None:
                yield f"name:{element.get('name', '')}", constant[1] or constant[2] or ""


def _properties(package: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Give the identifier among the core properties, and every custom property, as text."""
    names = set(package.namelist())
    for kind, target in _relations(package, "_rels/.rels").values():
        part = _path("", target)
        if part not in names or not kind.endswith(("/core-properties", "/custom-properties")):
            continue
        for element in ElementTree.fromstring(package.read(part), forbid_dtd=True).iter():
            if element.tag.endswith("}identifier"):
                yield "core:identifier", (element.text or "").strip()
            elif element.tag.endswith("}property"):
                yield f"custom:{element.get('name', '')}", "".join(element.itertext()).strip()


def _relations(package: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    root = ElementTree.fromstring(package.read(part), forbid_dtd=True)
    return {one.get("Id", ""): (one.get("Type", ""), one.get("Target", "")) for one in root}


def _path(folder: str, target: str) -> str:
    return posixpath.normpath(target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target))
