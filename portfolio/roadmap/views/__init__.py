"""Screens of the roadmap: the grid and the chart, two faces of the same bars at the same address, and its files."""

from portfolio.roadmap.views import downloads, faces, meeting, moving, saved
from portfolio.roadmap.views.room import blueprint

__all__ = ["blueprint", "downloads", "faces", "meeting", "moving", "saved"]
