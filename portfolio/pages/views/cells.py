"""The cells of the register list as the page shows them; what many rows share is made once a page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from types import MappingProxyType
from typing import Any

from flask import get_template_attribute, url_for
from markupsafe import Markup

from portfolio.core.language import format_date
from portfolio.core.money import format_money
from portfolio.pages.queries.values import Values
from portfolio.pages.rules import TITLE, ListColumn
from portfolio.register.models import Initiative
from portfolio.web.filters import appropriation, grey
from portfolio.web.language import gettext

STAND_IN = 999_999_999
"""An id that no initiative has."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row as the template ``pages/initiatives_table.html`` puts it in place.

    ``cells`` pairs each column's attributes with what stands in it, None for the title. ``lang`` is of a title in
    another language than the page's.
    """

    id: int
    title: str
    lang: str | None
    url: str
    under: str
    cells: tuple[tuple[Markup, Any], ...]


class Cells:
    """Writes the rows of one page."""

    def __init__(self, values: Values, headings: Mapping[ListColumn, str]) -> None:
        """Write these columns; the components' macros are asked once for each status and percentage."""
        self._values = values
        self._columns = {column: _attributes(column, heading) for column, heading in headings.items()}
        self._lifecycle = cache(get_template_attribute("components/chip.html", "lifecycle"))
        self._health = cache(get_template_attribute("components/chip.html", "health"))
        self._progress = cache(get_template_attribute("components/progress.html", "progress"))
        self._late = get_template_attribute("components/chip.html", "mark")("late")
        self._day = cache(lambda day: format_date(day, values.language))
        self._unknown = grey(gettext("not known"))
        self._missing = {
            "owner": grey(gettext("not named")),
            "budget": self._unknown,
            "health": grey(gettext("not assessed")),
        }
        self._spearhead = gettext("Spearhead project")
        # one address is built and the ids put into it: the router takes as long for each as the rest of a row
        self._before_id, _, self._after_id = url_for("pages.card", initiative=STAND_IN).partition(str(STAND_IN))

    def rows(self) -> list[Row]:
        """Write all rows of the page."""
        return [self.row(row) for row in self._values.listing.page.rows]

    def row(self, row: Initiative) -> Row:
        """Write one row."""
        return Row(
            row.id,
            self._values.title(row),
            "fi" if self._values.language == "sv" and not row.title_sv else None,
            f"{self._before_id}{row.id}{self._after_id}",
            self._under(row),
            tuple((attributes, self.cell(column, row)) for column, attributes in self._columns.items()),
        )

    def cell(self, column: ListColumn, row: Initiative) -> Any:
        """Write one cell, None for the title's; what is not known is said in grey words."""
        if column is TITLE:
            return None
        write = _WRITERS.get(column.key)
        shown = write(self, row) if write is not None else self._plain(self._values.of(column.key, row))
        return self._missing.get(column.key, self._unknown) if shown is None else shown

    def status(self, row: Initiative) -> Markup:
        """Show the lifecycle, whether it is late, and how far it is where that is known."""
        parts = [self._lifecycle(row.status)]
        if self._values.is_late(row):
            parts.append(self._late)
        if row.progress is not None:
            parts.append(self._progress(row.progress))
        return Markup(" ").join(parts)

    def progress(self, row: Initiative) -> Markup | None:
        """Show how far it is."""
        return None if row.progress is None else self._progress(row.progress)

    def health(self, row: Initiative) -> Markup | None:
        """Show the health that was last approved."""
        found = self._values.listing.health.get(row.id)
        return None if found is None else self._health(found)

    def budget(self, row: Initiative) -> str | None:
        """Show the year's euros; a sum with something unknown in it says so."""
        found = self._values.listing.money.get(row.id)
        if found is None or found.known is None:
            return None
        if found.unknown:
            return Markup("{} {}").format(self._money(found.known), grey(gettext("and something not known")))
        return appropriation(found.known)

    def _money(self, amount: Decimal) -> str:
        return format_money(amount, self._values.language)

    def _plain(self, value: Any) -> Any:
        return self._day(value) if isinstance(value, dt.date) else value

    def _under(self, row: Initiative) -> str:
        kind = self._spearhead if row.spearhead else self._values.kinds[row.kind]
        unit = self._values.unit(row)
        return f"{kind} · {unit}" if unit else kind


def _attributes(column: ListColumn, heading: str) -> Markup:
    """Give the attributes of a column's cells, so that they are escaped once."""
    if column is TITLE:
        return Markup('class="title" data-label="{}"').format(heading)
    tone = "num" if column.number else "code" if column.code else ""
    return Markup('class="{}" data-label="{}"').format(tone, heading)


_WRITERS: Mapping[str, Callable[[Cells, Initiative], Any]] = MappingProxyType(
    {"status": Cells.status, "progress": Cells.progress, "health": Cells.health, "budget": Cells.budget}
)
