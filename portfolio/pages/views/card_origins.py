"""Where the card's cells came from, in words: the file, sheet, row and day of the import that gave each its value."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from portfolio.budgets.models import BudgetLine
from portfolio.exchange.queries import Origin
from portfolio.exchange.queries.cells import CellOrigins
from portfolio.pages.queries.card import Card
from portfolio.pages.rules.card import MoneyRow
from portfolio.register.models import Initiative
from portfolio.web.language import gettext


class OriginWords:
    """Says where the cells of one card came from; nothing of those that a person typed here."""

    def __init__(self, origins: CellOrigins, card: Card) -> None:
        """Take up a card and what is known of its cells."""
        self._origins = origins
        self._card = card

    def own(self, name: str) -> list[str]:
        """Say it of one field of the initiative itself; nothing where it is blank."""
        it = self._card.initiative
        return self._said([(None, Initiative.__tablename__, it.id, name)]) if getattr(it, name) is not None else []

    def part(self, row: Any, *fields: tuple[str, str]) -> list[str]:
        """Say it of a part's fields, given as (name, label); those of one place are said together."""
        told = [(label, row.__tablename__, row.id, name) for name, label in fields if getattr(row, name) is not None]
        return self._said(told)

    def money(self, row: MoneyRow) -> list[str]:
        """Say it of one row of the table of money, year by year."""
        lines = (one for one in self._card.lines if (one.part, one.source_id) == (row.part, row.source_id))
        told = [one for one in lines if getattr(one, row.amount) is not None]
        return self._said((str(one.year), BudgetLine.__tablename__, one.id, row.amount) for one in told)

    def _said(self, cells: Iterable[tuple[str | None, str, int, str]]) -> list[str]:
        places: dict[Origin, list[str]] = {}
        for label, table, identity, name in cells:
            found = self._origins.of(table, identity, name)
            if found is not None:
                places.setdefault(found, []).extend([label] if label else [])
        return [
            gettext("%(what)s: %(place)s", what=", ".join(labels), place=_place(one)) if labels else _place(one)
            for one, labels in places.items()
        ]


def _place(origin: Origin) -> str:
    return gettext(
        "from %(file)s, sheet %(sheet)s, row %(row)s, %(day)s",
        file=origin.file_name,
        sheet=origin.sheet,
        row=str(origin.row),
        day=origin.applied_at.date(),
    )
