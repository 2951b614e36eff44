"""The rail: the main menu, to which each room adds its own items, beside the views that they open."""

from __future__ import annotations

import enum
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from flask import Flask, current_app, request, url_for

from portfolio.core.language import N_
from portfolio.web.access import manifest_of
from portfolio.web.current import current
from portfolio.web.language import gettext

if TYPE_CHECKING:
    from portfolio.web.current import Current

RAIL = "portfolio_rail"
DECLARED = "rail"
View = TypeVar("View", bound=Callable[..., Any])
Count = Callable[["Current"], int | None]


class Group(enum.IntEnum):
    """The parts of the rail, in their order: work first."""

    WORK = 0
    DECISIONS = 1
    ADMINISTRATION = 2


TITLES = {Group.WORK: None, Group.DECISIONS: N_("Decision-making"), Group.ADMINISTRATION: N_("Administration")}


@dataclass(frozen=True, slots=True)
class RailItem:
    """One item: its words (a msgid), its place, and how many things wait there for this person, where it is counted."""

    label: str
    group: Group
    position: int
    count: Count | None = None


def rail(label: str, group: Group, position: int, count: Count | None = None) -> Callable[[View], View]:
    """Put a view in the rail; who sees it follows from the access that the view declares. ``label`` is an N_(msgid)."""
    item = RailItem(label, group, position, count)

    def mark(view: View) -> View:
        view.__dict__[DECLARED] = item
        return view

    return mark


def register_rail(app: Flask) -> None:
    """Gather the items of all views, once every blueprint is registered."""
    items = {endpoint: getattr(view, DECLARED, None) for endpoint, view in app.view_functions.items()}
    found = [(endpoint, item) for endpoint, item in items.items() if isinstance(item, RailItem)]
    app.extensions[RAIL] = sorted(found, key=lambda pair: (pair[1].group, pair[1].position, pair[0]))


def rail_groups() -> list[dict[str, Any]]:
    """Give the rail of this page as ``base.html`` draws it: only what this person may open, empty where nobody acts."""
    actor = current.acting
    if actor is None:
        return []
    items: list[tuple[str, RailItem]] = current_app.extensions[RAIL]
    rights = {endpoint: manifest_of()[endpoint].right for endpoint, _ in items}
    shown = [
        (endpoint, item, url_for(endpoint))
        for endpoint, item in items
        if (right := rights[endpoint]) is not None and actor.may(right)
    ]
    here = _present_item({endpoint: url for endpoint, _, url in shown})
    return [
        {"title": gettext(title) if title else None, "items": entries}
        for group, title in TITLES.items()
        if (entries := [_entry(item, url, here) for _, item, url in shown if item.group is group])
    ]


def _entry(item: RailItem, url: str, here: str | None) -> dict[str, Any]:
    count = item.count(current) if item.count is not None else None
    return {"label": gettext(item.label), "url": url, "current": url == here, "count": count}


def _present_item(urls: dict[str, str]) -> str | None:
    """Find the item in whose part of the site the page lies: by the longest address that the page's begins with.

    Else it is the one item of the page's room. Home, under which everything lies, is it only when it is the page.
    """
    by_path = {url.partition("?")[0]: url for url in urls.values()}
    if request.path in by_path:
        return by_path[request.path]
    within = [path for path in by_path if not path.endswith("/") and request.path.startswith(f"{path}/")]
    if within:
        return by_path[max(within, key=len)]
    own = [url for endpoint, url in urls.items() if endpoint.partition(".")[0] == request.blueprint]
    return own[0] if len(own) == 1 else None
