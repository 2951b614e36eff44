"""Screens of the register. Each module declares its own on the room's blueprint; they are imported here."""

from portfolio.register.views import baselines, categories, deadlines, portfolio, portfolios, schemes, versions
from portfolio.register.views.room import blueprint

__all__ = ["baselines", "blueprint", "categories", "deadlines", "portfolio", "portfolios", "schemes", "versions"]
