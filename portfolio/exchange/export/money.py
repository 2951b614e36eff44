"""The rows of the budget sheet: an initiative's part and source a row, its years side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from portfolio.budgets.rules import BudgetPart
from portfolio.core.language import say
from portfolio.exchange.columns import AMOUNTS, UNKNOWN, Entity
from portfolio.exchange.columns.identity import ID, token_of
from portfolio.exchange.columns.sheets import CODE, TITLE, OwnSheet, amount_parts
from portfolio.exchange.columns.words import BUDGET_PART
from portfolio.exchange.columns.writing import Writing, written_line
from portfolio.exchange.export.gather import Gathered
from portfolio.exchange.export.lists import sorted_sources
from portfolio.exchange.export.looks import CENTS, CLOSED_CENTS, Looks
from portfolio.exchange.export.names import Names
from portfolio.exchange.export.rights import Closed
from portfolio.exchange.export.values import Values
from portfolio.files.workbook import BookRow, Style, Tone, Value

KEYS = ("part", "source")
"""What tells the rows of one initiative apart: closed on a row that holds money already."""


@dataclass(frozen=True, slots=True)
class BudgetSheet:
    """What the rows of the budget sheet are made of."""

    sheet: OwnSheet
    gathered: Gathered
    names: Names
    values: Values
    writing: Writing

    def rows(self, closed: Closed, looks: Looks) -> Iterator[BookRow]:
        """Give a row for each part and source that an initiative has money of; without any, one blank row to fill."""
        lines = self._lines()
        amounts = [number for number, column in enumerate(self.sheet.columns) if amount_parts(column.key)]
        for initiative in self.gathered.initiatives:
            shut = closed.of(self.sheet, initiative)
            keyed = shut | set(KEYS)
            found = lines.get(initiative.id)
            if not found:
                values = self._values(initiative, BudgetPart.OPERATING, self._first_source(), {})
                yield BookRow(values, looks.row(shut), looks.height(values))
                continue
            for (part, source), years in sorted(found.items(), key=lambda one: self._place(*one[0])):
                values = self._values(initiative, part, source, years)
                yield BookRow(values, _with_cents(looks.row(keyed), values, amounts), looks.height(values))

    def _lines(self) -> Mapping[int, Mapping[tuple[BudgetPart, int], dict[str, Value]]]:
        """Give the amounts of each initiative by part and source, as their columns name them."""
        found: dict[int, dict[tuple[BudgetPart, int], dict[str, Value]]] = defaultdict(lambda: defaultdict(dict))
        for line in self.gathered.lines:
            amounts = {name: _known(getattr(line, name)) for name in AMOUNTS}
            cells = written_line(amounts, self.writing)
            found[line.initiative_id][line.part, line.source_id].update(
                {f"{name}:{line.year}": cell for name, cell in cells.items()}
            )
        return found

    def _values(self, initiative: Any, part: BudgetPart, source: int | None, years: Mapping[str, Value]) -> list[Value]:
        own: dict[str, Value] = {
            ID: token_of(Entity.INITIATIVE, initiative.id),
            CODE: initiative.code,
            TITLE: self.values.title(initiative),
            "part": say(BUDGET_PART[part], self.writing.language),
            "source": self._source(source),
        }
        return [years.get(column.key, own.get(column.key)) for column in self.sheet.columns]

    def _source(self, identity: int | None) -> Value:
        if identity is None:
            return None
        return self.names.labels.text(self.names.keys[Entity.SOURCE][identity], self.writing.language)

    def _first_source(self) -> int | None:
        return next((row.id for row in sorted_sources(self.gathered.sources)), None)

    def _place(self, part: BudgetPart, source: int) -> tuple[int, int]:
        order = [row.id for row in sorted_sources(self.gathered.sources)]
        return list(BudgetPart).index(part), order.index(source) if source in order else len(order)


def _known(amount: Any) -> Any:
    return UNKNOWN if amount is None else amount


def _with_cents(styles: Sequence[Style], values: Sequence[Value], amounts: Sequence[int]) -> Sequence[Style]:
    """Show cents where an amount has them; the rows without, nearly all, keep the styles they share."""
    cents = [number for number in amounts if _has_cents(values[number])]
    if not cents:
        return styles
    shown = list(styles)
    for number in cents:
        shown[number] = CLOSED_CENTS if shown[number].tone is Tone.CLOSED else CENTS
    return shown


def _has_cents(value: Value) -> bool:
    return isinstance(value, float) and not value.is_integer()
