"""What a person answers in the open rounds."""

from __future__ import annotations

from flask import render_template

from portfolio.core.rights import Right
from portfolio.reviews import queries
from portfolio.reviews.views.room import blueprint
from portfolio.reviews.views.words import Words
from portfolio.web.access import access
from portfolio.web.current import current
from portfolio.web.language import either


@blueprint.get("/<municipality>/reviews/mine")
@access(Right.READ)
def mine() -> str:
    """List one's own reviews: what waits first."""
    found = queries.own_reviews(current.session, current.actor, current.municipality.id, today=current.today)
    return render_template(
        "reviews/mine.html",
        reviews=found,
        rounds={one.round_id: either(one.round_fi, one.round_sv) for one in found if one.waits},
        waiting=sum(one.waits for one in found),
        late=sum(one.waits and one.late > 0 for one in found),
        words=Words,
        me=current.actor.user_id,
    )
