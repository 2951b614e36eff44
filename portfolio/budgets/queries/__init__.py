"""Reading money, now or after a revision: sums of lines, sources, frames and what is left of them."""

from portfolio.budgets.queries.handling import Handled, News, read_handling
from portfolio.budgets.queries.overview import ItemCounts, MoneyFilter, MoneyPlace, count_items, read_slices
from portfolio.budgets.queries.sums import (
    amounts_by_initiative,
    changed_sums,
    funding_sources,
    get_funding_source,
    money_by_year,
    sums_by_initiative,
    total,
)
from portfolio.budgets.queries.years import FrameState, frame_states, locked_years, shares_of

__all__ = [
    "FrameState",
    "Handled",
    "ItemCounts",
    "MoneyFilter",
    "MoneyPlace",
    "News",
    "amounts_by_initiative",
    "changed_sums",
    "count_items",
    "frame_states",
    "funding_sources",
    "get_funding_source",
    "locked_years",
    "money_by_year",
    "read_handling",
    "read_slices",
    "shares_of",
    "sums_by_initiative",
    "total",
]
