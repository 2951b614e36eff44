"""Screens of the roadmap: the grid and the chart, two faces of the same bars at the same address."""

from portfolio.roadmap.views import faces
from portfolio.roadmap.views.room import blueprint

__all__ = ["blueprint", "faces"]
