"""A card's facts in the words of the page's language: texts, choices, money and indicators ready to be drawn."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from markupsafe import Markup

from portfolio.core.language import N_
from portfolio.core.money import format_money
from portfolio.exchange.columns import AMOUNTS, COLUMNS, Entity
from portfolio.exchange.columns import words as closed
from portfolio.pages.queries.card import Card
from portfolio.pages.rules.card import MoneyRow
from portfolio.register.models import Indicator, IndicatorValue
from portfolio.register.rules import Answer
from portfolio.register.rules.words import ANSWER_WORDS, KIND_WORDS, PUBLICITY_WORDS
from portfolio.web.current import current
from portfolio.web.filters import grey
from portfolio.web.language import gettext, name_of, ngettext, say_here

TEXTS = (
    *("present_state", "target_state", "goals", "solution", "results", "done_so_far", "continues", "out_of_scope"),
    *("output_home", "training_plan", "source", "carried_by", "notes"),
)
"""The fields of the register that are told in the section "why and what", in their order."""

CORE_PROCESS = N_("Part of a core process")


class CardWords:
    """Says one card."""

    def __init__(self, card: Card) -> None:
        """Take up a card as it was read."""
        self._card = card
        self._it = card.initiative

    @property
    def kind(self) -> str:
        """Say what kind of initiative it is."""
        return gettext(KIND_WORDS[self._it.kind])

    @property
    def publicity(self) -> str:
        """Say whether it is public."""
        return gettext(PUBLICITY_WORDS[self._it.publicity])

    @property
    def budget_effect(self) -> str:
        """Say whether it has an effect on the budget."""
        return gettext(ANSWER_WORDS[self._it.budget_effect])

    @property
    def texts(self) -> list[tuple[str, str, str]]:
        """Give what is told of it, under its headings, with the fields that hold it."""
        return [(name, heading(name), text) for name in TEXTS if (text := getattr(self._it, name))]

    @property
    def untold(self) -> list[str]:
        """Name what is not told yet."""
        return [heading(name) for name in TEXTS if not getattr(self._it, name)]

    @property
    def choices(self) -> Iterator[tuple[str, str, str]]:
        """Give what was chosen from closed lists, with the fields that hold it; what is not known is said so."""
        it, unknown = self._it, grey(gettext("not known"))
        if it.reach is not None:
            yield "reach", heading("reach"), gettext(closed.REACH[it.reach])
        if it.benefits:
            yield (
                "benefits",
                heading("benefits"),
                ", ".join(gettext(closed.BENEFIT[one]) for one in sorted(it.benefits)),
            )
        if it.core_process:
            yield "core_process", heading("core_process"), gettext(CORE_PROCESS)
        for name in ("budget_effect", "permanent_need"):
            answer: Answer = getattr(it, name)
            yield name, heading(name), unknown if answer is Answer.UNKNOWN else gettext(ANSWER_WORDS[answer])

    @property
    def money(self) -> dict[str, Any]:
        """Give the table of money: columns by year, rows, and the sums of what is planned."""
        table = self._card.money
        years = [{"key": str(year), "label": str(year), "num": True} for year in table.years]
        return {
            "columns": [{"key": "row", "label": gettext("Part and source")}, *years],
            "rows": [
                {"words": self._row(row), "under": self._amount(row), "cells": row.cells, "row": row}
                for row in table.rows
            ],
            "sums": {
                str(year): _sum(one.known, one.unknown) for year, one in zip(table.years, table.sums, strict=True)
            },
        }

    @property
    def indicators(self) -> dict[str, Any]:
        """Give the table of indicators: columns by year, a row each, what a year lacks is None."""
        parts = self._card.parts
        years = sorted({value.year for values in parts.values.values() for value in values})
        columns = [{"key": str(year), "label": str(year), "num": True} for year in years]
        return {
            "columns": [{"key": "name", "label": gettext("Indicator")}, *columns],
            "rows": [
                {
                    "indicator": one,
                    "under": _under(one),
                    "cells": [
                        _value({value.year: value for value in parts.values.get(one.id, ())}.get(year))
                        for year in years
                    ],
                }
                for one in parts.indicators
            ],
        }

    def _row(self, row: MoneyRow) -> str:
        source = self._card.sources.get(row.source_id)
        words = gettext(closed.BUDGET_PART[row.part])
        return f"{words}, {name_of(source)}" if source else words

    def _amount(self, row: MoneyRow) -> str | None:
        """Name the amount where it is another than what is planned."""
        return None if row.amount == "planned" else gettext(AMOUNTS[row.amount])


def heading(name: str) -> str:
    """Say what a field of an initiative is called."""
    return next(
        say_here(column.heading)
        for column in COLUMNS[Entity.INITIATIVE].values()
        if name in {column.stored, column.name}
    )


def _sum(known: Decimal | None, unknown: int) -> str:
    """Say a year's sum, and how many amounts it knows nothing of."""
    if known is None:
        return grey(gettext("not known"))
    words = format_money(known, current.language)
    if not unknown:
        return words
    rest = ngettext("and %(num)s amount not known", "and %(num)s amounts not known", unknown)
    return Markup('{}<span class="note">{}</span>').format(words, rest)


def _under(indicator: Indicator) -> str | None:
    told = (indicator.measured_in, indicator.source, indicator.rhythm.words if indicator.rhythm else None)
    return " · ".join(words for words in told if words) or None


def _value(value: IndicatorValue | None) -> str | Decimal | None:
    if value is None:
        return None
    return value.words if value.number is None else value.number.normalize() + 0
