"""The card of a public initiative, for everybody: nothing leads to it that a visitor may not see, nor from it."""

from __future__ import annotations

from flask import abort, render_template, url_for

from portfolio.documents import queries
from portfolio.documents.report import build
from portfolio.documents.views.room import blueprint
from portfolio.web.access import public
from portfolio.web.current import current
from portfolio.web.limits import limiter

NOT_FOUND = 404


@blueprint.get("/public/<place>/<code>")
@public(plain=["place", "code"])
@limiter.limit("120 per minute")
def public_card(place: str, code: str) -> str:
    """Show the card; what is internal, removed or not there at all answers alike."""
    facts = queries.public_card(
        current.session, place, code, language=current.language, today=current.today, now=current.now
    )
    if facts is None:
        abort(NOT_FOUND)
    address = f"{current.site_url}{url_for('documents.public_card', place=place, code=code)}"
    return render_template("documents/public_card.html", card=build(facts), address=address)
