"""Errors as pages: what happened, what is safe, and what to do next, in the person's language."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any

from flask import Flask, Response, jsonify, make_response, render_template, request
from flask_limiter import RateLimitExceeded
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, InternalServerError

from portfolio.core.history import StaleError
from portfolio.core.language import N_
from portfolio.core.problem import Refusal
from portfolio.web.current import current
from portfolio.web.language import gettext, say_here
from portfolio.web.past import TIME, address_at

logger = logging.getLogger(__name__)
THEIRS, OURS = 400, 500


@dataclass(frozen=True, slots=True)
class ErrorWords:
    """An error in words (msgids): its title, what is safe or wrong, and the next step."""

    title: str
    what: str
    next: str | None = None


WORDS = {
    400: ErrorWords(
        N_("The request cannot be understood"),
        N_("Nothing was changed."),
        N_("Go back, check what you wrote, and try again."),
    ),
    401: ErrorWords(
        N_("You have been signed out"),
        N_("Nothing was saved. What you typed is still in the form on the previous page."),
        N_("Sign in in another tab, come back here, go back one page and save again."),
    ),
    403: ErrorWords(
        N_("You may not open this"),
        N_("Your role in this municipality does not include it."),
        N_("If you need it in your work, ask the administrator of your municipality."),
    ),
    404: ErrorWords(
        N_("The page was not found"),
        N_("The address may be wrong, the item may have been removed, or it may not be open to you."),
        N_("Check the address, or look for the item on the front page."),
    ),
    405: ErrorWords(
        N_("The page cannot be opened this way"),
        N_("Nothing was changed."),
        N_("Open the page through the menu and try again."),
    ),
    409: ErrorWords(
        N_("Someone else saved this meanwhile"),
        N_("Nothing was saved. What you typed is still in the form on the previous page."),
        N_("Open the item again to see what changed, then make your change."),
    ),
    413: ErrorWords(
        N_("The file is too large"),
        N_("Nothing was imported or saved."),
        N_(
            "At most %(most)s MB can be sent at once. "
            "Send fewer files at a time, or leave pictures and extra sheets out."
        ),
    ),
    422: ErrorWords(N_("This cannot be done"), N_("Nothing was changed.")),
    429: ErrorWords(
        N_("Too many attempts"),
        N_("So that nobody can guess passwords, attempts are slowed down. Nothing was lost."),
        N_("Wait a few minutes and try again."),
    ),
    500: ErrorWords(
        N_("Something went wrong on our side"),
        N_("What you were saving was not saved; what was saved before is safe."),
        N_("Try again. If it happens again, tell your administrator the error number %(number)s."),
    ),
}
NO_TOKEN = ErrorWords(
    N_("The form had been open too long"),
    N_("Nothing was saved. What you typed is still in the form on the previous page."),
    N_("Go back one page, copy your text if it is long, reload the page and save again."),
)


def register_errors(app: Flask) -> None:
    """Answer every error with a page of our own; with JSON where JSON is asked for."""
    app.register_error_handler(CSRFError, _on_csrf)
    app.register_error_handler(HTTPException, _on_http)
    app.register_error_handler(InternalServerError, _on_failure)
    app.register_error_handler(Refusal, _on_refusal)
    app.register_error_handler(StaleError, _on_stale)


def error_page(status: int, words: ErrorWords | None = None, problems: tuple[str, ...] = ()) -> Response:
    """Make the page of an error in the page's language."""
    said = words or WORDS.get(status) or WORDS[OURS if status >= OURS else THEIRS]
    title, what = gettext(said.title), gettext(said.what)
    most = current.installation.settings.upload_megabytes
    step = gettext(said.next, number=current.request_id, most=most) if said.next else None
    if _wants_json():
        answer = jsonify(error=title, problems=list(problems or (what,)), request=current.request_id)
    else:
        now_url = address_at(None) if any(name in request.args for name in TIME) else None
        names = {"title": title, "what": what, "next": step, "problems": problems, "status": status, "now_url": now_url}
        page = render_template("errors/error.html", **names)
        answer = make_response(page)
    answer.status_code = status
    return answer


def _on_http(error: HTTPException) -> Response | HTTPException:
    status = error.code or 500
    if status < THEIRS:
        return error
    answer = error_page(status)
    for name, value in error.get_headers():
        if name in {"Allow", "Retry-After"}:
            answer.headers[name] = value
    if isinstance(error, RateLimitExceeded) and error.limit is not None:
        answer.headers["Retry-After"] = str(error.limit.limit.get_expiry())
    return answer


def _on_failure(error: InternalServerError) -> Response:
    """Answer a fault of ours: a page that asks the database for nothing, with the number that joins it to the log."""
    logger.error("request %s failed: %r", current.request_id, error.original_exception)
    current.leave()
    try:
        return error_page(500)
    except Exception:
        logger.exception("request %s: the error page failed too", current.request_id)
        return Response(f"Portfolio: 500 {current.request_id}", 500, mimetype="text/plain")


def _on_csrf(_error: CSRFError) -> Response:
    return error_page(400, NO_TOKEN)


def _on_refusal(error: Refusal) -> Response:
    return error_page(422, problems=tuple(say_here(problem) for problem in error.problems))


def _on_stale(_error: StaleError) -> Response:
    return error_page(409)


def _wants_json() -> bool:
    accepted: Any = request.accept_mimetypes
    return bool(accepted["application/json"] > accepted["text/html"])
