"""Who may open what: each view declares it, the manifest gathers it, nothing is open that is not declared."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from flask import Flask, current_app, request

if TYPE_CHECKING:
    from sqlalchemy.orm import Session
    from werkzeug.routing import Rule

    from portfolio.core.rights import Actor, Right

MANIFEST = "portfolio_manifest"
PLACE = "municipality"
DECLARED = "access"
NOTHING: Mapping[str, Loader] = MappingProxyType({})

View = TypeVar("View", bound=Callable[..., Any])


class Loader(Protocol):
    """Finds one object of a municipality by what stands in the address, now or at a revision; None becomes 404."""

    def __call__(self, session: Session, municipality_id: int, key: Any, /, *, at: int | None = None) -> object | None:
        """Return the object or None."""


class Also(Protocol):
    """Tells whether somebody without the right may open a view nevertheless."""

    def __call__(self, session: Session, actor: Actor, /) -> bool:
        """Tell it of an actor in its municipality."""


@dataclass(frozen=True, slots=True)
class Access:
    """What one endpoint asks for.

    ``right`` None means that being signed in is enough. ``load`` names, for each variable of the address, how its
    object is found; ``plain`` names variables that are no object (a year, a format). ``also`` tells who may open it
    without the right, such as somebody who was asked to do one thing. ``past``: the view honours
    ``current.at``. ``charts``: the page holds a Plotly chart. ``writes`` False: an unsafe method that changes nothing
    in the request's own transaction (a preview, a sign-in), so that it does not hold the database's write lock.
    """

    right: Right | None = None
    also: Also | None = None
    public: bool = False
    load: Mapping[str, Loader] = field(default_factory=lambda: NOTHING)
    plain: frozenset[str] = frozenset()
    past: bool = False
    charts: bool = False
    writes: bool = True


class ManifestError(RuntimeError):
    """An endpoint has no declaration, or one that does not fit its address: the application does not start."""


def access(
    right: Right,
    *,
    also: Also | None = None,
    load: Mapping[str, Loader] = NOTHING,
    plain: Iterable[str] = (),
    past: bool = False,
    charts: bool = False,
    writes: bool = True,
) -> Callable[[View], View]:
    """Declare a view of a municipality: whoever has the right there may open it. Stands under the route."""
    kind = {"past": past, "charts": charts, "writes": writes}
    return _declare(Access(right, also=also, load=dict(load), plain=frozenset(plain), **kind))


def signed_in(*, plain: Iterable[str] = (), writes: bool = True) -> Callable[[View], View]:
    """Declare a view outside the municipalities that is open to whoever is signed in: one's own account."""
    return _declare(Access(plain=frozenset(plain), writes=writes))


def public(*, plain: Iterable[str] = (), writes: bool = True) -> Callable[[View], View]:
    """Declare a view that is open to everyone."""
    return _declare(Access(public=True, plain=frozenset(plain), writes=writes))


def build_manifest(app: Flask, others: Mapping[str, Access]) -> Mapping[str, Access]:
    """Gather what every endpoint declares, and refuse to start when one declares nothing or something impossible.

    ``others`` declares for endpoints whose views are not ours (static files); one that names no endpoint is refused.
    """
    faults = [f"{endpoint} is declared but does not exist" for endpoint in others.keys() - app.view_functions.keys()]
    manifest: dict[str, Access] = {}
    for endpoint, view in app.view_functions.items():
        declared = others.get(endpoint) or getattr(view, DECLARED, None)
        if declared is None:
            faults.append(f"{endpoint} declares no access")
            continue
        manifest[endpoint] = declared
        faults.extend(
            f"{endpoint} ({rule.rule}) {fault}"
            for rule in app.url_map.iter_rules(endpoint)
            for fault in _faults(rule, declared)
        )
    if faults:
        raise ManifestError("; ".join(sorted(faults)))
    app.extensions[MANIFEST] = MappingProxyType(manifest)
    return manifest


def manifest_of(app: Flask | None = None) -> Mapping[str, Access]:
    """The manifest of an application, by default the present one."""
    manifest: Mapping[str, Access] = (app or current_app).extensions[MANIFEST]
    return manifest


def asked_access() -> Access | None:
    """What the present request's endpoint declares; None where the address leads nowhere."""
    return manifest_of().get(request.endpoint or "")


def _declare(declared: Access) -> Callable[[View], View]:
    def mark(view: View) -> View:
        view.__dict__[DECLARED] = declared
        return view

    return mark


def _faults(rule: Rule, declared: Access) -> Iterable[str]:
    in_place = PLACE in rule.arguments
    if in_place and not rule.rule.startswith(f"/<{PLACE}>/"):
        yield "must begin with the municipality"
    if declared.right is not None and not in_place:
        yield "asks for a right but lies in no municipality"
    if declared.right is None and not declared.public and in_place:
        yield "lies in a municipality but asks for no right"
    named = declared.load.keys() | declared.plain | ({PLACE} if in_place else frozenset())
    if unknown := rule.arguments - named:
        yield f"has variables that are neither loaded nor plain: {', '.join(sorted(unknown))}"
    if missing := named - rule.arguments:
        yield f"declares variables that it does not have: {', '.join(sorted(missing))}"
    if declared.load and not in_place:
        yield "loads objects but lies in no municipality"
