"""The traces of the chart: pieces of bars, progress, what runs over its end, what a pointer is told, marks."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias

from portfolio.roadmap.bars import Row, Shape, Tone
from portfolio.roadmap.bars.text_width import cut
from portfolio.roadmap.figure.tokens import COLOURS, EDGES, FILLS, ICE, INK, LINGON, PAPER, safe

Placed: TypeAlias = Sequence[tuple[int, Row]]

STEPS = 5
DAY = 86_400_000
MINUTES_OF_DAY = 1440
THICK, THIN = 0.6, 0.2
HOVER_LETTERS = 90
TEXTS = 32_768
"""What a pointer is told, as far as it is remembered: most is the same whatever was written meanwhile."""
SHAPES = 8192
"""Shapes and days that are remembered: of thousands of bars most lie at one of some dozens of times."""
FIRST_DAY, LAST_DAY = dt.date(1800, 1, 1).toordinal(), dt.date(2300, 1, 1).toordinal()
"""What lies beyond is a typing error in a year: it is drawn to here, and Plotly's clock is not overrun."""


class Pieces(NamedTuple):
    """A bar in the pieces that its softness needs: where each begins, its milliseconds, its opacity; and as one.

    Wider pieces come first, and those that follow lie on them.
    """

    bases: tuple[str, ...]
    lengths: tuple[int, ...]
    opacities: tuple[float, ...]
    base: str
    length: int


Drawn: TypeAlias = Sequence[tuple[int, Row, Pieces]]


@dataclass(slots=True)
class Columns:
    """The bars of one trace as Plotly takes them: a list for each property."""

    y: list[int] = field(default_factory=list)
    base: list[str] = field(default_factory=list)
    x: list[int] = field(default_factory=list)

    def add(self, place: int, bases: Sequence[str], lengths: Sequence[int]) -> None:
        """Add the pieces of a bar, at a place from the top: where each begins, and its milliseconds."""
        self.y += [place] * len(bases)
        self.base += bases
        self.x += lengths

    def trace(self, name: str, width: float, marker: dict[str, Any]) -> dict[str, Any]:
        """Give the trace."""
        return {
            "type": "bar",
            "name": name,
            "orientation": "h",
            "y": self.y,
            "base": self.base,
            "x": self.x,
            "width": width,
            "marker": marker,
            "hoverinfo": "skip",
            "showlegend": False,
        }


def traces(rows: Placed, today: dt.date) -> Iterator[dict[str, Any]]:
    """Give everything that is drawn in the rows, what lies above others last."""
    drawn = [(place, row, _pieces(row.shape)) for place, row in rows if row.shape is not None]
    yield from _bars(drawn)
    yield from _progress(drawn)
    yield from _overruns(drawn, today)
    yield from _hover(drawn)
    yield from _marks(rows)


def _bars(drawn: Drawn) -> Iterator[dict[str, Any]]:
    """Draw a trace for each tone, each bar in as many pieces as its softness needs."""
    found: defaultdict[tuple[Tone, bool], tuple[Columns, list[float]]] = defaultdict(lambda: (Columns(), []))
    for place, row, pieces in drawn:
        if row.bar is not None:
            columns, opacities = found[row.tone, row.filled]
            columns.add(place, pieces.bases, pieces.lengths)
            opacities += pieces.opacities
    for (tone, filled), (columns, opacities) in sorted(found.items(), key=lambda one: one[0]):
        colour = COLOURS[tone]
        marker: dict[str, Any] = {"color": colour, "opacity": opacities}
        if not filled:
            marker["pattern"] = {
                "shape": "/",
                "fgcolor": colour,
                "bgcolor": ICE if tone is Tone.PREPARED else PAPER,
                "size": 6,
                "solidity": 0.35,
            }
        yield columns.trace(str(tone), THICK, marker)


@lru_cache(maxsize=SHAPES)
def _pieces(shape: Shape) -> Pieces:
    """Draw a bar as pieces that lie on one another: one for each opacity, over all that is at least as opaque."""
    begins, ends = max(shape.begins, FIRST_DAY), min(shape.ends, LAST_DAY)
    full_from, full_to = (min(max(day, begins), ends) for day in (shape.full_from, shape.full_to))
    full = [(full_from, full_to, 1.0)] if full_from < full_to else []
    parts = list(_levels([*_steps(shape, begins, full_from), *full, *_steps(shape, full_to, ends)]))
    return Pieces(
        tuple(_moment(first) for first, _, _ in parts),
        tuple(round((last - first) * DAY) for first, last, _ in parts),
        tuple(opacity for _, _, opacity in parts),
        _moment(begins),
        round((ends - begins) * DAY),
    )


