"""Export in a profile's own layout: the workbook comes back looking like the municipality's own, made afresh."""

from portfolio.exchange.export.layout.book import layout_book
from portfolio.exchange.export.layout.says import Says

__all__ = ["Says", "layout_book"]
