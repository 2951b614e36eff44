"""A quick look at a sheet's XML: most sheets have nothing that would need every element to be looked at.

The look is by regular expressions over the bytes; wherever it meets what it does not know, the whole sheet is scanned.
"""

from __future__ import annotations

import io
import re

from portfolio.files.cells import column_number
from portfolio.files.workbook.scan import Scan, scan_sheet

BEGIN, END = b"<sheetData>", b"</sheetData>"

_CONTENT = (b"<v>", b"<v ", b"<is>", b"<is ", b"<f>", b"<f ", b"<f/")
_SPECIAL = (b't="e"', b"t='e'", b'hidden="1"', b'hidden="true"')
"""Errors and hidden rows."""

_ROW = re.compile(rb'<c r="[A-Z]{1,3}([0-9]{1,7})"')
_COLUMN = re.compile(rb'<c r="([A-Z]{1,3})[0-9]')
_UNUSUAL = re.compile(rb'<(?:c(?! r="[A-Z]{1,3}[0-9]{1,7}"[ >/])|row(?! r="[0-9]{1,7}"[ >/])|[A-Za-z]+:|[!?])')
"""Cells and rows that do not say at once where they stand, names with a prefix, comments and the like."""
_NO_RESULT = re.compile(rb"<f(?:\s[^>]*)?(?:/>|>[^<]*</f>)(?!<v>[^<])")
"""A formula that is not followed at once by a value."""
FURTHER = 64 * 1024
"""Bytes behind the last formula in which its value must stand, if it has one."""


def look(xml: bytes) -> Scan:
    """Tell what one sheet's XML holds beside values; raises DTDForbidden or ExpatError."""
    begins, ends = xml.find(BEGIN) + len(BEGIN), xml.rfind(END)
    if begins < len(BEGIN) or ends < begins:
        return scan_sheet(io.BytesIO(xml))
    # Programs pad a sheet with a million styled, empty cells: what lies behind the last value is not looked at.
    last = max(xml.rfind(sign, begins, ends) for sign in _CONTENT)
    filled = xml.find(b">", last) if last >= 0 else begins
    if _needs_a_scan(xml, begins, filled):
        row = xml.find(b"</row>", filled, ends)
        whole = row + len(b"</row>") if row >= 0 else ends
        return scan_sheet(io.BytesIO(xml[:whole] + xml[ends:]))
    around = scan_sheet(io.BytesIO(xml[:begins] + xml[ends:]))
    around.last_row = max(map(int, set(_ROW.findall(xml, begins, filled))), default=0)
    columns = set(_COLUMN.findall(xml, begins, filled))
    around.last_column = max((column_number(letters.decode()) for letters in columns), default=0)
    return around


def _needs_a_scan(xml: bytes, begins: int, filled: int) -> bool:
    """Tell whether anything stands among the filled rows that only a scan of every element can place."""
    return (
        any(xml.find(sign, begins, filled) >= 0 for sign in _SPECIAL)
        or _UNUSUAL.search(xml, begins, filled) is not None
        or (xml.find(b"<f", begins, filled) >= 0 and _NO_RESULT.search(xml, begins, filled + FURTHER) is not None)
    )
