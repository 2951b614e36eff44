"""Pages that many rooms make together. Each module declares its own on the room's blueprint; they are imported here."""

from portfolio.pages.views import bulk, initiatives, undo
from portfolio.pages.views.room import blueprint

__all__ = ["blueprint", "bulk", "initiatives", "undo"]
