"""Writing what a workbook says, in one transaction, through the operations of the rooms."""

from portfolio.exchange.apply.model import ByProfile, Import, Options, Return, Way
from portfolio.exchange.apply.plan import plan_import
from portfolio.exchange.apply.points import name_point, record_versions
from portfolio.exchange.apply.run import import_workbook
from portfolio.exchange.apply.set_up import set_up
from portfolio.exchange.apply.summary import COUNTS, summary

__all__ = [
    "COUNTS",
    "ByProfile",
    "Import",
    "Options",
    "Return",
    "Way",
    "import_workbook",
    "name_point",
    "plan_import",
    "record_versions",
    "set_up",
    "summary",
]
