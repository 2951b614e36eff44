"""The ghosts of the chart: where bars lay at the time compared with, thin, below the bars of now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from portfolio.roadmap.bars import Row, Stretch, Window
from portfolio.roadmap.figure.tokens import GHOST

STEPS = 4
OFFSET, THICK = 0.32, 0.16
"""Below the middle of the row, in shares of a row; the bar above reaches to 0.3."""
DAY = 86_400_000


def ghosts(rows: Sequence[tuple[int, Row]], window: Window) -> Iterator[dict[str, Any]]:
    """Give one trace of all ghosts, each in as many pieces as its softness needs; none where there are none."""
    pieces = [(place, *piece) for place, row in rows if row.ghost is not None for piece in _pieces(row.ghost.seen)]
    if not pieces:
        return
    scale = window.days / 100
    first = dt.datetime.combine(window.first, dt.time())
    yield {
        "type": "bar",
        "name": "ghosts",
        "orientation": "h",
        "y": [place for place, _, _, _ in pieces],
        "base": [(first + dt.timedelta(days=x * scale)).isoformat(" ", "minutes") for _, x, _, _ in pieces],
        "x": [round(width * scale * DAY) for _, _, width, _ in pieces],
        "offset": OFFSET,
        "width": THICK,
        "marker": {"color": GHOST, "opacity": [opacity for _, _, _, opacity in pieces]},
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _pieces(seen: Stretch) -> Iterator[tuple[float, float, float]]:
    """Cut a stretch into (x, width, opacity), in per cent of the window: one where it is full, steps where it fades."""
    if not seen.fade:
        yield seen.x, seen.width, 1.0
        return
    for (start, before), (end, after) in pairwise(seen.fade):
        steps = STEPS if before != after else 1
        for number in range(steps):
            share = (number + 0.5) / steps
            x = seen.x + seen.width * (start + (end - start) * number / steps) / 100
            yield x, seen.width * (end - start) / steps / 100, round((before + (after - before) * share) / 100, 2)
