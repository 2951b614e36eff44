"""Writing what a workbook says, in one transaction, through the operations of the rooms."""

from portfolio.exchange.apply.model import Import, Options
from portfolio.exchange.apply.run import import_workbook
from portfolio.exchange.apply.set_up import set_up
from portfolio.exchange.apply.summary import COUNTS, summary

__all__ = ["COUNTS", "Import", "Options", "import_workbook", "set_up", "summary"]
