"""Sums of money in which unknown is not zero. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum in euros that tells what it leaves out: how many ``of`` its amounts are ``unknown``, "3 of 12".

    ``known`` is None where no amount is known, which is not zero (DESIGN §5.6). Of no amounts at all, nothing is told.
    """

    known: Decimal | None = None
    unknown: int = 0
    of: int = 0

    def __add__(self, other: Sum) -> Sum:
        """Add two sums; what is unknown in either stays told."""
        known = [one for one in (self.known, other.known) if one is not None]
        return Sum(sum(known, Decimal(0)) if known else None, self.unknown + other.unknown, self.of + other.of)

    @property
    def is_told(self) -> bool:
        """Tell whether anything has been said of the money, were it that it is not known."""
        return self.of > 0


NOTHING = Sum()


@dataclass(frozen=True, slots=True)
class Total:
    """The foot of a list: euros known, and how many initiatives have no figure or an unknown one (requirement 135)."""

    known: Decimal | None
    without: int = 0


def add_up(amounts: Iterable[Decimal | None]) -> Sum:
    """Add amounts in euros; None is one that is not known."""
    every = list(amounts)
    known = [one for one in every if one is not None]
    return Sum(sum(known, Decimal(0)) if known else None, len(every) - len(known), len(every))


def together(sums: Iterable[Sum]) -> Sum:
    """Add sums up."""
    found = NOTHING
    for one in sums:
        found += one
    return found


def total_of(sums: Iterable[Sum], initiatives: int) -> Total:
    """Make the foot of a list from the sums of its initiatives; those of the ``initiatives`` without a sum are without.

    An initiative whose sum leaves an unknown amount out counts as without a figure, while what is known is added.
    """
    found = list(sums)
    known = [one.known for one in found if one.known is not None]
    whole = sum(1 for one in found if one.known is not None and not one.unknown)
    return Total(sum(known, Decimal(0)) if known else None, initiatives - whole)
