"""The grid in which an initiative's money is written: a field for each year, part and source."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from portfolio.budgets.rules import BudgetPart
from portfolio.core.language import N_
from portfolio.core.money import format_money
from portfolio.core.problem import Problem
from portfolio.web.fields import MoneyField
from portfolio.web.forms import BaseForm, VersionField
from portfolio.web.language import current_language

Cell = tuple[int, BudgetPart, int]
"""Which amount: (year, part, funding source id)."""

SET_MEANWHILE = N_(
    "Somebody else has set this to %(amount)s meanwhile. Save again if yours is to stay, or write theirs."
)


class BudgetForm(BaseForm):
    """One kind of amount by year, part and source; ``seen`` is the last revision there was when it was opened."""

    seen = VersionField()
    cells: Mapping[str, Cell] = {}
    before: Mapping[Cell, Decimal | None] = {}

    @property
    def changes(self) -> dict[Cell, Decimal | None]:
        """Give the amounts that were changed; None is not known, and a cell left empty stays without a line."""
        typed = {cell: self._fields[name].data for name, cell in self.cells.items()}
        return {cell: amount for cell, amount in typed.items() if amount != self.before.get(cell)}

    def agrees_with(self, present: Mapping[Cell, Decimal | None]) -> bool:
        """Tell whether nobody else has set meanwhile what is changed here; say beside the field what they set."""
        changes = self.changes
        clashes = {
            name: present.get(cell)
            for name, cell in self.cells.items()
            if cell in changes and present.get(cell) not in (self.before.get(cell), changes[cell])
        }
        for name, amount in clashes.items():
            told = format_money(amount, current_language())
            self.take([Problem(SET_MEANWHILE, {"amount": told}, name)])
        return not clashes


def budget_form(labels: Mapping[Cell, str], before: Mapping[Cell, Decimal | None]) -> type[BudgetForm]:
    """Give the grid's form over cells and what each is called, filled with the amounts there were when opened."""
    names = {name_of(cell): cell for cell in labels}
    fields = {name: MoneyField(labels[cell], default=before.get(cell)) for name, cell in names.items()}
    return type("BudgetForm", (BudgetForm,), {**fields, "cells": names, "before": dict(before)})


def name_of(cell: Cell) -> str:
    """Name the field of a cell."""
    year, part, source_id = cell
    return f"{year}:{part.value}:{source_id}"
