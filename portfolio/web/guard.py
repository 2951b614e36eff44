"""The guard at the door: runs before every view and lets in only what the manifest allows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from flask import Flask, abort, current_app, redirect, request, session, url_for

from portfolio.core.language import N_
from portfolio.core.problem import Problem, Refusal
from portfolio.web.access import PLACE, Access, asked_access, manifest_of
from portfolio.web.current import SAFE, current
from portfolio.web.past import TIME, asked_past

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as BaseResponse

    from portfolio.core.rights import Actor
    from portfolio.web.current import CurrentMunicipality, CurrentUser

ONLY_NOW = N_("This page shows only the present. Go back to now to open it.")
PAST_IS_READ_ONLY = N_("The past can be read but not changed. Go back to now to make changes.")


def register_guard(app: Flask, sign_in: str) -> None:
    """Guard every request; ``sign_in`` is the endpoint where those who are not signed in are sent."""

    def guard() -> BaseResponse | None:
        return _guard(sign_in)

    app.before_request(guard)
    app.url_defaults(_stay_in_place_and_time)


def is_fragment() -> bool:
    """Tell whether htmx asks for a piece of a page."""
    return "HX-Request" in request.headers


def _guard(sign_in: str) -> BaseResponse | None:
    if request.routing_exception is not None or request.endpoint is None:
        return None
    declared = asked_access()
    if declared is None:
        abort(403)
    current.writes = declared.writes and request.method not in SAFE
    if declared.public:
        _enter_publicly()
        return None
    user = current.user
    if user is None:
        return _ask_to_sign_in(sign_in)
    if declared.right is None:
        _return_to_place(user)
    else:
        _enter(declared, user)
        _go_to_time(declared)
        _load(declared)
    return None


def _ask_to_sign_in(sign_in: str) -> BaseResponse:
    if request.method not in SAFE or is_fragment():
        abort(401)
    here = request.full_path if request.query_string else request.path
    return redirect(f"{url_for(sign_in)}?{urlencode({'next': here})}")


def _enter_publicly() -> None:
    """Take up the municipality of a public address, where there is one; visitors do not act, those with access do."""
    code = (request.view_args or {}).pop(PLACE, None)
    if code is None:
        return
    municipality = current.installation.loaders.municipality(current.session, code) or abort(404)
    user = current.user
    current.enter(municipality, _actor(user, municipality) if user is not None else None)


def _enter(declared: Access, user: CurrentUser) -> None:
    """Take up municipality and actor. Where the user has no access it is 404, as if there were no such municipality."""
    code = (request.view_args or {}).pop(PLACE)
    municipality = current.installation.loaders.municipality(current.session, code) or abort(404)
    actor = _actor(user, municipality)
    if actor is None:
        current.record("denied", request.path)
        abort(404)
    current.enter(municipality, actor)
    if session.get(PLACE) != municipality.code:
        session[PLACE] = municipality.code
    if not _may(declared, actor):
        current.record("denied", request.path)
        abort(403)


def _may(declared: Access, actor: Actor) -> bool:
    if declared.right is None:
        return False
    return actor.may(declared.right) or (declared.also is not None and declared.also(current.session, actor))


def _return_to_place(user: CurrentUser) -> None:
    """Keep the menu of the municipality from which the person came to a page that lies in none (one's own account)."""
    code = session.get(PLACE)
    if not isinstance(code, str):
        return
    municipality = current.installation.loaders.municipality(current.session, code)
    actor = _actor(user, municipality) if municipality is not None else None
    if actor is not None:
        current.enter(municipality, actor)


def _actor(user: CurrentUser, municipality: CurrentMunicipality) -> Actor | None:
    today = current.day_in(municipality)
    return current.installation.loaders.actor(current.session, user, municipality, current.now, today)


def _go_to_time(declared: Access) -> None:
    """Take up the point in time. Only views that declare it may show the past, or the page would lie."""
    if not any(request.args.get(name) for name in TIME):
        return
    if request.method not in SAFE:
        raise Refusal(Problem(PAST_IS_READ_ONLY))
    if not declared.past:
        raise Refusal(Problem(ONLY_NOW))
    past = asked_past(current.session, current.municipality.id, current.today)
    current.past, current.at = past, past.revision if past else None


def _load(declared: Access) -> None:
    """Put the objects of the address in place of their keys; what is not there, or is another's, is 404."""
    arguments = request.view_args or {}
    for name, load in declared.load.items():
        found = load(current.session, current.municipality.id, arguments[name], at=current.at)
        arguments[name] = found if found is not None else abort(404)


def _stay_in_place_and_time(endpoint: str, values: dict[str, Any]) -> None:
    """Let links stay in the municipality, and in the past where the page they lead to can show it."""
    declared = manifest_of().get(endpoint)
    place = current.place
    if declared is None or place is None:
        return
    if current_app.url_map.is_endpoint_expecting(endpoint, PLACE):
        values.setdefault(PLACE, place.code)
    if declared.past and current.past is not None and not any(name in values for name in TIME):
        values[current.past.query[0]] = current.past.query[1]
