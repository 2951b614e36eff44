"""Charts of money as Plotly figures: stacked by year and source, and the plan against what was used.

Plain dictionaries, as in the roadmap's figure; an equal table stands beside each. Patterns tell sources apart without
colour, and a sum that leaves unknown amounts out says so in its label.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from portfolio.budgets.rules import AMOUNT_WORDS, Sum
from portfolio.core.language import N_, say
from portfolio.core.money import UNITS, format_money

INK, LINE, PAPER = "#17232e", "#d7dee4", "#ffffff"
COLOURS = ("#10629b", "#7d1b92", "#347a1c", "#b35c05", "#3524c4", "#4a5a66")
"""Of sources: none is a colour that means risk, late or done elsewhere."""
PATTERNS = ("", "/", "x", ".", "\\", "-")
LEAVES_OUT = N_("%(amount)s, %(unknown)s/%(of)s not known")
UNIT_WORDS = {"eur": N_("€"), "teur": N_("1 000 €"), "meur": N_("million €")}
AMOUNT_COLOURS = {"planned": ("#b9c7d2", ""), "forecast": ("#7d1b92", "/"), "actual": ("#10629b", "")}


class Series(NamedTuple):
    """One row of a chart's table: its words, and a sum for each year."""

    words: str
    cells: Sequence[Sum]


def stacked_figure(years: Sequence[str], series: Sequence[Series], euros: str, language: str) -> dict[str, Any]:
    """Stack the sources of each year; an amount that is not known draws nothing and is told in the table."""
    looks = [(COLOURS[place % len(COLOURS)], PATTERNS[place % len(PATTERNS)]) for place in range(len(series))]
    data = [_bars(years, one, look, euros, language) for one, look in zip(series, looks, strict=True)]
    return _figure(data, "stack", euros, language)


def actual_figure(
    years: Sequence[str], amounts: Mapping[str, Sequence[Sum]], euros: str, language: str
) -> dict[str, Any]:
    """Stand the plan, the forecast and the actual amount of each year beside each other."""
    data = [
        _bars(years, Series(say(AMOUNT_WORDS[name], language), cells), AMOUNT_COLOURS[name], euros, language)
        for name, cells in amounts.items()
    ]
    return _figure(data, "group", euros, language)


def _bars(years: Sequence[str], one: Series, look: tuple[str, str], euros: str, language: str) -> dict[str, Any]:
    colour, pattern = look
    return {
        "type": "bar",
        "name": _safe(one.words),
        "x": list(years),
        "y": [None if cell.known is None else float(cell.known / UNITS[euros]) for cell in one.cells],
        "customdata": [_told(cell, euros, language) for cell in one.cells],
        "hovertemplate": "%{x}, %{fullData.name}: %{customdata}<extra></extra>",
        "marker": {
            "color": colour,
            "pattern": {"shape": pattern, "bgcolor": colour, "fgcolor": PAPER, "size": 7, "solidity": 0.25},
            "line": {"color": INK, "width": 0.5},
        },
    }


def _told(cell: Sum, euros: str, language: str) -> str:
    amount = format_money(cell.known, language, euros)
    if cell.known is None or not cell.unknown:
        return amount
    return say(LEAVES_OUT, language, amount=amount, unknown=cell.unknown, of=cell.of)


def _figure(data: list[dict[str, Any]], mode: str, euros: str, language: str) -> dict[str, Any]:
    unit = say(UNIT_WORDS[euros], language)
    return {
        "data": data,
        "layout": {
            "autosize": True,
            "barmode": mode,
            "height": 340,
            "margin": {"l": 70, "r": 10, "t": 34, "b": 40},
            "paper_bgcolor": PAPER,
            "plot_bgcolor": PAPER,
            "font": {"family": "system-ui, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif", "size": 13, "color": INK},
            "separators": f"{'.' if language == 'en' else ','}\N{NO-BREAK SPACE}",
            "showlegend": True,
            "legend": {"orientation": "h", "y": -0.15, "traceorder": "normal"},
            "annotations": [_unit_words(unit)],
            "xaxis": {"type": "category", "linecolor": LINE, "fixedrange": True},
            "yaxis": {
                "gridcolor": LINE,
                "tickformat": ",",
                "rangemode": "tozero",
                "automargin": True,
                "fixedrange": True,
            },
        },
        "narrow": {"height": 300, "margin": {"l": 60, "r": 5, "t": 34, "b": 40}},
        "config": {"displayModeBar": False, "responsive": True},
    }


def _unit_words(unit: str) -> dict[str, Any]:
    """Write the unit above the axis, where it is read without turning the head."""
    place = {"xref": "paper", "yref": "paper", "x": 0, "y": 1, "xanchor": "right", "yanchor": "bottom"}
    return {"text": unit, "showarrow": False, "xshift": -4, "yshift": 8} | place


def _safe(text: str) -> str:
    """Escape what Plotly would read as markup."""
    return text.replace("&", "&amp;").replace("<", "&lt;")
