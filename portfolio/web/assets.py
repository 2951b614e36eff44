"""Addresses of what a page loads: our own static files, and other people's, served from their packages."""

import gzip
import hashlib
import re
from functools import lru_cache
from importlib import metadata, resources
from typing import NamedTuple

from flask import Blueprint, Flask, Response, abort, current_app, request, url_for
from markupsafe import Markup

from portfolio.web.access import public

YEAR = 365 * 24 * 3600

blueprint = Blueprint("vendor", __name__)


class Vendor(NamedTuple):
    """One third-party file: a package's folder, the path in it, its type, and the distribution whose version it has."""

    package: str
    path: str
    mimetype: str
    distribution: str


VENDORED = {
    "bootstrap.min.css": Vendor(
        "flask_bootstrap", "static/bootstrap5/css/bootstrap.min.css", "text/css", "Bootstrap-Flask"
    ),
    "htmx.min.js": Vendor("js_lib_htmx", "static/htmx/htmx.min.js", "text/javascript", "django-js-lib-htmx"),
    "plotly.min.js": Vendor("plotly", "package_data/plotly.min.js", "text/javascript", "plotly"),
}
"""The closed table of what /vendor/ serves; no name from an address ever becomes a path."""
SYMBOL = re.compile(r'<symbol id="([\w-]+)" viewBox="([^"]+)">(.*?)</symbol>', re.DOTALL)
"""A symbol of our own sprite, static/icons.svg."""


def register_assets(app: Flask) -> None:
    """Serve /vendor/, let browsers keep static files, and give templates and their macros `asset(name)`."""
    app.register_blueprint(blueprint)
    app.after_request(_keep_static)
    app.jinja_env.globals["asset"] = asset_url


def asset_url(name: str) -> str:
    """Address of a vendored or a static file, with its version, so that browsers may keep it for a year.

    A static file that does not exist raises FileNotFoundError: a page never links to nothing.
    """
    return _address(name, request.script_root, current_app.static_folder or "")


def drawn_icon(name: str) -> Markup:
    """Draw a symbol of the sprite in its place, as decoration; raises KeyError for a name that it does not have.

    A page of thousands of rows is ready sooner so: a reference to the sprite makes a request and a copy for each.
    """
    return _symbols(current_app.static_folder or "")[name]


@lru_cache
def vendor_version(name: str) -> str:
    """Version of the package that carries a vendored file."""
    return metadata.version(VENDORED[name].distribution)


@blueprint.get("/vendor/<name>")
@public(plain=["name"])
def file(name: str) -> Response:
    """Send a vendored file, compressed where the browser takes it; 404 for any other name."""
    if name not in VENDORED:
        abort(404)
    compressed = request.accept_encodings["gzip"] > 0
    response = Response(_body(name, compressed=compressed), mimetype=VENDORED[name].mimetype)
    response.vary.add("Accept-Encoding")
    if compressed:
        response.content_encoding = "gzip"
    response.set_etag(f"{vendor_version(name)}{'-gzip' if compressed else ''}")
    _keep(response, vendor_version(name))
    response.make_conditional(request)
    return response


def _keep(response: Response, version: str) -> None:
    """Let the file be kept for a year when its address names this version, which another server may not have yet."""
    is_this = request.args.get("v") == version
    response.cache_control.no_cache = None
    response.cache_control.public = True
    response.cache_control.max_age = YEAR if is_this else 0
    response.cache_control.immutable = is_this


def _keep_static(response: Response) -> Response:
    is_file = request.endpoint == "static" and request.method != "OPTIONS"
    if is_file and response.status_code in {200, 304}:
        _keep(response, _static_version(current_app.static_folder or "", (request.view_args or {})["filename"]))
    return response


@lru_cache(maxsize=2 * len(VENDORED))
def _body(name: str, *, compressed: bool) -> bytes:
    """Bytes of a vendored file, kept in memory: Plotly takes a second to compress, so that happens once a process."""
    vendor = VENDORED[name]
    body = resources.files(vendor.package).joinpath(vendor.path).read_bytes()
    return gzip.compress(body, compresslevel=6, mtime=0) if compressed else body


@lru_cache
def _symbols(folder: str) -> dict[str, Markup]:
    """Every symbol of the sprite as a picture of its own."""
    with open(f"{folder}/icons.svg", encoding="utf-8") as stream:  # noqa: PTH123 -- as below
        found = SYMBOL.findall(stream.read())
    start = '<svg class="icon" aria-hidden="true" focusable="false"'
    return {name: Markup(f'{start} viewBox="{box}">{drawn}</svg>') for name, box, drawn in found}  # noqa: S704 -- our file


@lru_cache(maxsize=256)
def _address(name: str, _root: str, folder: str) -> str:
    """Address of a file, made once for each root that requests come under: a list draws a hundred symbols."""
    if name in VENDORED:
        return url_for("vendor.file", name=name, v=vendor_version(name))
    return url_for("static", filename=name, v=_static_version(folder, name))


@lru_cache(maxsize=128)
def _static_version(folder: str, name: str) -> str:
    """First digits of the file's digest; read once a process, as a new release starts a new one."""
    with open(f"{folder}/{name}", "rb") as stream:  # noqa: PTH123 -- the two parts are texts, and nothing else is done with a path
        return hashlib.file_digest(stream, "sha256").hexdigest()[:10]
