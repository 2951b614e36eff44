"""The two faces of the roadmap, and what the chart's script asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response, redirect, render_template

from portfolio.core.language import N_
from portfolio.core.rights import Right
from portfolio.roadmap import drawing, queries
from portfolio.roadmap.views.opening import asked_opening, views_menu
from portfolio.roadmap.views.page import page_of
from portfolio.roadmap.views.room import blueprint
from portfolio.roadmap.views.shown import read_address, read_shown
from portfolio.web.access import access
from portfolio.web.current import current
from portfolio.web.language import say_here
from portfolio.web.listing import same_list
from portfolio.web.rail import Group, rail

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as BaseResponse


@blueprint.get("/<municipality>/roadmap")
@access(Right.READ, past=True)
@rail(N_("Roadmap"), Group.WORK, 20)
def grid() -> str | BaseResponse:
    """Show the roadmap as a table whose rows carry the bars."""
    return _face("grid", draw=drawing)


@blueprint.get("/<municipality>/roadmap/chart")
@access(Right.READ, past=True, charts=True)
def chart() -> str | BaseResponse:
    """Show the roadmap as a chart to zoom and pan in, with an equal table."""
    return _face("chart", hatched=True, data_url=same_list("roadmap.chart_data"))


@blueprint.get("/<municipality>/roadmap/chart.json")
@access(Right.READ, past=True)
def chart_data() -> Response:
    """Give the chart's figure to the page's script."""
    wanted = read_address().wanted(bare=True)
    return Response(queries.read_chart(current.session, current.municipality.id, wanted), mimetype="application/json")


def _face(name: str, *, hatched: bool = False, **names: object) -> str | BaseResponse:
    """Draw a face, or go on to the view with which the roadmap of the ``?forum=`` opens."""
    endpoint = f"roadmap.{name}"
    opening = asked_opening(endpoint)
    if opening.address:
        return redirect(opening.address)
    page = page_of(read_shown(), hatched=hatched)
    page["notices"] += map(say_here, opening.problems)
    return render_template(f"roadmap/{name}.html", views=views_menu(endpoint), **page, **names)
