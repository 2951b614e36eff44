"""Pages that many rooms make together. Each module declares its own on the room's blueprint; they are imported here."""

from portfolio.pages.views import (
    batch,
    budget,
    bulk,
    card,
    changes,
    guide,
    home,
    initiative,
    initiatives,
    meeting,
    parts,
    search,
    undo,
)
from portfolio.pages.views.room import blueprint

__all__ = [
    "batch",
    "blueprint",
    "budget",
    "bulk",
    "card",
    "changes",
    "guide",
    "home",
    "initiative",
    "initiatives",
    "meeting",
    "parts",
    "search",
    "undo",
]
