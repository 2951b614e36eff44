"""Where the card's cells came from, in words: the file, sheet, row and day of the import that gave each its value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from portfolio.budgets.models import BudgetLine
from portfolio.core.history import BIRTH
from portfolio.core.language import N_
from portfolio.exchange.queries import Origin
from portfolio.exchange.queries.cells import CellOrigins
from portfolio.forums.models import DecisionInitiative, InitiativeForum
from portfolio.pages.queries.card import Card
from portfolio.pages.rules.card import MoneyRow
from portfolio.pages.views.card_words import heading
from portfolio.register.models import Dependency, Initiative, InitiativeCategory
from portfolio.web.language import gettext

IN_THE_HEAD = ("title_fi", "title_sv", "status", "kind", "spearhead")
LINKED: Mapping[type[Any], str] = MappingProxyType(
    {InitiativeCategory: N_("Classes"), Dependency: N_("Dependencies"), DecisionInitiative: N_("Decisions")}
)
"""What an initiative is linked to in tables of their own, and what the card calls it."""


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

    def links(self, model: type[Any]) -> list[str]:
        """Say it of what an initiative is linked to in a table of its own: its forum, its classes."""
        table = model.__tablename__
        return self._said((None, table, one, BIRTH) for one in sorted(self._origins.rows_of(table)))

    @property
    def forum(self) -> list[str]:
        """Say it of the handling forum."""
        return self.links(InitiativeForum)

    @property
    def rest(self) -> list[str]:
        """Say it of what stands in the card's head, in its neighbours and among its decisions."""
        it = self._card.initiative
        own = [
            (heading(name), Initiative.__tablename__, it.id, name)
            for name in IN_THE_HEAD
            if getattr(it, name) is not None
        ]
        linked = [
            (gettext(words), model.__tablename__, one, BIRTH)
            for model, words in LINKED.items()
            for one in sorted(self._origins.rows_of(model.__tablename__))
        ]
        return self._said([*own, *linked])

    def _said(self, cells: Iterable[tuple[str | None, str, int, str]]) -> list[str]:
        places: dict[Origin, list[str]] = {}
        for label, table, identity, name in cells:
            found = self._origins.of(table, identity, name)
            if found is not None:
                labels = places.setdefault(found, [])
                labels.extend([label] if label and label not in labels else [])
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
