"""The dependencies of the chart: lines from the end of a bar to the beginning of another; broken ones red, dashed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from portfolio.roadmap.bars import Arrow, Roadmap, Row, Window
from portfolio.roadmap.figure.tokens import LINGON, QUIET

Point: TypeAlias = tuple[float, float]

STUB, BETWEEN = 0.8, 0.42
"""How far a line goes from a bar before it turns, in per cent of the window, and how far from the middle of a row."""
TIP = 9
EPOCH = dt.date(1970, 1, 1).toordinal()
DAY = 86_400_000


def arrows(rows: Sequence[tuple[int, Row]], roadmap: Roadmap) -> Iterator[dict[str, Any]]:
    """Give one trace of the dependencies that hold and one of the broken ones; none where there are none."""
    places = {row.item.id: place for place, row in rows}
    for broken, colour in ((False, QUIET), (True, LINGON)):
        found = [_way(arrow, places) for arrow in roadmap.arrows if arrow.broken is broken]
        if found:
            yield _trace(found, roadmap.window, "broken" if broken else "dependencies", colour, dashed=broken)


def _way(arrow: Arrow, places: Mapping[int, int]) -> list[Point]:
    """Give the turns of a line, (per cent of the window, row); where the beginning lies earlier it goes back."""
    first, last = places[arrow.before], places[arrow.after]
    out, into = min(arrow.x_from + STUB, 100), arrow.x_to - STUB
    way: list[Point] = [(arrow.x_from, first), (out, first)]
    if into < out:
        between = last - BETWEEN if last > first else last + BETWEEN
        way += [(out, between), (into, between), (into, last)]
    else:
        way.append((out, last))
    return [*way, (arrow.x_to, last)]


def _trace(ways: Sequence[list[Point]], window: Window, name: str, colour: str, *, dashed: bool) -> dict[str, Any]:
    """Put lines one after another with gaps between, a tip at the end of each."""
    return {
        "type": "scatter",
        "name": name,
        "mode": "lines+markers",
        "x": [moment for way in ways for moment in (*(_moment(x, window) for x, _ in way), None)],
        "y": [place for way in ways for place in (*(place for _, place in way), None)],
        "line": {"color": colour, "width": 1.25, "dash": "4px,3px" if dashed else "solid"},
        "marker": {
            "symbol": "triangle-right",
            "color": colour,
            "opacity": 1,
            "size": [size for way in ways for size in (*[0] * (len(way) - 1), TIP, 0)],
        },
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _moment(x: float, window: Window) -> int:
    return round((window.begins - EPOCH + window.days * x / 100) * DAY)
