"""The traces of the chart: pieces of bars, progress, what runs over its end, what a pointer is told, marks."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, TypeAlias

from portfolio.roadmap.bars import Row, Shape, Tone
from portfolio.roadmap.bars.text_width import shorten
from portfolio.roadmap.figure.tokens import COLOURS, EDGES, FILLS, ICE, INK, LINGON, PAPER, safe

Placed: TypeAlias = Sequence[tuple[int, Row]]
Pieces: TypeAlias = tuple[tuple[str, int, float], ...]

STEPS = 5
DAY = 86_400_000
MINUTES_OF_DAY = 1440
THICK, THIN = 0.6, 0.2
HOVER_LETTERS = 90
SHAPES = 8192
"""Shapes whose pieces are remembered: of thousands of bars most lie at one of some dozens of times."""
FIRST_DAY, LAST_DAY = dt.date(1800, 1, 1).toordinal(), dt.date(2300, 1, 1).toordinal()
"""What lies beyond is a typing error in a year: it is drawn to here, and Plotly's clock is not overrun."""


def traces(rows: Placed, today: dt.date) -> Iterator[dict[str, Any]]:
    """Give everything that is drawn in the rows, what lies above others last."""
    yield from _bars(rows)
    yield from _progress(rows)
    yield from _overruns(rows, today)
    yield from _hover(rows)
    yield from _marks(rows)


def _bars(rows: Placed) -> Iterator[dict[str, Any]]:
    """Draw a trace for each tone, each bar in as many pieces as its softness needs."""
    pieces: defaultdict[tuple[Tone, bool], list[tuple[int, Pieces]]] = defaultdict(list)
    for place, row in rows:
        if row.bar is not None and row.shape is not None:
            pieces[row.tone, row.filled].append((place, _pieces(row.shape)))
    for (tone, filled), drawn in sorted(pieces.items()):
        colour = COLOURS[tone]
        marker: dict[str, Any] = {"color": colour, "opacity": [piece[2] for _, found in drawn for piece in found]}
        if not filled:
            marker["pattern"] = {
                "shape": "/",
                "fgcolor": colour,
                "bgcolor": ICE if tone is Tone.PREPARED else PAPER,
                "size": 6,
                "solidity": 0.35,
            }
        yield _trace(str(tone), drawn, THICK, marker)


@lru_cache(maxsize=SHAPES)
def _pieces(shape: Shape) -> Pieces:
    """Cut a bar into (beginning, milliseconds, opacity): the soft ends in steps, the full part in one."""
    begins, ends = max(shape.begins, FIRST_DAY), min(shape.ends, LAST_DAY)
    full_from, full_to = (min(max(day, begins), ends) for day in (shape.full_from, shape.full_to))
    full = [(full_from, full_to, 1.0)] if full_from < full_to else []
    parts = [*_steps(shape, begins, full_from), *full, *_steps(shape, full_to, ends)]
    return tuple((*_stretch(first, last), round(opacity, 2)) for first, last, opacity in parts)


@lru_cache(maxsize=SHAPES)
def _whole(shape: Shape) -> Pieces:
    """Give all of a bar as one piece."""
    return ((*_stretch(max(shape.begins, FIRST_DAY), min(shape.ends, LAST_DAY)), 1.0),)


def _stretch(first: float, last: float) -> tuple[str, int]:
    """Give where a piece begins, and its milliseconds; both moments are ordinals of days."""
    return _moment(first), round((last - first) * DAY)


def _steps(shape: Shape, first: float, last: float) -> Iterator[tuple[float, float, float]]:
    step = (last - first) / STEPS
    for number in range(STEPS if step else 0):
        begins = first + step * number
        yield begins, begins + step, shape.opacity(begins + step / 2)


def _progress(rows: Placed) -> Iterator[dict[str, Any]]:
    """Draw how far the work is as a thin dark line in the bar."""
    drawn = [
        (place, ((*_stretch(max(shape.begins, FIRST_DAY), _reached(shape, row.item.progress or 0)), 1.0),))
        for place, row in rows
        if row.bar is not None and row.bar.done is not None and (shape := row.shape) is not None
    ]
    if drawn:
        yield _trace("progress", drawn, THIN, {"color": INK, "opacity": 0.75})


def _overruns(rows: Placed, today: dt.date) -> Iterator[dict[str, Any]]:
    """Draw how far late work has gone past its end, up to today: dotted lines with gaps between."""
    late = [(place, row.shape) for place, row in rows if row.overrun is not None and row.shape is not None]
    if late:
        yield {
            "type": "scatter",
            "mode": "lines",
            "name": "late",
            "x": [x for _, shape in late for x in (_moment(max(shape.ends, FIRST_DAY)), today.isoformat(), None)],
            "y": [y for place, _ in late for y in (place, place, None)],
            "line": {"color": LINGON, "width": 2.5, "dash": "dot"},
            "hoverinfo": "skip",
            "showlegend": False,
        }


def _hover(rows: Placed) -> Iterator[dict[str, Any]]:
    """Lay one invisible bar over all pieces of each, which says whose they are."""
    bars = [(place, row, row.shape) for place, row in rows if row.shape is not None]
    if bars:
        whole = [(place, _whole(shape)) for place, _, shape in bars]
        yield {
            **_trace("bars", whole, THICK, {"color": INK, "opacity": 0}),
            "customdata": [row.item.id for _, row, _ in bars],
            "hovertext": [_words(row) for _, row, _ in bars],
            "hoverinfo": "text",
        }


def _reached(shape: Shape, progress: int) -> float:
    return min(shape.begins + (shape.ends - shape.begins) * progress / 100, LAST_DAY)


def _trace(name: str, drawn: Sequence[tuple[int, Pieces]], width: float, marker: dict[str, Any]) -> dict[str, Any]:
    """Make bars of the pieces at each place from the top."""
    return {
        "type": "bar",
        "name": name,
        "orientation": "h",
        "y": [place for place, pieces in drawn for _ in pieces],
        "base": [piece[0] for _, pieces in drawn for piece in pieces],
        "x": [piece[1] for _, pieces in drawn for piece in pieces],
        "width": width,
        "marker": marker,
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _marks(rows: Placed) -> Iterator[dict[str, Any]]:
    marks = [(place, row, placed) for place, row in rows for placed in row.marks]
    if not marks:
        return
    kinds = [placed.kind for _, _, placed in marks]
    yield {
        "type": "scatter",
        "mode": "markers",
        "name": "marks",
        "y": [place for place, _, _ in marks],
        "x": [placed.mark.day.isoformat() for _, _, placed in marks if placed.mark.day],
        "customdata": [row.item.id for _, row, _ in marks],
        "hovertext": [safe(f"{placed.mark.title}, {placed.mark.words}") for _, _, placed in marks],
        "hoverinfo": "text",
        "showlegend": False,
        "cliponaxis": True,
        "marker": {
            "size": 12,
            "symbol": "diamond",
            "color": [FILLS[kind] for kind in kinds],
            "line": {"color": [EDGES[kind] for kind in kinds], "width": 1.5},
        },
    }


def _words(row: Row) -> str:
    words = row.item.span.words if row.item.span else ""
    return "<br>".join(safe(text) for text in (shorten(row.item.title, HOVER_LETTERS), row.item.owner, words) if text)


def _moment(day: float) -> str:
    """Write an ordinal with its part of a day as Plotly reads times."""
    whole = int(day)
    minutes = round((day - whole) * MINUTES_OF_DAY)
    moment = dt.datetime.combine(dt.date.fromordinal(whole), dt.time()) + dt.timedelta(minutes=minutes)
    return moment.isoformat(" ", "minutes")
