"""Reading money, now or after a revision: sums of lines, sources, frames and what is left of them."""

from portfolio.budgets.queries.overview import MoneyFilter, Place, count_items, read_slices
from portfolio.budgets.queries.sums import changed_sums, funding_sources, get_funding_source, sums_by_initiative, total
from portfolio.budgets.queries.years import FrameState, frame_states, locked_years, shares_of

__all__ = [
    "FrameState",
    "MoneyFilter",
    "Place",
    "changed_sums",
    "count_items",
    "frame_states",
    "funding_sources",
    "get_funding_source",
    "locked_years",
    "read_slices",
    "shares_of",
    "sums_by_initiative",
    "total",
]
