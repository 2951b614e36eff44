"""The signed-in browser: Flask-Login keeps the token in the cookie, a row on the server says whether it still holds."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from flask import request, session
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user

from portfolio.accounts import operations, queries
from portfolio.web.current import LANGUAGE_CHOICE, current
from portfolio.web.session import brief_read, brief_write

if TYPE_CHECKING:
    from flask import Flask

    from portfolio.accounts.models import User
    from portfolio.accounts.queries import Signed

SEEN_EVERY = dt.timedelta(minutes=1)
"""How exactly it is known when a sign-in was last used; every page would be a write otherwise."""


class SignedIn(UserMixin):
    """What Flask-Login knows of a person: the sign-in's token stands for the id, so that ending the row ends it."""

    def __init__(self, signed: Signed, token: str) -> None:
        """Keep the sign-in, its user and its token."""
        self.signed = signed
        self.token = token

    def get_id(self) -> str:
        """Give what the cookie holds."""
        return self.token


def register_sign_in(app: Flask) -> None:
    """Let Flask-Login find out who is signed in."""
    manager = LoginManager()
    # the row on the server tells whether a sign-in holds; guessing by the browser's address would sign out travellers
    manager.session_protection = None  # type: ignore[assignment] # the library is untyped and takes it
    manager.user_loader(_load)
    manager.init_app(app, add_context_processor=False)


def signed_in_user() -> User | None:
    """Return who is signed in with this request."""
    found = _present()
    return found.signed.user if found is not None else None


def own_sign_in_id() -> int:
    """Return the row of this browser's own sign-in."""
    found = _present()
    if found is None:
        raise LookupError("Nobody is signed in")
    return found.signed.sign_in.id


def begin(user: User) -> None:
    """Sign a user in: a new token, and nothing of the old session but the language chosen."""
    chosen = session.get(LANGUAGE_CHOICE)
    with brief_write() as short:
        token = operations.sign_in(short, user.id, request.user_agent.string, current.now)
    session.clear()
    if chosen:
        session[LANGUAGE_CHOICE] = chosen
    with brief_read() as short:
        found = queries.signed_in(short, token, current.now, **sign_in_limits())
    if found is not None:
        login_user(SignedIn(found, token))
    current.record("signed in", user_id=user.id)


def end() -> None:
    """Sign out: the row ends, so that a copy of the cookie is worth nothing."""
    found = _present()
    if found is not None:
        with brief_write() as short:
            operations.end_sign_in(short, found.signed.user.id, found.signed.sign_in.id, current.now)
        current.record("signed out", user_id=found.signed.user.id)
    logout_user()
    session.clear()


def sign_in_limits() -> dict[str, dt.timedelta]:
    """Give how long a sign-in lasts unused and at most, as the settings say."""
    settings = current.installation.settings
    return {"idle": settings.idle, "longest": settings.longest}


def _present() -> SignedIn | None:
    found: object = getattr(current_user, "_get_current_object", lambda: None)()
    return found if isinstance(found, SignedIn) else None


def _load(token: str) -> SignedIn | None:
    with brief_read() as short:
        found = queries.signed_in(short, token, current.now, **sign_in_limits())
    if found is None:
        return None
    if current.now - found.sign_in.seen_at > SEEN_EVERY:
        identity, now = found.sign_in.id, current.now
        current.afterwards(lambda late: operations.see(late, identity, now))
    return SignedIn(found, token)
