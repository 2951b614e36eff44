"""The rows of the table: each measures one promise of the issues on generated data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from benchmarks.result import Result, against, median_ms, medians_ms, once_ms
from benchmarks.town import MUNICIPALITY_ID
from portfolio.cli.context import now
from portfolio.core import history
from portfolio.core.database import open_session
from portfolio.core.history import Update, write_many
from portfolio.core.rights import operator
from portfolio.register.models import Initiative

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.town import Town

LIST = "/initiatives"
CARD = "/initiatives/5000"
PAGE_LIMIT_MS = 25.0
FIRST_PAST_LIMIT_MS = 500.0
CELLS = 10_000


def pages(small: Town, large: Town) -> Iterator[Result]:
    """The register and the card: times of the server, sign-in and rights included."""
    ours, reference = medians_ms(lambda: large.get(LIST), lambda: small.get(LIST))
    yield against("register page of 50 rows: 10,000 against 1,000 initiatives", ours, reference, 1.3)
    yield against("register page of 50 rows at 10,000 initiatives, ms", ours, PAGE_LIMIT_MS, 1)
    card = median_ms(lambda: large.get(CARD))
    yield against("card at 10,000 initiatives, ms", card, PAGE_LIMIT_MS, 1)


def past(large: Town) -> Iterator[Result]:
    """The register as of a past time: half of 200,000 changes back."""
    with open_session(large.engine, write=False) as session:
        middle = history.latest_revision(session) // 2
        history.forget()
        first = once_ms(lambda: history.rows(session, Initiative, MUNICIPALITY_ID, middle))
    yield against("whole register as of a past time, the first time, ms", first, FIRST_PAST_LIMIT_MS, 1)
    ours, reference = medians_ms(lambda: large.get(f"{LIST}?revision={middle}"), lambda: large.get(LIST))
    yield against("register page as of a past time, cached, against the page now", ours, reference, 2)


def writing(large: Town) -> Iterator[Result]:
    """Ten thousand cells through the history against the bare statement that writes the same cells."""
    with open_session(large.engine, write=True) as session:
        ids = list(session.scalars(select(Initiative.id).limit(CELLS)))
        raw: Any = session.connection().connection.driver_connection
        sql = "UPDATE initiative SET notes = ? WHERE id = ?"

        def ours() -> None:
            text = str(now())
            write_many(session, operator(now()), updates=[Update(Initiative, one, {"notes": text}) for one in ids])

        def bare() -> None:
            text = str(now())
            raw.executemany(sql, [(text, one) for one in ids])

        mine, reference = medians_ms(ours, bare, runs=5)
        session.rollback()
    yield against("10,000 cells written through the history against the bare SQL", mine, reference, None)
