"""What the columns of an export depend on: its schemes, the years of its money, and how many portfolios it holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from portfolio.exchange.columns import AMOUNTS
from portfolio.exchange.columns.sheets import OwnFacts, OwnScheme

if TYPE_CHECKING:
    from portfolio.exchange.export.gather import Gathered


def own_facts(gathered: Gathered, portfolio_ids: Collection[int], today: dt.date) -> OwnFacts:
    """Give the facts of an export whose rows are, or may come to be, in these portfolios."""
    used = {row.scheme_id for row in gathered.categories if not row.removed}
    schemes = tuple(
        OwnScheme(row.code, {"fi": row.name_fi, "sv": row.name_sv or row.name_fi, "en": row.name_fi}, row.several)
        for row in gathered.schemes
        if not row.removed and row.id in used and (row.portfolio_id is None or row.portfolio_id in portfolio_ids)
    )
    asked = gathered.asked.facts if gathered.asked else None
    amounts = tuple(_amounts(gathered, today.year))
    return OwnFacts(schemes, amounts, len(portfolio_ids) > 1, gathered.municipality.bilingual, asked)


def _amounts(gathered: Gathered, this_year: int) -> Iterator[tuple[int, str]]:
    """Name the amounts of the plan's years and of those that hold anything; nothing was spent in years to come."""
    planned = range(this_year, this_year + gathered.municipality.plan_horizon)
    spent = {line.year for line in gathered.lines if line.actual is not None}
    for year in sorted({*planned, *(line.year for line in gathered.lines)}):
        yield from ((year, name) for name in AMOUNTS if name != "actual" or year <= this_year or year in spent)
