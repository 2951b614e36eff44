"""A roadmap of thousands cut into pages, since no browser lays out tens of thousands of rows. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from portfolio.roadmap.bars.arrows import arrows_of
from portfolio.roadmap.bars.model import Lane, Roadmap

ROWS_A_PAGE = 5_000
"""Initiatives on a page: so many scroll without a frame that is waited for (``make bench``)."""


def part_of(roadmap: Roadmap, first: int, last: int) -> Roadmap:
    """Give the initiatives from the first to the last, counted from 1: of the lanes, then undated, then of other times.

    A lane that goes on from page to page keeps its count and its money on each. Arrows lead from row to row of a page.
    """
    lanes = tuple(_lanes(roadmap.lanes, first - 1, last))
    before = len(roadmap.rows)
    undated = roadmap.undated[max(first - 1 - before, 0) : max(last - before, 0)]
    before += len(roadmap.undated)
    elsewhere = roadmap.elsewhere[max(first - 1 - before, 0) : max(last - before, 0)]
    arrows = tuple(arrows_of(row for lane in lanes for row in lane.rows))
    return replace(roadmap, lanes=lanes, undated=undated, elsewhere=elsewhere, arrows=arrows)


def _lanes(lanes: Iterable[Lane], start: int, stop: int) -> Iterator[Lane]:
    """Cut the lanes as if their rows were one list; an outer lane stands before the first of its lanes that is left."""
    before, outer = 0, None
    for lane in lanes:
        if not lane.rows:
            outer = lane
            continue
        rows = lane.rows[max(start - before, 0) : max(stop - before, 0)]
        before += len(lane.rows)
        if not rows:
            continue
        if lane.level > 1 and outer is not None:
            yield outer
            outer = None
        yield replace(lane, rows=rows)
