"""Meeting mode: the roadmap as slides on a projector, and the end of a meeting, which names its point in time."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode

from flask import abort, flash, redirect, render_template, request
from werkzeug.datastructures import MultiDict

from portfolio.core.history import Baseline, BaselineKind
from portfolio.core.language import N_, format_date
from portfolio.core.rights import Right
from portfolio.forums import operations
from portfolio.forums.models import Forum
from portfolio.forums.queries import forum_views, forums, get_forum, last_meeting
from portfolio.register.forms.times import BASELINE
from portfolio.register.queries import baselines
from portfolio.roadmap import drawing
from portfolio.roadmap.bars.screens import for_screens
from portfolio.roadmap.forms import COMPARE
from portfolio.roadmap.forms.meeting import (
    CHANGES,
    DAY,
    FORUM,
    OWN_VIEW,
    PARAMETERS,
    AskedMeeting,
    day_of,
    read_meeting,
)
from portfolio.roadmap.takeout.limits import SLIDES, refuse_more
from portfolio.roadmap.views.comparing import asked_end, sentence_of
from portfolio.roadmap.views.page import page_of
from portfolio.roadmap.views.room import blueprint
from portfolio.roadmap.views.screens import briefs_of, long_titles_of, slides_of
from portfolio.roadmap.views.shown import read_shown
from portfolio.web.access import access
from portfolio.web.current import current
from portfolio.web.language import gettext, name_of, say_here
from portfolio.web.listing import kept_parameters, plain_address

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

SAVED = "saved"
ENDED = N_('The meeting was ended. Its point in time is the baseline "%(name)s": the next meeting compares with it.')


@blueprint.get("/<municipality>/roadmap/meeting")
@access(Right.READ, past=True)
def meeting() -> str | tuple[str, int] | Response:
    """Show the roadmap as slides for a forum's meeting, or ask first whose meeting it is."""
    found = forums(current.session, current.municipality.id, at=current.at)
    asked = read_meeting(request.args, found)
    if asked.forum is None or asked.day is None:
        return _ask(asked, found), 422 if asked.problems else 200
    view = forum_views(current.session, current.municipality.id).get(asked.forum.id)
    if request.args.get(OWN_VIEW) and view is not None:
        here = urlencode({FORUM: asked.forum.id, DAY: asked.day.isoformat()})
        return redirect(plain_address("roadmap.meeting", f"{view.query}&{here}"))
    return render_template("roadmap/meeting.html", **_screen(asked.forum, asked.day))


@blueprint.post("/<municipality>/roadmap/meeting/<int:forum>/<day>/end")
@access(Right.MANAGE, load={"forum": get_forum}, plain=("day",))
def end_meeting(forum: Forum, day: str) -> Response:
    """End a meeting: name this moment after it, so that the next one can compare with it."""
    date = day_of(day)
    if date is None or forum.removed:
        abort(404)
    ended = operations.end_meeting(current.session, current.actor, forum.id, date, meeting_name(forum, date))
    flash(gettext(ENDED, name=current.session.get_one(Baseline, ended).name))
    return redirect(plain_address("roadmap.grid", parse_qsl(request.form.get("query", ""))))


def meeting_name(forum: Forum, day: dt.date) -> str:
    """Name a meeting: its forum and its day."""
    return f"{name_of(forum)} {format_date(day, current.language)}"


def _ask(asked: AskedMeeting, found: list[Forum]) -> str:
    """Ask whose meeting it is and of which day; the roadmap's own query goes along."""
    kept = kept_parameters(*PARAMETERS)
    return render_template(
        "roadmap/meeting_start.html",
        forums=[(one.id, name_of(one)) for one in found],
        chosen=asked.forum.id if asked.forum else None,
        day=(asked.day or current.today).isoformat(),
        problems=[(one.place, say_here(one)) for one in asked.problems],
        keep=kept,
        own_view=not kept,
    )


def _screen(forum: Forum, day: dt.date) -> dict[str, Any]:
    """Give what the slides are drawn of; without ``compare`` they are compared with the forum's last meeting."""
    asked = COMPARE in request.args
    args = MultiDict(list(request.args.items(multi=True)))
    if not asked and (usual := _usual_comparison(forum, day)) is not None:
        args[COMPARE] = usual
    shown = read_shown(args)
    refuse_more(shown.roadmap.count, SLIDES)
    shown = replace(shown, roadmap=for_screens(shown.roadmap, current.language, money=shown.asked.with_money))
    page = page_of(shown, paged=False)
    slides = slides_of(shown.roadmap)
    return {
        **page,
        "draw": drawing,
        "forum": forum,
        "day": day,
        "meeting": meeting_name(forum, day),
        "slides": slides,
        "briefs": briefs_of(slides),
        "long_titles": long_titles_of(slides),
        "compared": sentence_of(shown.roadmap),
        "compare": shown.comparison.point.asked if shown.comparison.point else None,
        "with_changes": asked or bool(request.args.get(CHANGES)),
        "may_record": current.at is None and current.actor.may(Right.MANAGE),
        "query": urlencode(_own_query()),
        "back_url": plain_address("roadmap.grid", _own_query()),
        "here": request.full_path,
        "user": current.user.id if current.user else None,
    }


def _own_query() -> list[tuple[str, str]]:
    """Give the roadmap's own part of the query."""
    return kept_parameters(*PARAMETERS, SAVED)


def _usual_comparison(forum: Forum, day: dt.date) -> str | None:
    """Give what a meeting is compared with: the end of the forum's previous one, else of the latest of any forum."""
    session, place = current.session, current.municipality.id
    if (before := last_meeting(session, place, day, forum_id=forum.id)) is not None:
        return asked_end(before)
    points = (one.baseline for one in baselines(session, place))
    ends = (one for one in points if one.kind is BaselineKind.MEETING)
    latest = next((one for one in ends if current.at is None or one.revision_id < current.at), None)
    return f"{BASELINE}:{latest.id}" if latest is not None else None
