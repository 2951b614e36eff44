"""The register list as a workbook: what the page shows, every row of it, with real days and numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from portfolio.core.language import N_
from portfolio.files.workbook import Format, TableColumn
from portfolio.pages.forms.listing import ListChoice
from portfolio.pages.queries.values import Values
from portfolio.pages.rules import COLUMNS, ListColumn
from portfolio.web.language import gettext

TOLD_APART: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "title": ("title", "kind", "spearhead", "unit"),
        "status": ("status", "progress", "late"),
        "time": ("time", "starts", "ends"),
    }
)
"""What one column of the page says together and a workbook has in columns of their own."""

_HEADINGS: Mapping[str, str] = MappingProxyType(
    {
        **{column.key: column.label for column in COLUMNS},
        "kind": N_("Kind"),
        "spearhead": N_("Spearhead project"),
        "late": N_("Late"),
    }
)
_FORMATS: Mapping[str, tuple[Format, float]] = MappingProxyType(
    {
        "code": (Format.TEXT, 12),
        "title": (Format.TEXT, 52),
        "unit": (Format.TEXT, 30),
        "portfolio": (Format.TEXT, 30),
        "owner": (Format.TEXT, 30),
        "health": (Format.TEXT, 34),
        "time": (Format.TEXT, 26),
        "progress": (Format.PERCENT, 12),
        "budget": (Format.MONEY, 18),
        **dict.fromkeys(("starts", "ends", "completed", "in_use", "updated"), (Format.DATE, 14)),
    }
)
_OTHER = (Format.TEXT, 20)


def sheet_columns(choice: ListChoice) -> dict[str, TableColumn]:
    """Give the workbook's columns by the key of what they hold, in the order of the page."""
    return {key: TableColumn(heading, *_FORMATS.get(key, _OTHER)) for key, heading in _fields(choice)}


def sheet_rows(values: Values, keys: tuple[str, ...]) -> Iterator[list[Any]]:
    """Give each initiative's values; what is not known is left empty, as numbers must stay numbers."""
    for row in values.listing.page.rows:
        yield [values.of(key, row) for key in keys]


def _fields(choice: ListChoice) -> Iterator[tuple[str, str]]:
    for column in choice.columns:
        for key in TOLD_APART.get(column.key, (column.key,)):
            yield key, _heading(column, key, choice.year)


def _heading(column: ListColumn, key: str, year: int) -> str:
    return column.label if column.named else gettext(_HEADINGS[key], year=str(year))
