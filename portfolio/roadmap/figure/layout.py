"""What surrounds the chart's traces: axes, lanes, the line of today."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from math import ceil
from typing import Any, TypeAlias

from portfolio.core.language import N_, NO_BREAK, say
from portfolio.roadmap.bars import Lane, Roadmap, Row, Window
from portfolio.roadmap.bars.text_width import cut, widest
from portfolio.roadmap.figure.tokens import INK, LANE, LINE, LINGON, PAPER, safe

Places: TypeAlias = Sequence[tuple[int, Lane | Row]]

ROW_PIXELS, HEAD_PIXELS, INDENT = 30, 56, 14
TALLEST = 200
"""Rows that are shown at once; of more, the first are, and the rest is reached by dragging or by buttons."""
TITLE_LETTERS, LANE_LETTERS, NARROW_LETTERS = 42, 60, 20
TEXT_SIZE, EDGE, STANDOFF = 13, 8, 8
TODAY = N_("Today")


def places(lanes: Sequence[Lane]) -> Iterator[tuple[int, Lane | Row]]:
    """Number lanes' heads and rows from the top."""
    place = 0
    for lane in lanes:
        yield place, lane
        yield from enumerate(lane.rows, place + 1)
        place += len(lane.rows) + 1


def layout(roadmap: Roadmap, placed: Places, today: dt.date, language: str) -> dict[str, Any]:
    """Give the layout for a wide page: titles at the left, lanes' titles on their bands."""
    shown = min(len(placed), TALLEST)
    titles = _titles(placed, TITLE_LETTERS)
    lanes = [(place, row) for place, row in placed if isinstance(row, Lane)]
    now = [today.isoformat()] if roadmap.today is not None else []
    return {
        "barmode": "overlay",
        "height": HEAD_PIXELS + ROW_PIXELS * max(shown, 1),
        "margin": {"l": _left(titles), "r": 16, "t": 36, "b": 20},
        "paper_bgcolor": PAPER,
        "plot_bgcolor": PAPER,
        "font": {"family": "system-ui, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif", "size": TEXT_SIZE, "color": INK},
        "separators": ".," if language == "en" else f",{NO_BREAK}",
        "dragmode": "pan" if len(placed) > TALLEST else "zoom",
        "xaxis": _time_axis(roadmap.window),
        "yaxis": _row_axis(placed, titles, shown),
        "shapes": [*(_band(place) for place, lane in lanes if lane.level == 1), *(_line(day) for day in now)],
        "annotations": [*(_head(place, lane) for place, lane in lanes), *_word(now, language)],
    }


def narrow(roadmap: Roadmap, placed: Places, today: dt.date, language: str) -> dict[str, Any]:
    """Give what differs on a phone: shorter titles, and those of lanes among them."""
    now = [today.isoformat()] if roadmap.today is not None else []
    titles = _titles(placed, NARROW_LETTERS)
    return {"left": _left(titles), "ticktext": list(map(safe, titles)), "annotations": _word(now, language)}


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


def _row_axis(placed: Places, titles: Sequence[str], shown: int) -> dict[str, Any]:
    return {
        "range": [shown - 0.5, -0.5],
        "tickmode": "array",
        "tickvals": [place for place, _ in placed],
        "ticktext": [
            "" if isinstance(row, Lane) else safe(text) for (_, row), text in zip(placed, titles, strict=True)
        ],
        "ticklabelstandoff": STANDOFF,
        "ticklabeloverflow": "allow",  # else each label's box is measured, which takes as long as all the bars
        "showgrid": False,
        "zeroline": False,
        "fixedrange": len(placed) <= TALLEST,
        "minallowed": -0.5,
        "maxallowed": max(len(placed), 1) - 0.5,
    }


def _titles(placed: Places, letters: int) -> list[str]:
    return [cut(row.title if isinstance(row, Lane) else row.item.title, letters) for _, row in placed]


def _left(titles: Iterable[str]) -> int:
    """Give the room of the longest title: Plotly's own measuring of all titles takes longer than drawing the bars."""
    return EDGE + STANDOFF + ceil(widest(titles, TEXT_SIZE))


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
