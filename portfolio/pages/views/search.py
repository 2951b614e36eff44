"""Search: one box for everything."""

from __future__ import annotations

from flask import render_template, request

from portfolio.core.rights import Right
from portfolio.pages.queries.search import SHORTEST_TEXT
from portfolio.pages.queries.search import search as find
from portfolio.pages.views.room import blueprint
from portfolio.web.access import access
from portfolio.web.current import current


@blueprint.get("/<municipality>/search")
@access(Right.READ, past=True)
def search() -> str:
    """Show what the words find, kind by kind."""
    text = request.args.get("q", "").strip()[:200]
    found = None
    if len(text) >= SHORTEST_TEXT:
        found = find(current.session, current.municipality.id, text, today=current.today, at=current.at)
    return render_template("pages/search.html", text=text, found=found)
