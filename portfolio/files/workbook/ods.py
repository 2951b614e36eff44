"""Reading .ods: one pass over its content tells values, hidden rows, merged ranges, errors and formulas without result.

The content is read by expat and not by calamine, which loses line breaks and tabs inside a text and cannot tell an
error from a blank. Source of the names: OpenDocument 1.3, part 3 (content of spreadsheets, §9).
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import IO, Any
from xml.parsers import expat

from defusedxml import ElementTree
from defusedxml.common import DTDForbidden

from portfolio.core.problem import Problem, Refusal
from portfolio.files.cells import Sheet
from portfolio.files.workbook.limits import Told
from portfolio.files.workbook.ods_cells import CELLS, COLUMNS_REPEATED, INLINE, ROWS_REPEATED, TABLE, Cell, count
from portfolio.files.workbook.ods_table import Table
from portfolio.files.workbook.safety import LINKS

CHUNK = 256 * 1024
SEPARATOR = " "
STYLE = "urn:oasis:names:tc:opendocument:xmlns:style:1.0 "
META = "urn:oasis:names:tc:opendocument:xmlns:meta:1.0 "
IDENTIFIERS = frozenset({"OOXMLCorePropertyIdentifier", "Identifier"})
"""How programs call the core property of another format when they keep it."""

_CONSTANT = re.compile(r"""(?:[a-z]+:)?=?"([^"]*)\"""")
_HIDDEN = frozenset({"collapse", "filter"})
_GROUPS = frozenset({TABLE + "table-row-group", TABLE + "table-column-group"})
_PASSED = frozenset(
    {
        *(TABLE + name for name in ("table-header-rows", "table-rows", "table-header-columns", "table-columns")),
        *_GROUPS,
    }
)
"""Elements between a table and its rows or columns that say nothing of their own, or only that they are hidden."""


def read_ods(data: bytes, name: str, told: Told) -> tuple[tuple[Sheet, ...], Mapping[str, str]]:
    """Read the sheets and the properties of a package that was found safe."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        with package.open("content.xml") as stream:
            content = _Content(name, told)
            content.run(stream)
        meta = package.read("meta.xml") if "meta.xml" in package.namelist() else None
    properties = {**content.names, **dict(_properties(meta) if meta else ())}
    return tuple(table.sheet() for table in content.tables), properties


def _properties(meta: bytes) -> Iterator[tuple[str, str]]:
    for element in ElementTree.fromstring(meta, forbid_dtd=True).iter():
        text = "".join(element.itertext()).strip()
        if element.tag.endswith("}user-defined"):
            named = next((value for key, value in element.attrib.items() if key.endswith("}name")), "")
            yield ("core:identifier" if named in IDENTIFIERS else f"custom:{named}"), text
        elif element.tag.endswith("}identifier"):
            yield "core:identifier", text


class _Content:
    """Expat's handlers. ``_skipped`` counts how deep the parser is inside what is not read: notes, drawings, forms."""

    def __init__(self, file: str, told: Told) -> None:
        self.tables: list[Table] = []
        self.names: dict[str, str] = {}
        self._file, self._told = file, told
        self._parser = expat.ParserCreate(namespace_separator=SEPARATOR)
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._table: Table | None = None
        self._cell: Cell | None = None
        self._skipped = 0
        self._groups: list[bool] = []

    def run(self, stream: IO[bytes]) -> None:
        """Read the whole stream; raises Refusal, DTDForbidden or ExpatError."""
        self._parser.StartDoctypeDeclHandler = self._refuse
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters
        self._parser.buffer_text = True
        while chunk := stream.read(CHUNK):
            self._told(sum(table.height for table in self.tables), 0)
            self._parser.Parse(chunk, False)
        self._parser.Parse(b"", True)

    @staticmethod
    def _refuse(name: str, system: str | None, public: str | None, _internal: object) -> None:
        raise DTDForbidden(name, system, public)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if self._skipped:
            self._skipped += 1
        elif self._cell is not None:
            self._start_in_cell(tag, attributes)
        elif tag in CELLS and self._table is not None:
            self._cell = Cell(attributes)
        elif self._table is not None:
            self._start_in_table(tag, attributes)
        else:
            self._start_outside(tag, attributes)

    def _start_in_cell(self, tag: str, attributes: dict[str, str]) -> None:
        if self._cell is not None and tag in INLINE:
            self._cell.start(tag, attributes)
        else:
            self._skipped = 1

    def _start_in_table(self, tag: str, attributes: dict[str, str]) -> None:
        table: Any = self._table
        hidden = attributes.get(TABLE + "visibility") in _HIDDEN or any(self._groups)
        if tag == TABLE + "table-row":
            table.start_row(count(attributes, ROWS_REPEATED), hidden=hidden)
        elif tag == TABLE + "table-column":
            table.add_columns(count(attributes, COLUMNS_REPEATED), hidden=hidden)
        elif tag in _PASSED:
            if tag in _GROUPS:
                self._groups.append(attributes.get(TABLE + "display") == "false")
        elif tag == TABLE + "table-source":
            raise Refusal(Problem(LINKS, {"file": self._file}))
        else:
            self._skipped = 1

    def _start_outside(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == TABLE + "table":
            style = attributes.get(TABLE + "style-name", "")
            self._table = Table(attributes.get(TABLE + "name", ""), hidden=style in self._hidden_styles)
            self.tables.append(self._table)
        elif tag == TABLE + "named-expression":
            constant = _CONSTANT.fullmatch(attributes.get(TABLE + "expression", ""))
            if constant is not None:
                self.names[f"name:{attributes.get(TABLE + 'name', '')}"] = constant[1]
        elif tag == STYLE + "style":
            self._style = attributes.get(STYLE + "name", "")
        elif tag == STYLE + "table-properties" and attributes.get(TABLE + "display") == "false":
            self._hidden_styles.add(self._style)
        elif tag in {TABLE + "tracked-changes", TABLE + "dde-links"}:
            self._skipped = 1

    def _end(self, tag: str) -> None:
        if self._skipped:
            self._skipped -= 1
        elif self._cell is not None:
            self._end_in_cell(tag)
        elif tag == TABLE + "table-row" and self._table is not None:
            self._table.end_row()
        elif tag in _GROUPS:
            self._groups.pop()
        elif tag == TABLE + "table":
            self._table = None

    def _end_in_cell(self, tag: str) -> None:
        if self._cell is None or self._table is None:
            return
        if tag in CELLS:
            self._table.add_cell(self._cell)
            self._cell = None
        else:
            self._cell.end(tag)

    def _characters(self, text: str) -> None:
        if self._cell is not None and not self._skipped:
            self._cell.add(text)
