"""Travelling in time: what differs between two revisions of a long history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.result import Result, against, median_ms
from benchmarks.town import MUNICIPALITY_ID
from portfolio.budgets.queries import changed_sums
from portfolio.core import history
from portfolio.core.database import open_session
from portfolio.register.queries import read_difference
from portfolio.reviews.queries import changed_health

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.town import Town

LIMIT_MS = 500.0


def differences(large: Town) -> Iterator[Result]:
    """The difference of the middle of the history and now, and the page that tells it."""
    with open_session(large.engine, write=False) as session:
        middle = history.latest_revision(session) // 2

        def compare() -> None:
            money = changed_sums(session, MUNICIPALITY_ID, middle)
            health = changed_health(session, MUNICIPALITY_ID, middle)
            read_difference(session, MUNICIPALITY_ID, middle, money=money, health=health)

        elapsed = median_ms(compare, runs=5, warm_up=1)
    yield against("difference of half the history and now, ms", elapsed, LIMIT_MS, 1)
    address = f"/changes?from=revision:{middle}"

    def first_time() -> None:
        history.forget()
        large.get(address)

    yield against("page of that difference, ms", median_ms(first_time, runs=5, warm_up=1), LIMIT_MS, None)
    again = median_ms(lambda: large.get(address), runs=5, warm_up=1)
    yield against("page of that difference asked for again, ms", again, LIMIT_MS, None)
