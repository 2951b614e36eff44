"""The rules of money: closed lists, who may write amounts, and sums in which unknown is not zero. Pure."""

from portfolio.budgets.rules.lines import (
    AMOUNT_GROUPS,
    AMOUNTS,
    FIRST_YEAR,
    LAST_YEAR,
    BudgetPart,
    check_frame,
    check_frame_lock,
    check_line,
    check_lock,
    check_share,
    editable_amounts,
)
from portfolio.budgets.rules.overview import (
    Slice,
    YearMoney,
    budget_years,
    gather,
    handling_year,
    left_of,
)
from portfolio.budgets.rules.sums import NOTHING, Sum, Total, add_up, together, total_of
from portfolio.budgets.rules.words import AMOUNT_WORDS, EURO_WORDS, PART_WORDS

__all__ = [
    "AMOUNTS",
    "AMOUNT_GROUPS",
    "AMOUNT_WORDS",
    "EURO_WORDS",
    "FIRST_YEAR",
    "LAST_YEAR",
    "NOTHING",
    "PART_WORDS",
    "BudgetPart",
    "Slice",
    "Sum",
    "Total",
    "YearMoney",
    "add_up",
    "budget_years",
    "check_frame",
    "check_frame_lock",
    "check_line",
    "check_lock",
    "check_share",
    "editable_amounts",
    "gather",
    "handling_year",
    "left_of",
    "together",
    "total_of",
]
