"""Sums of money: ten thousand initiatives with ten years each, against the bare SQL of the same sums."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import insert, select, text

from benchmarks.result import Result, against, median_ms, medians_ms
from benchmarks.town import MUNICIPALITY_ID
from portfolio.budgets.models import BudgetLine, FundingSource
from portfolio.budgets.queries import MoneyFilter, read_slices
from portfolio.budgets.rules import BudgetPart
from portfolio.core.database import make_engine, open_session
from portfolio.register.models import Initiative

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.town import Town

FIRST, YEARS = 2050, 10
"""Years of which the generated town tells nothing."""
GOAL = 3
BARE = text(
    "SELECT i.portfolio_id, l.year, sum(l.planned) FROM budget_line l JOIN initiative i ON i.id = l.initiative_id "
    "WHERE l.municipality_id = :place AND l.year BETWEEN :first AND :last AND NOT l.removed AND NOT i.removed "
    "GROUP BY i.portfolio_id, l.year"
)
PAGE_MS = 1_000.0


def sums(large: Town) -> Iterator[Result]:
    """Every sum that the money page shows in its one statement, and the page itself."""
    _fill(large)
    years = range(FIRST, FIRST + YEARS)
    asked = {"place": MUNICIPALITY_ID, "first": years[0], "last": years[-1]}
    with open_session(large.engine, write=False) as session:
        ours, bare = medians_ms(
            lambda: read_slices(session, MUNICIPALITY_ID, years, MoneyFilter()),
            lambda: session.execute(BARE, asked).all(),
            runs=7,
        )
    yield against("sums of 10,000 initiatives × 10 years, against bare SQL, ms", ours, bare, GOAL)
    page = median_ms(lambda: large.get(f"/money?year={FIRST}"), runs=5, warm_up=1)
    yield against("page of the finances, ms", page, PAGE_MS, 1)


def _fill(large: Town) -> None:
    """Give each initiative an amount a year; the history of these lines is of no matter here."""
    unwatched = make_engine(large.engine.url.render_as_string(hide_password=False))
    with unwatched.begin() as connection:
        ids = list(connection.scalars(select(Initiative.id).where(Initiative.municipality_id == MUNICIPALITY_ID)))
        sources = list(connection.scalars(select(FundingSource.id)))
        rows = [
            {
                "municipality_id": MUNICIPALITY_ID,
                "version": 1,
                "removed": False,
                "initiative_id": identity,
                "year": year,
                "part": list(BudgetPart)[(identity + year) % 2],
                "source_id": sources[identity % len(sources)],
                "planned": None if (identity + year) % 11 == 0 else Decimal(identity % 1000 * 100),
                "actual": Decimal(identity % 500 * 100) if year == FIRST else None,
            }
            for identity in ids
            for year in range(FIRST, FIRST + YEARS)
        ]
        connection.execute(insert(BudgetLine.__table__), rows)  # type: ignore[arg-type] # every model is mapped to a table
    unwatched.dispose()
