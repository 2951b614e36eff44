"""What the values alone do not tell: a sheet's true extent, hidden rows and columns, merged ranges, errors and
formulas that were saved without a result. Read from the sheet's XML as a stream, before any value is loaded.

The parser is expat itself, since a sheet may hold a million elements; it refuses definitions as defusedxml does.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import IO
from xml.parsers import expat

from defusedxml.common import DTDForbidden

from portfolio.files.cells import Address, Merged, address, column_letter

CHUNK = 256 * 1024


@dataclass(slots=True)
class Scan:
    """What one sheet's XML tells; ``last_row`` and ``last_column`` count only cells that hold something."""

    last_row: int = 0
    last_column: int = 0
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[Merged] = field(default_factory=list)
    errors: dict[Address, str] = field(default_factory=dict)
    uncalculated: set[Address] = field(default_factory=set)


def scan_sheet(stream: IO[bytes]) -> Scan:
    """Scan one sheet's XML; raises DTDForbidden or ExpatError."""
    return _Scanner().run(stream)


class _Scanner:
    """Expat's handlers. Addresses are read only where they matter, since this runs once an element."""

    def __init__(self) -> None:
        self._scan = Scan()
        self._parser = expat.ParserCreate()
        self._names: dict[str, str] = {}
        self._row = 0
        self._reference = ""
        self._kind: str | None = None
        self._formula = ""
        self._last = ""
        self._text: list[str] = []

    def run(self, stream: IO[bytes]) -> Scan:
        self._parser.StartDoctypeDeclHandler = self._refuse
        self._parser.StartElementHandler = self._start_root
        self._parser.buffer_text = True
        while chunk := stream.read(CHUNK):
            self._parser.Parse(chunk, False)
        self._parser.Parse(b"", True)
        self._end_formula()
        self._end_row()
        return self._scan

    @staticmethod
    def _refuse(name: str, system: str | None, public: str | None, _internal: object) -> None:
        raise DTDForbidden(name, system, public)

    def _start_root(self, tag: str, _attributes: dict[str, str]) -> None:
        """Learn the prefix: some programs write <x:worksheet>, and then everything else so, too."""
        prefix = tag[: tag.rfind(":") + 1]
        self._names = {prefix + name: name for name in ("c", "v", "is", "f", "row", "col", "mergeCell")}
        self._parser.StartElementHandler = self._start

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = self._names.get(tag)
        if name is None:
            return
        if name == "c":
            if self._formula:
                self._end_formula()
            self._reference = attributes.get("r") or self._next_reference()
            self._kind = attributes.get("t")
        elif name in {"v", "is"}:
            self._start_value(name)
        elif name == "f":
            self._formula = self._reference
        elif name == "row":
            self._start_row(attributes)
        elif name == "col":
            self._start_columns(attributes)
        else:
            first, _, last = attributes["ref"].partition(":")
            self._scan.merged.append(Merged(address(first), address(last or first)))

    def _next_reference(self) -> str:
        """Count on where a cell does not say where it stands."""
        column = address(self._reference)[1] if self._reference else 0
        return f"{column_letter(column + 1)}{self._row}"

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._end_formula()
        self._end_row()
        self._row = int(attributes.get("r", self._row + 1))
        self._reference = self._last = ""
        if attributes.get("hidden") in {"1", "true"}:
            self._scan.hidden_rows.add(self._row)

    def _start_columns(self, attributes: dict[str, str]) -> None:
        if attributes.get("hidden") in {"1", "true"}:
            self._scan.hidden_columns.update(range(int(attributes["min"]), int(attributes["max"]) + 1))

    def _start_value(self, name: str) -> None:
        self._last = self._reference
        if name == "is" or self._kind == "str":  # a formula may well answer with an empty text
            self._formula = ""
        elif self._formula or self._kind == "e":
            self._text = []
            self._parser.CharacterDataHandler = self._text.append
            self._parser.EndElementHandler = self._end_value

    def _end_value(self, _tag: str) -> None:
        self._parser.CharacterDataHandler = None
        self._parser.EndElementHandler = None
        text = "".join(self._text).strip()
        if text and self._kind == "e":
            self._scan.errors[address(self._reference)] = text
        if text:
            self._formula = ""

    def _end_formula(self) -> None:
        """Note the formula of the cell that ended, unless a value stood beside it."""
        if self._formula:
            self._scan.uncalculated.add(address(self._formula))
            self._last = self._formula
            self._formula = ""

    def _end_row(self) -> None:
        if self._last:
            row, column = address(self._last)
            self._scan.last_row = max(self._scan.last_row, row)
            self._scan.last_column = max(self._scan.last_column, column)
