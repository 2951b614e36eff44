"""What the parts, the amounts and the units of money are called."""

from __future__ import annotations

from types import MappingProxyType

from portfolio.budgets.rules.lines import BudgetPart
from portfolio.core.language import N_

PART_WORDS = MappingProxyType({BudgetPart.OPERATING: N_("Operating budget"), BudgetPart.INVESTMENT: N_("Investments")})
AMOUNT_WORDS = MappingProxyType({"planned": N_("Planned"), "forecast": N_("Forecast"), "actual": N_("Actual")})
EURO_WORDS = MappingProxyType({"eur": N_("euros"), "teur": N_("thousand euros"), "meur": N_("million euros")})
"""The units of ``core.money`` in which sums may be shown."""