def _steps(shape: Shape, first: float, last: float) -> Iterator[tuple[float, float, float]]:
    step = (last - first) / STEPS
    for number in range(STEPS if step else 0):
        begins = first + step * number
        yield begins, begins + step, round(shape.opacity(begins + step / 2), 2)


def _levels(parts: Sequence[tuple[float, float, float]]) -> Iterator[tuple[float, float, float]]:
    """Give what lies on one another in place of what lies side by side: Plotly takes as long for each piece.

    Of a bar that rises and falls by the same steps nearly half are saved. What is seen through a piece is seen through
    those below it too, so each adds what its level has more than the one before.
    """
    below = 0.0
    for level in sorted({opacity for _, _, opacity in parts if opacity}):
        inside = [part for part in parts if part[2] >= level]
        yield inside[0][0], inside[-1][1], round((level - below) / (1 - below), 3)
        below = level


def _progress(drawn: Drawn) -> Iterator[dict[str, Any]]:
    """Draw how far the work is as a thin dark line in the bar."""
    begun = [(place, row, pieces.base) for place, row, pieces in drawn if row.bar is not None and row.bar.done]
    if begun:
        columns = Columns(
            [place for place, _, _ in begun],
            [base for _, _, base in begun],
            [_reached(row.shape, row.item.progress) for _, row, _ in begun],
        )
        yield columns.trace("progress", THIN, {"color": INK, "opacity": 0.75})


@lru_cache(maxsize=SHAPES)
def _reached(shape: Shape, progress: int) -> int:
    """Give the milliseconds from a bar's beginning to where the work is."""
    reached = min(shape.begins + (shape.ends - shape.begins) * progress / 100, LAST_DAY)
    return round((reached - max(shape.begins, FIRST_DAY)) * DAY)


def _overruns(drawn: Drawn, today: dt.date) -> Iterator[dict[str, Any]]:
    """Draw how far late work has gone past its end, up to today: dotted lines with gaps between."""
    late = [(place, row.shape) for place, row, _ in drawn if row.overrun is not None and row.shape is not None]
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


def _hover(drawn: Drawn) -> Iterator[dict[str, Any]]:
    """Lay one invisible bar over all pieces of each, which says whose they are."""
    if drawn:
        columns = Columns(
            [place for place, _, _ in drawn],
            [pieces.base for _, _, pieces in drawn],
            [pieces.length for _, _, pieces in drawn],
        )
        yield {
            **columns.trace("bars", THICK, {"color": INK, "opacity": 0}),
            "customdata": [row.item.id for _, row, _ in drawn],
            "hovertext": [
                _words(item.title, item.owner, item.span.words if item.span is not None else "")
                for item in (row.item for _, row, _ in drawn)
            ],
            "hoverinfo": "text",
        }


def _marks(rows: Placed) -> Iterator[dict[str, Any]]:
    marks = [
        (place, row.item.id, one.mark, one.kind, day)
        for place, row in rows
        if row.marks
        for one in row.marks
        if (day := one.mark.day)
    ]
    if not marks:
        return
    yield {
        "type": "scatter",
        "mode": "markers",
        "name": "marks",
        "y": [place for place, *_ in marks],
        "x": [day.isoformat() for *_, day in marks],
        "customdata": [identity for _, identity, *_ in marks],
        "hovertext": [_told(mark.title, mark.words) for _, _, mark, *_ in marks],
        "hoverinfo": "text",
        "showlegend": False,
        "cliponaxis": True,
        "marker": {
            "size": 12,
            "symbol": "diamond",
            "color": [FILLS[kind] for *_, kind, _ in marks],
            "line": {"color": [EDGES[kind] for *_, kind, _ in marks], "width": 1.5},
        },
    }


@lru_cache(maxsize=TEXTS)
def _words(title: str, owner: str | None, words: str) -> str:
    told = [text for text in (cut(title, HOVER_LETTERS), owner, words) if text]
    return safe("\n".join(told)).replace("\n", "<br>")


@lru_cache(maxsize=SHAPES)
def _told(title: str, words: str) -> str:
    return safe(f"{title}, {words}")


@lru_cache(maxsize=SHAPES)
def _moment(day: float) -> str:
    """Write an ordinal with its part of a day as Plotly reads times."""
    whole = dt.date.fromordinal(int(day))
    minutes = round((day - int(day)) * MINUTES_OF_DAY)
    if not minutes:
        return whole.isoformat()
    return (dt.datetime.combine(whole, dt.time()) + dt.timedelta(minutes=minutes)).isoformat(" ", "minutes")
