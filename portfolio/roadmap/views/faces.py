"""The two faces of the roadmap, and what the chart's script asks for."""

from __future__ import annotations

from flask import Response, jsonify, render_template

from portfolio.core.language import N_
from portfolio.core.rights import Right
from portfolio.roadmap import drawing
from portfolio.roadmap.figure import gantt
from portfolio.roadmap.views.page import page_of, same_query
from portfolio.roadmap.views.room import blueprint
from portfolio.roadmap.views.shown import read_shown
from portfolio.web.access import access
from portfolio.web.current import current
from portfolio.web.rail import Group, rail


@blueprint.get("/<municipality>/roadmap")
@access(Right.READ, past=True)
@rail(N_("Roadmap"), Group.WORK, 20)
def grid() -> str:
    """Show the roadmap as a table whose rows carry the bars."""
    return render_template("roadmap/grid.html", draw=drawing, **page_of(read_shown()))


@blueprint.get("/<municipality>/roadmap/chart")
@access(Right.READ, past=True, charts=True)
def chart() -> str:
    """Show the roadmap as a chart to zoom and pan in, with an equal table."""
    data_url = same_query("roadmap.chart_data")
    return render_template("roadmap/chart.html", data_url=data_url, **page_of(read_shown(), hatched=True))


@blueprint.get("/<municipality>/roadmap/chart.json")
@access(Right.READ, past=True)
def chart_data() -> Response:
    """Give the chart's figure to the page's script."""
    shown = read_shown()
    return jsonify(gantt(shown.roadmap, shown.day, current.language))
