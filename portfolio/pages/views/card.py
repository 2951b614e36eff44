"""An initiative's card and its whole history."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask import render_template, request, url_for

from portfolio.core import history
from portfolio.core.rights import Right
from portfolio.exchange.columns import words as closed
from portfolio.pages.queries.card import initiative_at, read_card
from portfolio.pages.queries.trail import items_of, trail
from portfolio.pages.queries.words import RevisionWords
from portfolio.pages.rules import may_undo
from portfolio.pages.rules.card import milestone_state
from portfolio.pages.views import undo
from portfolio.pages.views.card_words import CardWords
from portfolio.pages.views.rights import open_to
from portfolio.pages.views.room import blueprint
from portfolio.register.models import Initiative
from portfolio.register.rules import is_late
from portfolio.web.access import access
from portfolio.web.current import current
from portfolio.web.language import gettext
from portfolio.web.listing import asked_page, paging

LATEST = 5
PER_PAGE = 25


@blueprint.get("/<municipality>/initiatives/<int:initiative>")
@access(Right.READ, load={"initiative": initiative_at}, past=True)
def card(initiative: Initiative) -> str:
    """Show everything about one initiative, now or in the past."""
    day = shown_day()
    found = read_card(current.session, initiative, day, at=current.at)
    words = CardWords(found)
    latest = trail(current.session, initiative, current.language, at=current.at, limit=LATEST)
    return render_template(
        "pages/card.html",
        card=found,
        words=words,
        may=open_to(initiative),
        late=is_late(initiative.status, initiative.ends_on, day),
        milestones=[
            (one, milestone_state(one.completed_on, one.starts_on, one.ends_on, day)) for one in found.parts.milestones
        ],
        milestone_kinds={kind: gettext(label) for kind, label in closed.MILESTONE_KIND.items()},
        outcomes={outcome: gettext(label) for outcome, label in closed.OUTCOME.items()},
        latest=latest,
        undoable=undo.offered(),
        saved=next((one for one in latest if one.revision_id == request.args.get("saved", type=int)), None),
    )


@blueprint.get("/<municipality>/initiatives/<int:initiative>/history")
@access(Right.READ, load={"initiative": initiative_at}, past=True)
def initiative_history(initiative: Initiative) -> str:
    """Show every revision of an initiative and what belongs to it, newest first."""
    items = items_of(current.session, initiative)
    total = history.count_revisions(current.session, items, at=current.at)
    page = min(asked_page(), max(1, -(-total // PER_PAGE)))
    found = trail(
        current.session,
        initiative,
        current.language,
        items=items,
        at=current.at,
        limit=PER_PAGE,
        offset=(page - 1) * PER_PAGE,
    )
    return render_template(
        "pages/history.html",
        initiative=initiative,
        total=total,
        revisions=[_linked(initiative, one) for one in found],
        pages=paging(total, PER_PAGE, page),
    )


def shown_day() -> dt.date:
    """Give the day whose state is shown: today, or the day of the past."""
    return current.past.day if current.past else current.today


def _linked(initiative: Initiative, one: RevisionWords) -> dict[str, Any]:
    """Give a revision with the card as it was then, and the way to undo it where this person may."""
    undoable = current.at is None and may_undo(current.actor, one.user_id, one.when)
    return {
        "words": one,
        "card_url": url_for("pages.card", initiative=initiative.id, revision=one.revision_id),
        "undo_url": url_for("pages.undo", revision=one.revision_id) if undoable else None,
    }
