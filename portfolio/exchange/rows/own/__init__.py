"""Reading our own layout as it comes back: rows by their identity, columns by their headings; pure."""

from portfolio.exchange.rows.own.cells import OwnCells
from portfolio.exchange.rows.own.reader import read_own
from portfolio.exchange.rows.own.surroundings import OwnSurroundings

__all__ = ["OwnCells", "OwnSurroundings", "read_own"]
