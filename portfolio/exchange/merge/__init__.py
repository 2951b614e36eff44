"""Three-way merge of a workbook, cell by cell: what was there, what is there now, and what the workbook says; pure.

Source: ``reference/excel.md`` §4.2 and §4.3. Keys and values are opaque: they are only compared.
"""

from portfolio.exchange.merge.choices import ask_wide_clearing, resolved
from portfolio.exchange.merge.model import (
    CLEARED,
    MISSING,
    REMOVED,
    WIDE,
    CellPlan,
    Cells,
    Choice,
    Invalid,
    Outcome,
    Plan,
    RowFate,
    RowPlan,
    Rules,
    alike,
    is_blank,
)
from portfolio.exchange.merge.rows import plan

__all__ = [
    "CLEARED",
    "MISSING",
    "REMOVED",
    "WIDE",
    "CellPlan",
    "Cells",
    "Choice",
    "Invalid",
    "Outcome",
    "Plan",
    "RowFate",
    "RowPlan",
    "Rules",
    "alike",
    "ask_wide_clearing",
    "is_blank",
    "plan",
    "resolved",
]
