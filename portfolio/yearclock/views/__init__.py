"""Screens of the year clock, and the feed that calendars fetch."""

from portfolio.yearclock.views import clock, feeds
from portfolio.yearclock.views.room import blueprint

__all__ = ["blueprint", "clock", "feeds"]
