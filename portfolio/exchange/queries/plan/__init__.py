"""The plan of an upload as its check page shows it: counted, listed by pages, and what is left when it is applied."""

from portfolio.exchange.queries.plan.counting import ColumnCount, Leftovers, PlanCounts, columns, counts, leftovers
from portfolio.exchange.queries.plan.pages import PlanCell, PlanPage, PlanRow, error_rows, page, unticked
from portfolio.exchange.queries.plan.parts import OUTCOMES, ROWS, UNDECIDED, Field, PlanPart, matching_cells

__all__ = [
    "OUTCOMES",
    "ROWS",
    "UNDECIDED",
    "ColumnCount",
    "Field",
    "Leftovers",
    "PlanCell",
    "PlanCounts",
    "PlanPage",
    "PlanPart",
    "PlanRow",
    "columns",
    "counts",
    "error_rows",
    "leftovers",
    "matching_cells",
    "page",
    "unticked",
]
