"""Whether a cell of a profile's layout comes back as the export wrote it: then it keeps the value that was exported."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from portfolio.core.text import clean
from portfolio.exchange.columns import MONEY, as_text, norm
from portfolio.exchange.export.layout.contents import shown_line
from portfolio.exchange.export.layout.values import Values
from portfolio.exchange.profile import Profile, SheetProfile
from portfolio.exchange.rows import Surroundings
from portfolio.files.cells import CellValue

_HEADINGS = ("", "Nro")
"""What a column may be called: under the one items are named by title, under the other by number."""


class Says:
    """Compares the cells of one workbook with what its export writes."""

    def __init__(self, profile: Profile, surroundings: Surroundings) -> None:
        self._values = Values(profile, surroundings)

    def says(self, sheet: SheetProfile, field: str, cell: CellValue, base: Mapping[str, Any], unit: str | None) -> bool:
        """Tell whether a cell, or a part of a split one, is what the export writes into such a row."""
        value = shown_line(base, field) if field.startswith(MONEY) else base.get(field)
        is_section = any(one.field == field for one in sheet.sections)
        said = _plain(cell, is_section=is_section)
        written = (self._values.cell(sheet, field, value, unit, heading) for heading in _HEADINGS)
        return any(_plain(one, is_section=is_section) == said for one in written)


def _plain(cell: CellValue, *, is_section: bool) -> str:
    text = as_text(cell, "fi")
    return norm(text) if is_section else clean(text)
