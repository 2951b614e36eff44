"""What surrounds the chart's traces: axes, lanes, the line of today."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain, repeat
from math import ceil
from typing import Any, NamedTuple, TypeAlias

from portfolio.core.language import N_, NO_BREAK, say
from portfolio.roadmap.bars import Lane, Roadmap, Row, Window
from portfolio.roadmap.bars.text_width import cut, roughly
from portfolio.roadmap.figure.tokens import INK, LANE, LINE, LINGON, PAPER, safe

Heads: TypeAlias = Sequence[tuple[int, Lane]]
Rows: TypeAlias = Sequence[tuple[int, Row]]

ROW_PIXELS, HEAD_PIXELS, INDENT = 30, 56, 14
TALLEST = 200
"""Rows that are shown at once; of more, the first are, and the rest is reached by dragging or by buttons."""
TITLE_LETTERS, LANE_LETTERS, NARROW_LETTERS = 42, 60, 20
TEXT_SIZE, EDGE, STANDOFF = 13, 8, 8
TITLES = 32_768
"""Titles that are remembered as they were cut: most are the same whatever was written meanwhile."""
TODAY = N_("Today")


class Tick(NamedTuple):
    """A title as the axis writes it, and how many pixels it takes at most."""

    text: str
    pixels: float


def places(lanes: Sequence[Lane]) -> tuple[Heads, Rows]:
    """Number lanes' heads and rows from the top."""
    heads: list[tuple[int, Lane]] = []
    rows: list[tuple[int, Row]] = []
    for lane in lanes:
        place = len(heads) + len(rows)
        heads.append((place, lane))
        rows += enumerate(lane.rows, place + 1)
    return heads, rows


def layout(roadmap: Roadmap, heads: Heads, today: dt.date, language: str) -> dict[str, Any]:
    """Give the layout for a wide page: titles at the left, lanes' titles on their bands."""
    ticks = _ticks(roadmap.lanes, TITLE_LETTERS)
    shown = min(len(ticks), TALLEST)
    now = [today.isoformat()] if roadmap.today is not None else []
    return {
        "barmode": "overlay",
        "height": HEAD_PIXELS + ROW_PIXELS * max(shown, 1),
        "margin": {"l": _left(ticks), "r": 16, "t": 36, "b": 20},
        "paper_bgcolor": PAPER,
        "plot_bgcolor": PAPER,
        "font": {"family": "system-ui, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif", "size": TEXT_SIZE, "color": INK},
        "separators": ".," if language == "en" else f",{NO_BREAK}",
        "dragmode": "pan" if len(ticks) > TALLEST else "zoom",
        "xaxis": _time_axis(roadmap.window),
        "yaxis": _row_axis(ticks, shown),
        "shapes": [*(_band(place) for place, lane in heads if lane.level == 1), *(_line(day) for day in now)],
        "annotations": [*(_head(place, lane) for place, lane in heads), *_word(now, language)],
    }


def narrow(roadmap: Roadmap, today: dt.date, language: str) -> dict[str, Any]:
    """Give what differs on a phone: shorter titles, and those of lanes among them."""
    now = [today.isoformat()] if roadmap.today is not None else []
    ticks = _ticks(roadmap.lanes, NARROW_LETTERS, heads=True)
    return {"left": _left(ticks), "ticktext": [one.text for one in ticks], "annotations": _word(now, language)}


def _time_axis(window: Window) -> dict[str, Any]:
    after = window.last + dt.timedelta(days=1)
    return {
        "type": "date",
        "side": "top",
        "range": [window.first.isoformat(), after.isoformat()],
        "gridcolor": LINE,
        "tickcolor": LINE,
        "zeroline": False,
    }


def _row_axis(ticks: Sequence[Tick], shown: int) -> dict[str, Any]:
    return {
        "range": [shown - 0.5, -0.5],
        "tickmode": "array",
        "tickvals": list(range(len(ticks))),
        "ticktext": [one.text for one in ticks],
        "ticklabelstandoff": STANDOFF,
        "ticklabeloverflow": "allow",  # else each label's box is measured, which takes as long as all the bars
        "showgrid": False,
        "zeroline": False,
        "fixedrange": len(ticks) <= TALLEST,
        "minallowed": -0.5,
        "maxallowed": max(len(ticks), 1) - 0.5,
    }


def _ticks(lanes: Iterable[Lane], letters: int, *, heads: bool = False) -> list[Tick]:
    """Cut the titles of rows; in the place of a lane's head there is its title or none."""
    titles = ((lane.title if heads else "", *(row.item.title for row in lane.rows)) for lane in lanes)
    return list(map(_tick, chain.from_iterable(titles), repeat(letters)))


@lru_cache(maxsize=TITLES)
def _tick(title: str, letters: int) -> Tick:
    line = cut(title, letters)
    return Tick(safe(line), roughly(line, TEXT_SIZE))


def _left(ticks: Iterable[Tick]) -> int:
    """Give the room of the longest title: Plotly's own measuring of all titles takes longer than drawing the bars."""
    return EDGE + STANDOFF + ceil(max((one.pixels for one in ticks), default=0))


def _band(place: int) -> dict[str, Any]:
    edges = {"x0": 0, "x1": 1, "y0": place - 0.5, "y1": place + 0.5}
    return {"type": "rect", "xref": "paper", "layer": "below", **edges, "fillcolor": LANE, "line": {"width": 0}}


def _head(place: int, lane: Lane) -> dict[str, Any]:
    """Write a lane's title on its band, one within another moved in; bold by its font, since markup is inline style."""
    at = {"xref": "paper", "x": 0, "xanchor": "left", "y": place, "yanchor": "middle"}
    return {
        **at,
        "text": safe(cut(lane.title, LANE_LETTERS)),
        "xshift": INDENT * (lane.level - 1),
        "showarrow": False,
        "font": {"weight": 650, "color": INK},
    }


def _line(day: str) -> dict[str, Any]:
    edges = {"x0": day, "x1": day, "y0": 0, "y1": 1}
    return {"type": "line", "yref": "paper", **edges, "line": {"color": LINGON, "width": 2}}


def _word(days: Sequence[str], language: str) -> list[dict[str, Any]]:
    """Name the line of today, where it is in the window."""
    at = {"y": 0, "yref": "paper", "yanchor": "top", "showarrow": False, "font": {"color": LINGON, "size": 12}}
    return [{**at, "x": day, "text": say(TODAY, language)} for day in days]
