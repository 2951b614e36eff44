"""The columns that the register list can show, in their order; the page and the workbook stand on the same."""

from __future__ import annotations

from dataclasses import dataclass

from portfolio.core.language import N_

CLASS = "class-"
HEALTH = "health"
_BESIDE = {
    "title": "units",
    "unit": "units",
    "owner": "posts",
    "portfolio": "portfolios",
    "updated": "updated",
    HEALTH: HEALTH,
}


@dataclass(frozen=True, slots=True)
class ListColumn:
    """One column: its key in the address, what it is called (a msgid, or a name when it is ``named``), how it sorts.

    ``number`` stands to the right; ``code`` is grey and never broken.
    """

    key: str
    label: str
    sort: str | None = None
    number: bool = False
    code: bool = False
    named: bool = False

    @property
    def beside(self) -> str | None:
        """Give what must be read beside the rows for this column (``register.queries.find_initiatives``, HEALTH)."""
        return "categories" if self.scheme_id is not None else _BESIDE.get(self.key)

    @property
    def scheme_id(self) -> int | None:
        """Give the classification whose classes the column shows."""
        return int(self.key.removeprefix(CLASS)) if self.key.startswith(CLASS) else None


def class_column(scheme_id: int, name: str) -> ListColumn:
    """Make the column of one classification."""
    return ListColumn(f"{CLASS}{scheme_id}", name, named=True)


TITLE = ListColumn("title", N_("Initiative"), sort="title")

COLUMNS: tuple[ListColumn, ...] = (
    ListColumn("code", N_("Code"), sort="code", code=True),
    ListColumn("number", N_("Number"), code=True),
    TITLE,
    ListColumn("portfolio", N_("Portfolio")),
    ListColumn("unit", N_("Unit"), sort="unit"),
    ListColumn("owner", N_("Responsible post"), sort="owner"),
    ListColumn("status", N_("Status"), sort="status"),
    ListColumn("progress", N_("Progress"), sort="progress", number=True),
    ListColumn(HEALTH, N_("Health"), sort=HEALTH),
    ListColumn("time", N_("Time"), sort="starts"),
    ListColumn("starts", N_("Begins"), sort="starts"),
    ListColumn("ends", N_("Ends"), sort="ends"),
    ListColumn("completed", N_("Completed on")),
    ListColumn("in_use", N_("Taken into use on")),
    ListColumn("budget", N_("Budget %(year)s"), number=True),
    ListColumn("effect", N_("Budget effect")),
    ListColumn("publicity", N_("Publicity")),
    ListColumn("updated", N_("Changed"), sort="updated"),
)
"""All of them but those of classifications, which each municipality has of its own (:func:`class_column`)."""

USUAL = ("code", "title", "owner", "status", "time", "budget")
"""What the list shows when nothing else is asked for."""
