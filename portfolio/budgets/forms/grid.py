"""A grid in which money is written: a field for each cell, such as (year, part, source)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from typing import Any, TypeAlias

from portfolio.core.language import N_
from portfolio.core.money import format_money
from portfolio.core.problem import Problem
from portfolio.core.records import BatchRefusal
from portfolio.web.current import current
from portfolio.web.fields import MoneyField
from portfolio.web.forms import BaseForm, VersionField
from portfolio.web.language import current_language

Cell: TypeAlias = tuple[Any, ...]
"""Which amount, such as (year, part, funding source id)."""

SET_MEANWHILE = N_(
    "Somebody else has set this to %(amount)s meanwhile. Save again if yours is to stay, or write theirs."
)


class MoneyGrid(BaseForm):
    """One amount for each cell; ``seen`` is the last revision there was when it was opened."""

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

    @contextmanager
    def refusals_of(self, cells: Sequence[Cell]) -> Iterator[None]:
        """Run an operation on a batch of these cells: what it refuses goes beside each cell's own field."""
        with self.refusals():
            try:
                yield
            except BatchRefusal as refusal:
                current.session.rollback()
                for item, problems in refusal.by_item.items():
                    self.take(Problem(one.msgid, one.params, field_name(cells[item])) for one in problems)


def money_grid(labels: Mapping[Cell, str], before: Mapping[Cell, Decimal | None]) -> type[MoneyGrid]:
    """Give the grid's form over cells and what each is called, filled with the amounts there were when opened."""
    names = {field_name(cell): cell for cell in labels}
    fields = {name: MoneyField(labels[cell], default=before.get(cell)) for name, cell in names.items()}
    return type("MoneyGrid", (MoneyGrid,), {**fields, "cells": names, "before": dict(before)})


def plain(amount: Decimal | None) -> Decimal | None:
    """Give whole euros without cents, as they are typed."""
    return amount.to_integral_value() if amount is not None and amount == amount.to_integral_value() else amount


def field_name(cell: Cell) -> str:
    """Name the field of a cell."""
    return ":".join(map(str, cell))
