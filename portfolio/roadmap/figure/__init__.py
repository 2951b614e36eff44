"""The Plotly chart of a roadmap: the same bars, marks and lanes as the grid, to zoom and pan in.

Plain dictionaries: the graph objects would check names at twenty times the cost (``reference/dependencies.md`` §9); the
tests check them instead. Softness is drawn in steps, since Plotly's bars know no gradients.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import orjson

from portfolio.roadmap.bars import Roadmap
from portfolio.roadmap.figure.arrows import arrows
from portfolio.roadmap.figure.bands import names, with_bands
from portfolio.roadmap.figure.data import traces
from portfolio.roadmap.figure.ghosts import ghosts
from portfolio.roadmap.figure.layout import TALLEST, layout, narrow, places
from portfolio.roadmap.figure.locale import locale


def gantt(roadmap: Roadmap, today: dt.date, language: str) -> dict[str, Any]:
    """Give the figure as JSON-ready ``data``, ``layout``, ``config`` and ``locale``, rows as in the grid.

    ``narrow`` holds the parts of the layout that differ on a phone.
    """
    heads, rows = places(roadmap.lanes)
    small = narrow(roadmap, today, language)
    return {
        "data": [*ghosts(rows, roadmap.window), *traces(rows, today), *arrows(rows, roadmap)],
        "layout": with_bands(layout(roadmap, heads, today, language), roadmap),
        "narrow": {**small, "annotations": [*small["annotations"], *names(roadmap, narrow=True)]},
        "config": {
            "displayModeBar": False,
            "responsive": True,
            "locale": language,
            "doubleClick": "reset",
            "showAxisDragHandles": len(heads) + len(rows) <= TALLEST,  # pulled by an end, it squeezes all rows
        },
        "locale": locale(language),
    }


def gantt_json(roadmap: Roadmap, today: dt.date, language: str) -> bytes:
    """Give the figure as JSON: of thousands of bars, the standard library takes ten times as long to write it."""
    return orjson.dumps(gantt(roadmap, today, language))
