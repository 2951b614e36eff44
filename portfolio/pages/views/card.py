"""An initiative's card and its whole history."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Iterable
from dataclasses import replace
from typing import Any

from flask import render_template, request, url_for

from portfolio.core import history
from portfolio.core.rights import Right
from portfolio.exchange.columns import words as closed
from portfolio.exchange.queries.cells import CellOrigins, cell_origins
from portfolio.pages.queries.card import initiative_at, read_card
from portfolio.pages.queries.reviewing import health_in, reviews_on_card
from portfolio.pages.queries.trail import Belongings, trail
from portfolio.pages.queries.undo import undone_among
from portfolio.pages.queries.words import ChangeWords, RevisionWords
from portfolio.pages.rules import may_undo
from portfolio.pages.rules.card import MilestoneState, milestone_state
from portfolio.pages.views import undo
from portfolio.pages.views.card_origins import OriginWords
from portfolio.pages.views.card_words import CardWords
from portfolio.pages.views.rights import open_to
from portfolio.pages.views.room import blueprint
from portfolio.register.models import Initiative, Milestone
from portfolio.register.rules import is_late
from portfolio.reviews.views.words import Words as ReviewWords
from portfolio.web.access import access
from portfolio.web.current import current
from portfolio.web.language import gettext
from portfolio.web.listing import asked_page, paging

LATEST = 5
PER_PAGE = 25
SHORTEST = 90
"""Characters of a text that are shown beside the card."""


@blueprint.get("/<municipality>/initiatives/<int:initiative>")
@access(Right.READ, load={"initiative": initiative_at}, past=True)
def card(initiative: Initiative) -> str:
    """Show everything about one initiative, now or in the past."""
    day = current.shown_day
    belongings = Belongings(current.session, initiative)
    found = read_card(current.session, initiative, belongings, day, at=current.at)
    latest = trail(current.session, initiative, belongings.items, current.language, at=current.at, limit=LATEST)
    return render_template(
        "pages/card.html",
        card=found,
        words=CardWords(found),
        came=OriginWords(_cell_origins(initiative, belongings), found),
        may=open_to(initiative),
        late=is_late(initiative.status, initiative.ends_on, day),
        milestones=_with_states(found.parts.milestones, day),
        **_closed_lists(),
        latest=[_brief(one) for one in latest],
        **_reviews(initiative),
        undoable=undo.offered(),
        saved=next((one for one in latest if one.revision_id == request.args.get("saved", type=int)), None),
    )


@blueprint.get("/<municipality>/initiatives/<int:initiative>/history")
@access(Right.READ, load={"initiative": initiative_at}, past=True)
def initiative_history(initiative: Initiative) -> str:
    """Show every revision of an initiative and what belongs to it, newest first."""
    items = Belongings(current.session, initiative).items
    total = history.count_revisions(current.session, items, at=current.at)
    page = min(asked_page(), max(1, -(-total // PER_PAGE)))
    part = {"limit": PER_PAGE, "offset": (page - 1) * PER_PAGE}
    found = trail(current.session, initiative, items, current.language, at=current.at, **part)
    undone = undone_among(current.session, (one.revision_id for one in found))
    return render_template(
        "pages/history.html",
        initiative=initiative,
        total=total,
        revisions=[_linked(initiative, one, undone) for one in found],
        pages=paging(total, PER_PAGE, page),
    )


def _closed_lists() -> dict[str, Any]:
    """Give the closed lists that the card names, in the page's language."""
    return {
        "milestone_kinds": {kind: gettext(label) for kind, label in closed.MILESTONE_KIND.items()},
        "outcomes": {outcome: gettext(label) for outcome, label in closed.OUTCOME.items()},
    }


def _reviews(initiative: Initiative) -> dict[str, Any]:
    """Give what reviews told of the initiative, and the health that follows from it."""
    reviews = reviews_on_card(current.session, initiative, at=current.at)
    return {"reviews": reviews, "rated": health_in(reviews), "review_words": ReviewWords}


def _cell_origins(initiative: Initiative, belongings: Belongings) -> CellOrigins:
    owner = (Initiative.__tablename__, initiative.id)
    return cell_origins(current.session, initiative.municipality_id, owner, belongings.items, at=current.at)


def _with_states(milestones: Iterable[Milestone], day: dt.date) -> list[tuple[Milestone, MilestoneState]]:
    return [(one, milestone_state(one.completed_on, one.starts_on, one.ends_on, day)) for one in milestones]


def _brief(one: RevisionWords) -> RevisionWords:
    """Shorten long texts: the card itself holds them whole, and the whole history more of them."""
    changes = [ChangeWords(cell.label, _cut(cell.old), _cut(cell.new)) for cell in one.changes]
    return replace(one, words=_cut(one.words, 2 * SHORTEST), changes=tuple(changes))


def _cut(words: str | None, most: int = SHORTEST) -> str | None:
    """Cut a text between two words; no-break spaces stay, so that amounts do not fall apart."""
    return words if words is None or len(words) <= most else words[:most].rpartition(" ")[0] + " …"


def _linked(initiative: Initiative, one: RevisionWords, undone: Container[int]) -> dict[str, Any]:
    """Give a revision with the card as it was then, and the way to undo it where this person may."""
    made_here = one.origin in undo.MADE_ON_PAGES and one.revision_id not in undone
    undoable = made_here and current.at is None and may_undo(current.actor, one.user_id, one.when)
    return {
        "words": one,
        "card_url": url_for("pages.card", initiative=initiative.id, revision=one.revision_id),
        "undo_url": url_for("pages.undo", revision=one.revision_id, next=request.full_path.rstrip("?"))
        if undoable
        else None,
    }
