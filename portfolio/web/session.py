"""The request's transaction: committed once when the answer is a success, else rolled back; small writes apart."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from flask import Flask, Response, g
from sqlalchemy.exc import SQLAlchemyError

from portfolio.core.database import open_session
from portfolio.web.current import Current, current

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

FIRST_FAILURE = 400
logger = logging.getLogger(__name__)


def register_session(app: Flask) -> None:
    """End each request's transaction; registered last, so that it runs before whatever else looks at the answer."""
    app.after_request(_end)
    app.teardown_request(_close)


@contextmanager
def brief_write() -> Iterator[Session]:
    """Open a short transaction of its own for what is not history: a sign-in, a count, a link.

    On SQLite it takes the write lock at once, so the request's own session must not be a writing one
    (a view that needs this declares ``writes=False``).
    """
    with open_session(current.installation.engine, write=True) as session, session.begin():
        yield session


@contextmanager
def brief_read() -> Iterator[Session]:
    """Open a short reading session of its own, where the request's may not be opened yet."""
    with open_session(current.installation.engine, write=False) as session:
        yield session


def _end(response: Response) -> Response:
    """Commit where the answer is a success and the request may write; then do the small writes."""
    here = _here()
    if here is None:
        return response
    session = here.take_session()
    if session is not None:
        with session:
            if here.writes and response.status_code < FIRST_FAILURE:
                session.commit()
    _write_afterwards(here)
    return response


def _write_afterwards(here: Current) -> None:
    """Do the small writes together; a database that refuses them must not take the page away from the person."""
    writes, here.later = here.later, []
    if not writes:
        return
    try:
        with open_session(here.installation.engine, write=True) as session, session.begin():
            for write in writes:
                write(session)
    except SQLAlchemyError:
        logger.exception("request %s: small writes failed", here.request_id)


def _close(_error: BaseException | None) -> None:
    here = _here()
    session = here.take_session() if here is not None else None
    if session is not None:
        session.close()


def _here() -> Current | None:
    found: Current | None = g.get("current")
    return found
