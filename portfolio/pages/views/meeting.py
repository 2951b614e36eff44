"""In a meeting: the card of one initiative beside the slides, and what was decided of it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from flask import abort, redirect, render_template, request, url_for

from portfolio.core import history
from portfolio.core.columns import can_be_kept
from portfolio.core.rights import Right
from portfolio.exchange.columns import words as closed
from portfolio.forums.models import Forum
from portfolio.forums.operations import record_outcomes
from portfolio.forums.queries import forums, get_forum, outcomes_of
from portfolio.pages.forms.meeting import OutcomeForm
from portfolio.pages.queries.card import initiative_at, read_card
from portfolio.pages.queries.trail import Belongings, trail
from portfolio.pages.views import undo
from portfolio.pages.views.room import blueprint
from portfolio.register.forms import calendar_here
from portfolio.register.models import Initiative
from portfolio.register.queries import get_initiative
from portfolio.register.rules import is_late
from portfolio.roadmap.forms import read_comparison
from portfolio.roadmap.forms.meeting import AskedMeeting, day_of, read_meeting
from portfolio.roadmap.views.moving import may_move
from portfolio.web.access import access
from portfolio.web.current import current
from portfolio.web.guard import is_fragment
from portfolio.web.language import gettext

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

LATEST, SINCE = 3, 50
"""Changes that the card of a meeting tells: the last ones, or those since the time that the meeting compares with."""


@blueprint.get("/<municipality>/initiatives/<int:initiative>/panel")
@access(Right.READ, load={"initiative": initiative_at}, past=True)
def panel(initiative: Initiative) -> str:
    """Show an initiative's card in brief beside the slides of a meeting, or as a page of its own."""
    day = current.shown_day
    belongings = Belongings(current.session, initiative)
    meeting = read_meeting(request.args, forums(current.session, current.municipality.id, at=current.at))
    since = read_comparison(request.args, calendar_here(), current.at).against
    span = {"since": since.revision, "limit": SINCE} if since else {"limit": LATEST}
    found = read_card(current.session, initiative, belongings, day, at=current.at)
    return render_template(
        "pages/panel.html" if is_fragment() else "pages/panel_page.html",
        card=found,
        money=list(zip(found.money.years, found.money.sums, strict=True)),
        may_move=may_move(initiative),
        late=is_late(initiative.status, initiative.ends_on, day),
        since=since.words if since else None,
        latest=trail(current.session, initiative, belongings.items, current.language, at=current.at, **span),
        **_outcome_of(meeting, initiative),
    )


@blueprint.route("/<municipality>/forums/<int:forum>/meetings/<day>/outcome", methods=["GET", "POST"])
@access(Right.MANAGE, load={"forum": get_forum}, plain=("day",))
def outcome(forum: Forum, day: str) -> str | tuple[str, int] | Response:
    """Write how a matter ended in a forum's meeting: of one initiative, or of the whole meeting."""
    date = day_of(day)
    if date is None or forum.removed:
        abort(404)
    initiative = _initiative_asked()
    form = _form_for(initiative)
    if form.validate_on_submit():
        with form.refusals():
            draft = {**form.values(), "initiative_ids": [initiative.id] if initiative else []}
            record_outcomes(current.session, current.actor, forum.id, date, [draft], seen=form.seen.data)
            revision = history.take_revision(current.session, current.actor).id
            return _recorded(forum, date, initiative, revision)
    names = _outcome_names(forum, date, initiative, form)
    template = "pages/outcome_piece.html" if is_fragment() else "pages/outcome.html"
    return render_template(template, **names, undoable=undo.offered()), form.status


def _recorded(forum: Forum, day: dt.date, initiative: Initiative | None, revision: int) -> str | Response:
    """Answer with the decisions of the meeting and an empty form, on which what was saved can be undone."""
    if not is_fragment():
        own = initiative.id if initiative else None
        here = url_for("pages.outcome", forum=forum.id, day=day.isoformat(), initiative=own, saved=revision)
        return redirect(here)
    undoable = {
        "words": gettext("The decision was recorded."),
        "url": url_for("pages.undo", revision=revision),
        "next": request.full_path,
    }
    names = _outcome_names(forum, day, initiative, _fresh_form(initiative))
    return render_template("pages/outcome_piece.html", **names, undoable=undoable)


def _outcome_of(meeting: AskedMeeting, initiative: Initiative) -> dict[str, Any]:
    """Give what the outcome is drawn of, beside the card; nothing where the address names no meeting that there is."""
    if meeting.forum is None or meeting.day is None:
        return {"forum": None}
    return _outcome_names(meeting.forum, meeting.day, initiative, _form_for(initiative))


def _form_for(initiative: Initiative | None) -> OutcomeForm:
    return OutcomeForm(data={"title_fi": initiative.title_fi} if initiative else None)


def _fresh_form(initiative: Initiative | None) -> OutcomeForm:
    """Give a form that does not hold what was just sent."""
    return OutcomeForm(formdata=None, data={"title_fi": initiative.title_fi} if initiative else None)


def _outcome_names(forum: Forum, day: dt.date, initiative: Initiative | None, form: OutcomeForm) -> dict[str, Any]:
    own = initiative.id if initiative else None
    recorded = outcomes_of(current.session, current.municipality.id, forum.id, day, own)
    form.seen.data = max((one.id for one in recorded), default=0)
    return {
        "forum": forum,
        "day": day,
        "initiative": initiative,
        "form": form,
        "recorded": recorded,
        "outcomes": {one: gettext(words) for one, words in closed.OUTCOME.items()},
        "may_record": current.at is None and current.actor.may(Right.MANAGE),
        "action": url_for("pages.outcome", forum=forum.id, day=day.isoformat(), initiative=own),
    }


def _initiative_asked() -> Initiative | None:
    """Give the initiative that ``?initiative=`` names; one that is not here is not found."""
    if "initiative" not in request.args:
        return None
    identity = request.args.get("initiative", type=int)
    if identity is None or not can_be_kept(identity):
        abort(404)
    return get_initiative(current.session, current.municipality.id, identity) or abort(404)
