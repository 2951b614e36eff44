"""Budgets' closed lists and sums in which unknown is not zero. Pure."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class BudgetPart(enum.StrEnum):
    """The part of the municipal budget: käyttötalous or investointi."""

    OPERATING = "operating"
    INVESTMENT = "investment"


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum that tells what it leaves out: euros known, and how many amounts are unknown."""

    known: Decimal | None
    unknown: int = 0


def add_up(amounts: Iterable[Decimal | None]) -> Sum:
    """Add amounts in euros; None counts as unknown, and a sum of nothing known is None, never zero (DESIGN §5.6)."""
    known: Decimal | None = None
    unknown = 0
    for amount in amounts:
        if amount is None:
            unknown += 1
        else:
            known = amount if known is None else known + amount
    return Sum(known, unknown)
