"""``/healthz``: whether this server can answer, for whoever watches it."""

from __future__ import annotations

from flask import Blueprint, Response
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from portfolio.web.access import public
from portfolio.web.current import current
from portfolio.web.session import brief_read

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@public()
def healthz() -> Response:
    """Answer 200 when the database answers, else 503."""
    try:
        with brief_read() as session:
            session.execute(text("SELECT 1"))
    except SQLAlchemyError:
        current.leave()
        return Response("database unreachable\n", 503, mimetype="text/plain")
    return Response("ok\n", mimetype="text/plain")
