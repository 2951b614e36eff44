"""Screens of money: the overview, frames, locked years, shares, what goes to the budget, and where money comes from."""

from portfolio.budgets.views import frames, handling, money, shares, sources
from portfolio.budgets.views.room import blueprint

__all__ = ["blueprint", "frames", "handling", "money", "shares", "sources"]
