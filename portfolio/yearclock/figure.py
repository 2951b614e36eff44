"""The year clock as a Plotly figure: a circle of months, a ring a clock, January on top, time going clockwise.

Plain dictionaries, as in the roadmap's figure. The equal list stands beside it; kinds differ in shape and colour.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Sequence
from typing import Any

from portfolio.core.language import format_date, month_name, say
from portfolio.yearclock.rules import KIND_WORDS, Clock, Event, EventKind

INK, LINE, PAPER, LINGON = "#17232e", "#d7dee4", "#ffffff", "#a81f43"
FONT = {"family": "system-ui, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif", "size": 13, "color": INK}
SIGNS: dict[EventKind, tuple[str, str]] = {
    EventKind.DEADLINE: ("diamond", "#a81f43"),
    EventKind.ROUND: ("square", "#10629b"),
    EventKind.BUDGET: ("star", "#8f5600"),
    EventKind.MEETING: ("circle", "#5d4a8a"),
    EventKind.MILESTONE: ("triangle-up", "#1d6b4f"),
}
"""The shape and the colour of each kind, as in the list."""
INNER, STEP, ROUND = 2.0, 1.0, 360
APART = {kind: 0.14 * (place - 2) for place, kind in enumerate(EventKind)}
"""How far from its ring each kind stands, so that two kinds on one day do not hide each other."""
MONTHS = range(1, 13)


def angle(day: dt.date) -> float:
    """Return where a day stands on the circle, in degrees from New Year clockwise, at its middle."""
    return round(ROUND * (day.timetuple().tm_yday - 0.5) / _days(day.year), 2)


def year_figure(clocks: Sequence[Clock], year: int, today: dt.date, language: str) -> dict[str, Any]:
    """Give the figure as JSON-ready ``data``, ``layout`` and ``config``."""
    rings = [INNER + STEP * place for place in range(len(clocks))]
    outer = (rings[-1] if rings else INNER) + STEP / 2
    data = [_between_months(year, outer)]
    data += [trace for kind in EventKind if (trace := _trace(kind, clocks, rings, language))["theta"]]
    if today.year == year:
        data.append(_now(today, outer))
    return {
        "data": data,
        "layout": _layout(year, outer, rings, language),
        "narrow": {"height": 400, "margin": {"l": 62, "r": 62, "t": 30, "b": 30}, "font": {**FONT, "size": 11}},
        "config": {"displayModeBar": False, "responsive": True},
    }


def _trace(kind: EventKind, clocks: Sequence[Clock], rings: Sequence[float], language: str) -> dict[str, Any]:
    """Draw the events of one kind on their rings; vague ones are hollow."""
    found = [
        (ring, event) for clock, ring in zip(clocks, rings, strict=True) for event in clock.events if event.kind is kind
    ]
    shape, colour = SIGNS[kind]
    return {
        "type": "scatterpolar",
        "mode": "markers",
        "name": say(KIND_WORDS[kind], language),
        "r": [round(ring + APART[kind], 2) for ring, _ in found],
        "theta": [angle(event.day) for _, event in found],
        "text": [_told(event, language) for _, event in found],
        "hoverinfo": "text",
        "marker": {
            "symbol": [shape if event.exact else f"{shape}-open" for _, event in found],
            "color": colour,
            "size": 12,
            "line": {"color": PAPER if all(event.exact for _, event in found) else colour, "width": 1.5},
        },
    }


def _told(event: Event, language: str) -> str:
    time = event.words or format_date(event.day, language)
    return _safe(f"{time}: {event.title}")


def _now(today: dt.date, outer: float) -> dict[str, Any]:
    line = {"color": LINGON, "width": 2}
    return {
        "type": "scatterpolar",
        "mode": "lines",
        "r": [0, outer],
        "theta": [angle(today)] * 2,
        "line": line,
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _between_months(year: int, outer: float) -> dict[str, Any]:
    """Draw the lines between months: the names stand at the middle of each."""
    starts = [ROUND * (dt.date(year, month, 1).timetuple().tm_yday - 1) / _days(year) for month in MONTHS]
    return {
        "type": "scatterpolar",
        "mode": "lines",
        "r": [place for _ in starts for place in (0, outer, None)],
        "theta": [round(start, 2) for start in starts for _ in range(3)],
        "line": {"color": LINE, "width": 1},
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _days(year: int) -> int:
    return 366 if calendar.isleap(year) else 365


def _layout(year: int, outer: float, rings: Sequence[float], language: str) -> dict[str, Any]:
    """Number the rings from the inside where there are several; the page names them."""
    middles = [angle(dt.date(year, month, 15)) for month in MONTHS]
    return {
        "autosize": True,
        "height": 560,
        "margin": {"l": 84, "r": 84, "t": 40, "b": 40},
        "paper_bgcolor": PAPER,
        "font": FONT,
        "showlegend": True,
        "legend": {"orientation": "h", "y": -0.12},
        "polar": {
            "bgcolor": PAPER,
            "angularaxis": {
                "direction": "clockwise",
                "rotation": 90,
                "tickmode": "array",
                "tickvals": middles,
                "ticktext": [month_name(month, language) for month in MONTHS],
                "showgrid": False,
                "linecolor": LINE,
                "ticks": "",
            },
            "radialaxis": {
                "range": [0, outer],
                "angle": 90,
                "tickangle": 90,
                "tickvals": list(rings),
                "ticktext": [str(number) for number in range(1, len(rings) + 1)],
                "tickfont": {"size": 11, "color": INK},
                "showticklabels": len(rings) > 1,
                "gridcolor": LINE,
                "showline": False,
                "ticks": "",
            },
        },
    }


def _safe(text: str) -> str:
    """Escape what Plotly would read as markup."""
    return text.replace("&", "&amp;").replace("<", "&lt;")
