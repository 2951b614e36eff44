"""Screens of import and export. Each module declares its own on the room's blueprint; they are imported here."""

from portfolio.exchange.views import (
    checking,
    collecting,
    deciding,
    exporting,
    ledger,
    letters,
    lists,
    mapping,
    notices,
    results,
    rounds,
    start,
    uploading,
)
from portfolio.exchange.views.room import blueprint

__all__ = [
    "blueprint",
    "checking",
    "collecting",
    "deciding",
    "exporting",
    "ledger",
    "letters",
    "lists",
    "mapping",
    "notices",
    "results",
    "rounds",
    "start",
    "uploading",
]
