"""Guessing a workbook that nobody prepared: pure, and never more than a proposal that a person confirms."""

from portfolio.exchange.guess.model import (
    ColumnGiven,
    ColumnGuess,
    Guess,
    Layout,
    SectionGuess,
    SheetGiven,
    SheetGuess,
    Vocabulary,
)
from portfolio.exchange.guess.whole import guess

__all__ = [
    "ColumnGiven",
    "ColumnGuess",
    "Guess",
    "Layout",
    "SectionGuess",
    "SheetGiven",
    "SheetGuess",
    "Vocabulary",
    "guess",
]
