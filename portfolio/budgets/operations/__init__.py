"""Writing money: amounts, sources, shares, frames and locks.

Every operation works in the actor's municipality, gathers all problems before it writes anything, and raises
``Refusal`` for what a person may mend. None commits.
"""

from portfolio.budgets.operations.lines import Key, check_budget_cells, set_budget_cells
from portfolio.budgets.operations.sources import (
    create_funding_source,
    put_funding_shares,
    put_funding_sources,
    remove_funding_share,
    remove_funding_source,
    restore_funding_source,
    update_funding_source,
)
from portfolio.budgets.operations.years import (
    FrameKey,
    lock_year,
    put_frames,
    unlock_year,
)

__all__ = [
    "FrameKey",
    "Key",
    "check_budget_cells",
    "create_funding_source",
    "lock_year",
    "put_frames",
    "put_funding_shares",
    "put_funding_sources",
    "remove_funding_share",
    "remove_funding_source",
    "restore_funding_source",
    "set_budget_cells",
    "unlock_year",
    "update_funding_source",
]
