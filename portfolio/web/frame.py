"""What the frame of every page shows: the names that ``base.html`` expects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from flask import Flask, current_app, request, url_for

from portfolio.core.language import LANGUAGES
from portfolio.web.access import PLACE, Access, asked_access, manifest_of
from portfolio.web.current import current
from portfolio.web.language import OWN_NAMES, current_language, gettext, name_of
from portfolio.web.past import address_at, time_choices, time_form
from portfolio.web.rail import rail_groups


def register_frame(app: Flask, site: Mapping[str, Sequence[str]]) -> None:
    """Give every template the frame.

    ``site`` names the endpoints of each address in it; the first that exists and may be opened from here is shown.
    """

    def frame() -> dict[str, Any]:
        return {**_facts(), **_surroundings(site)}

    app.context_processor(frame)


def _facts() -> dict[str, Any]:
    """Give what the page is about: where, who, when."""
    place, user = current.place, current.user
    return {
        "municipality": {"code": place.code, "name": name_of(place)} if place else None,
        "actor": current.acting or user,
        "language": current_language(),
        "today": current.today,
        "demo_day": place.demo_day if place else None,
        "at": current.past,
        "shortcuts": user.shortcuts if user else True,
    }


def _surroundings(site: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """Give what stands round it: rail, addresses, languages, the time control."""
    language = current_language()
    declared = asked_access()
    timed = declared is not None and declared.past and current.acting is not None
    session, place = (current.session, current.municipality.id) if timed else (None, 0)
    addresses = {name: _address(endpoints) for name, endpoints in site.items()}
    return {
        "rail": rail_groups(),
        "site": addresses,
        "languages": [{"code": one, "label": OWN_NAMES[one], "current": one == language} for one in LANGUAGES],
        "here": request.full_path if request.query_string else request.path,
        "search_words": request.args.get("q", "") if request.endpoint in site.get("search", ()) else "",
        "time_control": time_choices(session, place) if session is not None else [],
        "time_form": time_form(current.today) if timed else None,
        "time_links": list(_time_links(addresses)) if timed else [],
    }


def _time_links(site: Mapping[str, str | None]) -> Iterator[dict[str, str]]:
    """Link to what changed since, to all named points, from where this page opens as of each, to naming this one."""
    if site.get("changes"):
        asked = current.past.query if current.past else None
        yield {"label": gettext("What has changed since"), "url": f"{site['changes']}{_since(asked)}"}
    if site.get("baselines"):
        yield {
            "label": gettext("All named points in time"),
            "url": f"{site['baselines']}?{urlencode({'next': address_at(None)})}",
        }
    if site.get("name_time"):
        number = f"?{urlencode({'number': current.at})}" if current.at is not None else ""
        yield {"label": gettext("Name this point in time"), "url": f"{site['name_time']}{number}"}


def _since(asked: tuple[str, str] | None) -> str:
    """Ask for what changed since the time that is shown; from now one chooses oneself."""
    if asked is None:
        return ""
    name, value = asked
    return f"?{urlencode({'from': value if name == 'at' else f'{name}-{value}'})}"


def _address(endpoints: Sequence[str]) -> str | None:
    """Give an address of the frame; None where it does not exist or may not be opened from here."""
    manifest = manifest_of()
    for endpoint in endpoints:
        declared = manifest.get(endpoint)
        if declared is not None and _is_open(endpoint, declared):
            return url_for(endpoint)
    return None


def _is_open(endpoint: str, declared: Access) -> bool:
    if declared.right is not None:
        return current.acting is not None and current.acting.may(declared.right)
    if current.place is None and current_app.url_map.is_endpoint_expecting(endpoint, PLACE):
        return False
    return declared.public or current.user is not None
