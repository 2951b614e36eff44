"""Search: one box for everything."""

from __future__ import annotations

from flask import render_template, request

from portfolio.core.rights import Right
from portfolio.pages.queries.search import SHORTEST_TEXT
from portfolio.pages.queries.search import search as find
from portfolio.pages.views.room import blueprint
from portfolio.web.access import access
from portfolio.web.current import current

LONGEST_TEXT = 200


@blueprint.get("/<municipality>/search")
@access(Right.READ, past=True)
def search() -> str:
    """Show what the words find, kind by kind."""
    text = " ".join(request.args.get("q", "").split())[:LONGEST_TEXT]
    found = None
    if len(text) >= SHORTEST_TEXT:
        found = find(current.session, current.municipality.id, text, today=current.today, at=current.at)
    return render_template("pages/search.html", text=text, found=found, shortest=SHORTEST_TEXT)
