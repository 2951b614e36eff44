"""The council terms of the chart: every second one shaded, each named above the axis where its name fits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from portfolio.roadmap.bars import Band, Roadmap, Window
from portfolio.roadmap.bars.text_width import AXIS_SIZE, width_of
from portfolio.roadmap.figure.tokens import QUIET, SHADE

PADDING = 6
NARROWEST = 140
"""Pixels that the titles of rows leave of a chart on a phone."""
ABOVE = 34
"""Pixels above the rows where the names stand: over the two lines of the axis."""
HEIGHT = 18


def with_bands(layout: dict[str, Any], roadmap: Roadmap) -> dict[str, Any]:
    """Give the layout with the terms behind all that it draws, and room for their names above the axis."""
    if not roadmap.bands:
        return layout
    margin = {**layout["margin"], "t": layout["margin"]["t"] + HEIGHT}
    shaded = [_rect(band, roadmap.window) for band in roadmap.bands if band.shaded]
    return {
        **layout,
        "height": layout["height"] + HEIGHT,
        "margin": margin,
        "shapes": [*shaded, *layout["shapes"]],
        "annotations": [*layout["annotations"], *names(roadmap)],
    }


def names(roadmap: Roadmap, *, narrow: bool = False) -> Iterator[dict[str, Any]]:
    """Give the names of the terms as annotations; on a ``narrow`` chart their years where these have room."""
    for band in roadmap.bands:
        text = band.words.split()[-1] if narrow else band.label
        if text and not (narrow and width_of(text, AXIS_SIZE) + PADDING > NARROWEST * band.width / 100):
            yield {
                "x": _day(band.x, roadmap.window),
                "xanchor": "left",
                "yref": "paper",
                "y": 1,
                "yanchor": "bottom",
                "yshift": ABOVE,
                "text": text,
                "showarrow": False,
                "font": {"color": QUIET, "size": AXIS_SIZE},
            }


def _rect(band: Band, window: Window) -> dict[str, Any]:
    edges = {"x0": _day(band.x, window), "x1": _day(band.x + band.width, window), "y0": 0, "y1": 1}
    return {"type": "rect", "yref": "paper", "layer": "below", **edges, "fillcolor": SHADE, "line": {"width": 0}}


def _day(x: float, window: Window) -> str:
    return (window.first + dt.timedelta(days=round(window.days * x / 100))).isoformat()
