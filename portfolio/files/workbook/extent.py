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
    begins, ends = xml.find(BEGIN), xml.rfind(END)
    if begins < 0 or ends < begins:
        return scan_sheet(io.BytesIO(xml))
    body = xml[begins + len(BEGIN) : ends]
    # Programs pad a sheet with a million styled, empty cells: what lies behind the last value is not looked at.
    last = max(map(body.rfind, _CONTENT))
    filled = body[: body.find(b">", last) + 1] if last >= 0 else b""
    if (
        any(special in filled for special in _SPECIAL)
        or _UNUSUAL.search(filled)
        or (b"<f" in filled and _NO_RESULT.search(body, 0, len(filled) + FURTHER))
    ):
        return scan_sheet(io.BytesIO(xml[: begins + len(BEGIN)] + _whole_rows(body, len(filled)) + xml[ends:]))
    around = scan_sheet(io.BytesIO(xml[: begins + len(BEGIN)] + xml[ends:]))
    around.last_row = max(map(int, set(_ROW.findall(filled))), default=0)
    around.last_column = max((column_number(found.decode()) for found in set(_COLUMN.findall(filled))), default=0)
    return around


def _whole_rows(body: bytes, length: int) -> bytes:
    """Cut a sheet's rows behind the one in which its last value stands."""
    end = body.find(b"</row>", length)
    return body[: end + len(b"</row>")] if end >= 0 else body
