"""The roadmap taken out: a deck of five hundred bars."""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING

from benchmarks.result import Result, against, once_ms
from benchmarks.town import MUNICIPALITY_ID
from portfolio.cli.context import now
from portfolio.core.database import open_session
from portfolio.register.forms import load_options
from portfolio.register.rules import InitiativeFilter
from portfolio.roadmap import queries
from portfolio.roadmap.bars import Roadmap, Scale
from portfolio.roadmap.takeout import About, make_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.town import Town

BARS = 500
LIMIT_MS = 2_000
RUNS = 5
YEARS = 3


def decks(large: Town) -> Iterator[Result]:
    """Lay out five hundred initiatives and write their slides, from the query to the bytes."""
    ours = statistics.median(once_ms(lambda: _deck(large)) for _ in range(RUNS))
    yield against(f"deck of {BARS} bars, query to file, ms", ours, LIMIT_MS, 1)


def _deck(large: Town) -> bytes:
    with open_session(large.engine, write=False) as session:
        ways = queries.groupings(load_options(session, MUNICIPALITY_ID), "fi")
        kept = InitiativeFilter(ids=frozenset(range(1, BARS + 1)))
        wanted = queries.Wanted(kept, now().date(), "fi", ways, YEARS, scale=Scale.ALL)
        roadmap, grouping = queries.read(session, MUNICIPALITY_ID, wanted)
    _check(roadmap)
    return make_file("pptx", roadmap, About("Salkku", "Kunta", grouping.label, "nyt", "fi"))


def _check(roadmap: Roadmap) -> None:
    if roadmap.count != BARS:
        message = f"{roadmap.count} initiatives where {BARS} were to be measured"
        raise RuntimeError(message)
