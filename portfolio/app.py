"""The application: settings, database, rooms and frame put together."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import Flask
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from portfolio.accounts import operations as accounts_operations
from portfolio.accounts import queries as accounts_queries
from portfolio.accounts import views as accounts
from portfolio.accounts.operations import rates
from portfolio.budgets import views as budgets
from portfolio.config import PREFIX, Settings, read_settings
from portfolio.core import history
from portfolio.core.database import make_engine
from portfolio.documents import views as documents
from portfolio.exchange import views as exchange
from portfolio.organisation import queries as organisation_queries
from portfolio.organisation import views as organisation
from portfolio.organisation.rules import timespan_context
from portfolio.pages import views as pages
from portfolio.register import views as register
from portfolio.reviews import views as reviews
from portfolio.roadmap import views as roadmap
from portfolio.web import health
from portfolio.web.access import Access, build_manifest
from portfolio.web.asking import LenientRequest
from portfolio.web.assets import register_assets
from portfolio.web.current import EXTENSION, Clock, Installation, Loaders
from portfolio.web.errors import register_errors
from portfolio.web.filters import register_filters
from portfolio.web.frame import register_frame
from portfolio.web.guard import register_guard
from portfolio.web.headers import register_headers
from portfolio.web.language import register_language
from portfolio.web.limits import register_limits
from portfolio.web.log import register_log
from portfolio.web.rail import register_rail
from portfolio.web.session import register_session
from portfolio.yearclock import views as yearclock

if TYPE_CHECKING:
    from flask import Blueprint
    from sqlalchemy import Engine

ROOMS: tuple[Blueprint, ...] = (
    accounts.blueprint,
    budgets.blueprint,
    documents.blueprint,
    exchange.blueprint,
    organisation.blueprint,
    pages.blueprint,
    register.blueprint,
    reviews.blueprint,
    roadmap.blueprint,
    yearclock.blueprint,
)
"""The blueprint of every room. A new room adds its own here, and nothing else needs to know it."""

FOREIGN = {
    "static": Access(public=True, plain=frozenset({"filename"})),
    "vendor.file": Access(public=True, plain=frozenset({"name"})),
}
"""What endpoints ask for that hold no data: our own static files and those of packages."""

SITE = {
    "home": ("pages.home", "accounts.start"),
    "sign_in": ("accounts.sign_in",),
    "sign_out": ("accounts.sign_out",),
    "account": ("accounts.own_account",),
    "language": ("accounts.choose_language",),
    "search": ("pages.search",),
    "help": ("pages.help",),
    "statement": ("pages.statement",),
    "feedback": ("pages.feedback",),
    "baselines": ("register.baselines",),
    "name_time": ("register.new_baseline",),
    "changes": ("pages.changes",),
}
"""The endpoints of each address in the frame; one that does not exist is not shown."""

HERE = Path(__file__).parent
FORM_PARTS = 2000
FORM_BYTES = 2 * 1024 * 1024


def utc_now() -> dt.datetime:
    """Read the clock."""
    return dt.datetime.now(dt.UTC)


def create_app(config: Mapping[str, str] | None = None, engine: Engine | None = None, clock: Clock = utc_now) -> Flask:
    """Make the web application.

    ``config`` holds ``PORTFOLIO_…`` settings that stand over those of the environment; ``engine`` is used instead of
    the database that they name. Raises :class:`portfolio.config.SettingsError` when settings are wrong or unsafe, and
    :class:`portfolio.web.access.ManifestError` when a view does not declare who may open it.
    """
    over = {f"{PREFIX}DATABASE_URL": str(engine.url)} if engine is not None else {}
    settings = read_settings({**os.environ, **(config or {}), **over})
    templates = HERE / "templates"  # in the wheel; beside the package in a checkout
    app = Flask(__name__, template_folder=str(templates if templates.is_dir() else HERE.parent / "templates"))
    app.request_class = LenientRequest
    app.config.from_mapping(_flask_settings(settings))
    app.extensions[EXTENSION] = Installation(
        settings, engine or _engine(settings), clock, _loaders(), _demo_accounts(settings.demo_accounts)
    )
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        # Flask's documentation wraps the application in this way; a subclass would say no more
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    _register_frame(app, settings)
    for room in ROOMS:
        app.register_blueprint(room)
    build_manifest(app, FOREIGN)
    register_rail(app)
    return app


def _register_frame(app: Flask, settings: Settings) -> None:
    """Register what every request passes through.

    What looks at the request runs in this order; what looks at the answer in the opposite one: the transaction ends
    first, then attempts are counted, then the line is logged and the headers are set.
    """
    register_headers(app, production=settings.production)
    register_log(app)
    CSRFProtect(app)
    register_limits(app)
    accounts.register_sign_in(app)
    register_guard(app, sign_in="accounts.sign_in")
    register_session(app)
    register_errors(app)
    register_language(app)
    register_filters(app.jinja_env)
    register_assets(app)
    register_frame(app, SITE)
    app.register_blueprint(health.blueprint)


def _engine(settings: Settings) -> Engine:
    engine = make_engine(settings.database_url)
    history.guard(engine)
    return engine


def _loaders() -> Loaders:
    return Loaders(
        user=accounts.signed_in_user,
        municipality=organisation_queries.municipality_by_code,
        actor=lambda session, user, municipality, at, today: accounts_queries.actor_of(
            session, user, municipality.id, at, today
        ),
        context=timespan_context,
        record=accounts_operations.record,
        counter=rates,
    )


def _flask_settings(settings: Settings) -> dict[str, Any]:
    return {
        "SECRET_KEY": settings.secret_key,
        "SECRET_KEY_FALLBACKS": list(settings.secret_key_fallbacks),
        "SESSION_COOKIE_NAME": "__Host-portfolio" if settings.production else "portfolio",
        "SESSION_COOKIE_SECURE": settings.production,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "MAX_CONTENT_LENGTH": settings.max_upload,
        "MAX_FORM_MEMORY_SIZE": FORM_BYTES,
        "MAX_FORM_PARTS": FORM_PARTS,
        # the token lives as long as the session: a form may lie open over a long meeting
        "WTF_CSRF_TIME_LIMIT": None,
        # browsers that send no Referer must not be shut out; the token is what counts
        "WTF_CSRF_SSL_STRICT": False,
        "TEMPLATES_AUTO_RELOAD": False,
        "PREFERRED_URL_SCHEME": "https" if settings.production else "http",
    }


def _demo_accounts(path: Path | None) -> tuple[Mapping[str, str], ...]:
    """Read the accounts that the demo command wrote, to be shown on its sign-in page."""
    return tuple(json.loads(path.read_text(encoding="utf-8"))) if path is not None and path.is_file() else ()
