"""Opening saved views: the menu of the roadmap's head, a view's address, and ``?forum=``, which opens a forum's own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import request

from portfolio.accounts.models import SavedView
from portfolio.accounts.queries import ViewOf, saved_views
from portfolio.core.columns import read_id
from portfolio.core.language import N_
from portfolio.core.problem import Problem
from portfolio.forums.queries import forum_views, get_forum
from portfolio.roadmap.forms.saved import PAGE, canonical, has_time
from portfolio.web.current import current
from portfolio.web.language import gettext, name_of
from portfolio.web.listing import plain_address
from portfolio.web.past import TIME

FORUM = "forum"
NO_FORUM = N_('There is no forum "%(value)s", so the usual roadmap is shown.')
NO_VIEW = N_("%(forum)s has no view of its own, so the usual roadmap is shown.")
LONGEST_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Opening:
    """What ``?forum=`` leads to: the address of the forum's view, else why there is none."""

    address: str | None = None
    problems: tuple[Problem, ...] = ()


def address_of(view: SavedView, endpoint: str = "roadmap.grid") -> str:
    """Give the address that opens a view; one that keeps no time of its own stays in the past that is shown."""
    kept = [(name, request.args[name]) for name in TIME if request.args.get(name) and current.past is not None]
    parts = (view.query, "" if has_time(view.query) else urlencode(kept))
    return plain_address(endpoint, "&".join(filter(None, parts)))


def asked_opening(endpoint: str) -> Opening:
    """Read ``?forum=``: the id of a forum whose view is to be opened."""
    text = request.args.get(FORUM, "").strip()
    if not text:
        return Opening()
    number, session, place = read_id(text), current.session, current.municipality.id
    forum = get_forum(session, place, number, at=current.at) if number is not None else None
    if forum is None or forum.removed:
        return Opening(problems=(Problem(NO_FORUM, {"value": text[:LONGEST_SHOWN]}),))
    view = forum_views(session, place).get(forum.id)
    if view is None:
        return Opening(problems=(Problem(NO_VIEW, {"forum": name_of(forum)}),))
    return Opening(address_of(view, endpoint))


def views_menu(endpoint: str) -> dict[str, Any]:
    """Give the menu of views: own ones, shared ones, saving what is shown; the one that is shown is marked."""
    found = saved_views(current.session, current.municipality.id, current.actor.user_id, PAGE)
    query = request.query_string.decode(errors="replace")
    now = {canonical(query, keep_time=True), canonical(query, keep_time=False)}
    mine = [one for one in found if one.view.user_id == current.actor.user_id]
    others = [one for one in found if one.view.user_id != current.actor.user_id]
    groups = [(gettext("Your views"), mine), (gettext("Shared views"), others)]
    shown = next((one.view.name for one in found if one.view.query in now), None)
    return {
        "shown": shown,
        "groups": [{"title": title, "views": list(_items(some, endpoint, now))} for title, some in groups if some],
        "usual": plain_address(endpoint, [(name, one) for name, one in request.args.items() if name in TIME]),
        "save": plain_address("roadmap.new_view", [("query", canonical(query, keep_time=True))]),
        "all": plain_address("roadmap.views"),
    }


def _items(found: Iterable[ViewOf], endpoint: str, now: set[str]) -> Iterator[dict[str, Any]]:
    for one in found:
        current_one = one.view.query in now
        yield {"label": one.view.name, "url": address_of(one.view, endpoint), "current": current_one}
