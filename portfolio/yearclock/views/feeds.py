"""Feeds: the page where a person makes and revokes them, and the calendar that a secret opens."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from flask import Response, abort, flash, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict

from portfolio.accounts.models import User
from portfolio.accounts.queries import actor_of
from portfolio.core.language import format_date
from portfolio.core.rights import Right
from portfolio.files.calendar import Entry, write_calendar
from portfolio.organisation.models import Municipality
from portfolio.organisation.rules import today_in
from portfolio.web.access import access, public
from portfolio.web.current import current
from portfolio.web.language import gettext, name_of
from portfolio.web.limits import limiter
from portfolio.web.session import brief_write
from portfolio.yearclock import operations, queries
from portfolio.yearclock.forms import FeedForm, read_asked
from portfolio.yearclock.models import CalendarFeed
from portfolio.yearclock.rules import ClockHead, Event
from portfolio.yearclock.views.room import blueprint
from portfolio.yearclock.views.words import narrowed

if TYPE_CHECKING:
    from sqlalchemy.orm import Session
    from werkzeug.wrappers import Response as Answer

CREATED, NOT_FOUND = 201, 404
YEARS_AHEAD = 2
"""A calendar gets the year before this one, this one, and so many after it."""


@blueprint.route("/<municipality>/yearclock/feeds", methods=["GET", "POST"])
@access(Right.READ)
def feeds() -> tuple[str, int]:
    """List one's own feeds and make one of the view that the address tells; its secret is shown once."""
    place, language = current.municipality.id, current.language
    offered = queries.read_around(current.session, place, language).heads
    asked = read_asked(request.args, offered, current.today.year)
    form = FeedForm(name=_usual_name(asked.heads))
    secret = None
    if form.validate_on_submit():
        secret = operations.create_feed(current.session, current.actor, form.name.data or "", asked.query(), language)
    own = queries.feeds_of(current.session, place, current.actor.user_id)
    page = render_template(
        "yearclock/feeds.html",
        form=form,
        feeds=own,
        narrowed=narrowed(asked),
        address=_address(secret) if secret else None,
    )
    return page, CREATED if secret else form.status


@blueprint.post("/<municipality>/yearclock/feeds/<int:feed>/revoke")
@access(Right.READ, load={"feed": queries.get_feed})
def revoke_feed(feed: CalendarFeed) -> Answer:
    """Revoke one of one's own feeds."""
    operations.revoke_feed(current.session, current.actor, feed.id)
    flash(gettext("The address of the calendar does not work any more."), "ok")
    return redirect(url_for("yearclock.feeds"))


@blueprint.get("/calendar/<secret>.ics")
@public(plain=["secret"])
@limiter.limit("60 per minute")
def calendar(secret: str) -> Response:
    """Give a calendar to whoever knows its secret, as long as the one who made it may see it."""
    session = current.session
    feed = queries.feed_of_secret(session, secret)
    if feed is None or not _still_may(session, feed):
        abort(NOT_FOUND)
    entries = list(_entries(session, feed))
    with brief_write() as short:
        operations.note_fetch(short, feed.id, current.now)
    data = write_calendar(feed.name, entries, current.now)
    return Response(data, mimetype="text/calendar")


def _address(secret: str) -> str:
    """Give a feed's whole address."""
    return f"{current.site_url}{url_for('yearclock.calendar', secret=secret)}"


def _still_may(session: Session, feed: CalendarFeed) -> bool:
    """Tell whether the user who made the feed may still read the municipality."""
    user = session.get(User, feed.user_id)
    if user is None or not user.active:
        return False
    actor = actor_of(session, user, feed.municipality_id, current.now, current.today)
    return actor is not None and actor.may(Right.READ)


def _entries(session: Session, feed: CalendarFeed) -> Iterator[Entry]:
    """Give the events of the years round this one that the feed's choice keeps."""
    municipality = session.get(Municipality, feed.municipality_id)
    if municipality is None:
        return
    around = queries.read_around(session, municipality.id, feed.language)
    query = MultiDict(parse_qsl(feed.query))
    asked = read_asked(query, around.heads, today_in(municipality.demo_day, current.now).year)
    if "clock" in query and not asked.heads:
        return  # its clocks have been removed: then it holds nothing, not everything
    for year in range(asked.year - 1, asked.year + YEARS_AHEAD + 1):
        for event in asked.chosen(queries.read_events(session, around, year)):
            yield _entry(event, municipality.code, feed.language)


def _entry(event: Event, code: str, language: str) -> Entry:
    """Write an event at the day by which it is due: a vague time is told in its text, never drawn over months."""
    same = hashlib.sha256(event.title.encode()).hexdigest()[:12]
    uid = f"{event.kind}-{event.target}-{event.target_id}-{event.day.isoformat()}-{same}@{code}"
    told = event.words or format_date(event.day, language)
    return Entry(uid, event.title, event.day, event.day, "\n".join(filter(None, (event.about, told))))


def _usual_name(heads: Sequence[ClockHead]) -> str:
    whose = [head.title for head in heads] or [name_of(current.municipality)]
    return ", ".join([gettext("Year clock"), *whose])
