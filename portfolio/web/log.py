"""One log line a request, with its id; nothing in it that a visitor could use to forge another line."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING

from flask import Flask, request

from portfolio.web.current import current

if TYPE_CHECKING:
    from flask import Response

logger = logging.getLogger("portfolio.request")
LONGEST = 300


def register_log(app: Flask) -> None:
    """Log every request when it is answered: method, path without its query, status, milliseconds, user, id."""

    def finish(response: Response) -> Response:
        spent = (time.perf_counter() - current.started) * 1000
        logger.info(
            "%s %s %s %.0f ms user=%s id=%s",
            request.method,
            one_line(_path()),
            response.status_code,
            spent,
            current.user_id or "-",
            current.request_id,
        )
        return response

    app.after_request(finish)


def _path() -> str:
    """Give the path of the request without its secret part, which is as good as a password."""
    secret = (request.view_args or {}).get("secret")
    return request.path.replace(secret, "…") if secret else request.path


def one_line(text: str) -> str:
    """Write a text on one line of printable characters, the rest escaped, and cut when very long."""
    return text[:LONGEST].encode("unicode_escape").decode("ascii")
