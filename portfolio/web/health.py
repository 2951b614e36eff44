"""``/healthz``: whether this server can answer, for whoever watches it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from flask import Blueprint, Response
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from portfolio.web.access import public
from portfolio.web.current import current
from portfolio.web.session import brief_read

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@public()
def healthz() -> Response:
    """Answer 200 when the database answers, else 503."""
    try:
        with brief_read() as session:
            session.execute(text("SELECT 1"))
            _require_file(session.get_bind())
    except (SQLAlchemyError, FileNotFoundError):
        current.leave()
        return Response("database unreachable\n", 503, mimetype="text/plain")
    return Response("ok\n", mimetype="text/plain")


def _require_file(bind: Engine | Connection) -> None:
    """Raise FileNotFoundError when the embedded database lost its file: open connections would answer on from it."""
    url = bind.engine.url
    if url.get_backend_name() == "sqlite" and url.database not in {None, "", ":memory:"}:
        Path(str(url.database)).stat()
