"""A workbook out: the export is recorded, and its workbook made afresh from the record whenever it is asked for."""

from portfolio.exchange.export.carriers import carry
from portfolio.exchange.export.make import make_workbook, own_book
from portfolio.exchange.export.rounds import export_round
from portfolio.exchange.export.scope import TEMPLATE, ExportScope, create_export

__all__ = ["TEMPLATE", "ExportScope", "carry", "create_export", "export_round", "make_workbook", "own_book"]
