"""Screens of the organisation. Each module declares its own on the room's blueprint; they are imported here."""

from portfolio.organisation.views import holders, people, posts, settings, units
from portfolio.organisation.views.room import blueprint

__all__ = ["blueprint", "holders", "people", "posts", "settings", "units"]
