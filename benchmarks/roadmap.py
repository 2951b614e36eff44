"""The roadmap on the server: the data of five thousand bars against the bare SQL, and the page of five hundred."""

from __future__ import annotations

import statistics
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from benchmarks.result import Result, against, median_ms, once_ms
from benchmarks.town import MUNICIPALITY_ID
from portfolio.cli.context import now
from portfolio.core import history
from portfolio.core.database import open_session
from portfolio.register.forms import load_options
from portfolio.register.rules import InitiativeFilter
from portfolio.roadmap import queries
from portfolio.roadmap.bars import Roadmap, Scale
from portfolio.roadmap.takeout import About, make_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from benchmarks.town import Town

FEW, MANY = 500, 5_000
YEARS = 3
RUNS = 7
DATA_GOAL = 3
GRID_LIMIT_MS = 60.0
FILE_LIMIT_MS = 2_000
EVERYTHING = "/roadmap?scale=all"

FETCHED = {
    "initiative": "id, kind, title_fi, title_sv, title_sort, status, timespan, progress, completed_on, unit_id,"
    " owner_post_id, portfolio_id",
    "milestone": "id, initiative_id, title_fi, title_sv, timespan, completed_on",
    "recurring_deadline": "id, initiative_id, title_fi, title_sv, month, day, from_year, to_year",
    "initiative_category": "initiative_id, category_id",
    "initiative_forum": "initiative_id, forum_id",
    "dependency": "predecessor_id, successor_id",
    "post": "id, title_fi, title_sv",
}
BARE = [
    f"SELECT {names} FROM {table} WHERE municipality_id = ? AND NOT removed"  # noqa: S608 -- our own words
    for table, names in FETCHED.items()
]
"""The same rows and columns as the roadmap reads, straight through the driver: no types, no objects, no order."""


def data(many: Town) -> Iterator[Result]:
    """Read, lay out and write as JSON what the chart of every initiative draws; the reference only fetches its rows.

    No answer is kept, as after somebody has written; what values say, the shape of a time or a title that is cut, is
    remembered as in any process that serves. Then as it is asked for again: nobody has written anything meanwhile.
    """
    with open_session(many.engine, write=False) as session:
        _read(session, MANY)
    times = []
    for _ in range(RUNS):
        history.forget()
        times.append((once_ms(lambda: _data(many)), once_ms(lambda: _data(many)), once_ms(lambda: _bare(many))))
    ours, again, bare = map(statistics.median, zip(*times, strict=True))
    name = f"data of {MANY:,} bars, query to JSON, against the bare SQL that fetches the rows"
    yield against(name, ours, bare, DATA_GOAL)
    yield against(f"{name}, asked for again", again, bare, DATA_GOAL)


def pages(few: Town) -> Iterator[Result]:
    """The grid: times of the server, sign-in and rights included."""
    grid = median_ms(lambda: few.get(EVERYTHING), runs=9)
    yield against(f"roadmap grid of {FEW} bars, data and page, ms", grid, GRID_LIMIT_MS, 1)


def files(few: Town) -> Iterator[Result]:
    """The roadmap taken out, from the query to the bytes."""
    for kind in ("pptx", "pdf"):
        ours = median_ms(lambda kind=kind: _file(few, kind), runs=5, warm_up=1)  # type: ignore[misc] # mypy infers no lambda with a default
        yield against(f"{kind} of {FEW} bars, query to file, ms", ours, FILE_LIMIT_MS, 1)


def _data(town: Town) -> bytes:
    with open_session(town.engine, write=False) as session:
        return queries.read_chart(session, MUNICIPALITY_ID, replace(_wanted(session), bare=True))


def _bare(town: Town) -> int:
    with open_session(town.engine, write=False) as session:
        raw: Any = session.connection().connection.driver_connection
        return sum(len(raw.execute(sql, (MUNICIPALITY_ID,)).fetchall()) for sql in BARE)


def _file(town: Town, kind: str) -> bytes:
    with open_session(town.engine, write=False) as session:
        roadmap, grouping = _read(session, FEW)
    return make_file(kind, roadmap, About("Salkku", "Kunta", grouping.label, "nyt", "fi"))


def _read(session: Session, bars: int) -> tuple[Roadmap, queries.Grouping]:
    roadmap, grouping = queries.read(session, MUNICIPALITY_ID, _wanted(session))
    drawn = sum(row.bar is not None for row in roadmap.rows)
    if drawn < bars:
        message = f"{drawn} bars where {bars} were to be measured"
        raise RuntimeError(message)
    return roadmap, grouping


def _wanted(session: Session) -> queries.WantedRoadmap:
    ways = queries.groupings(load_options(session, MUNICIPALITY_ID), "fi")
    return queries.WantedRoadmap(InitiativeFilter(), now().date(), "fi", ways, YEARS, scale=Scale.ALL)
