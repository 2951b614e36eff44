"""The parts of the room, as tabs: each shows itself to those who may open it."""

from __future__ import annotations

from typing import Any

from flask import request, url_for

from portfolio.core.language import N_
from portfolio.web.access import manifest_of
from portfolio.web.current import current
from portfolio.web.language import gettext

FACES = (
    ("exchange.room", N_("Out and in")),
    ("exchange.imports", N_("Imports")),
    ("exchange.collections", N_("Collecting")),
    ("exchange.ledger", N_("Actual amounts")),
    ("exchange.profiles", N_("Saved mappings")),
)
"""The endpoints of the parts, and their words."""


def faces() -> list[dict[str, Any]]:
    """Give the tabs as the macro ``tabs`` draws them."""
    return [
        {"label": gettext(words), "url": url_for(endpoint), "current": request.endpoint == endpoint}
        for endpoint, words in FACES
        if (declared := manifest_of().get(endpoint)) and declared.right and current.actor.may(declared.right)
    ]
