"""Sign-ins, passwords, one-time links and the access log: none of it is history."""

from __future__ import annotations

import datetime as dt
import secrets
from functools import cache
from typing import TYPE_CHECKING

from sqlalchemy import update
from werkzeug.security import check_password_hash, generate_password_hash

from portfolio.accounts.models import AccessLog, OneTimeLink, SignIn, User
from portfolio.accounts.queries import hash_token, user_of_link
from portfolio.accounts.rules import browser_name, check_password
from portfolio.core.language import LANGUAGES, N_
from portfolio.core.problem import Problem, Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

TOKEN_BYTES = 32
DETAIL_LENGTH = 300
LINK_IS_DEAD = N_("This link has been used or is too old. Ask for a new one.")
NO_NAME = N_("Write your name.")


def verify_password(user: User | None, password: str) -> bool:
    """Tell whether the password is the user's; takes as long for an unknown user, so that time tells nothing."""
    if user is None or user.password_hash is None:
        check_password_hash(_nobodys_hash(), password)
        return False
    return check_password_hash(user.password_hash, password) and user.active


def sign_in(session: Session, user_id: int, user_agent: str | None, now: dt.datetime) -> str:
    """Begin a sign-in and return its token, which only the browser keeps."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    row = SignIn(
        token_hash=hash_token(token),
        user_id=user_id,
        created_at=now,
        seen_at=now,
        browser=browser_name(user_agent),
    )
    session.add(row)
    session.flush()
    return token


def see(session: Session, sign_in_id: int, now: dt.datetime) -> None:
    """Note that a sign-in is in use."""
    session.execute(update(SignIn).where(SignIn.id == sign_in_id).values(seen_at=now))


def end_sign_in(session: Session, user_id: int, sign_in_id: int, now: dt.datetime) -> bool:
    """End one of a user's sign-ins; False when the user has none such."""
    own = (SignIn.id == sign_in_id, SignIn.user_id == user_id, SignIn.ended_at.is_(None))
    return session.scalar(update(SignIn).where(*own).values(ended_at=now).returning(SignIn.id)) is not None


def end_sign_ins(session: Session, user_id: int, now: dt.datetime, *, but: int | None = None) -> int:
    """End all of a user's sign-ins, save one; return how many."""
    going = update(SignIn).where(SignIn.user_id == user_id, SignIn.ended_at.is_(None))
    if but is not None:
        going = going.where(SignIn.id != but)
    return len(session.scalars(going.values(ended_at=now).returning(SignIn.id)).all())


def make_link(session: Session, user_id: int, now: dt.datetime, lasts: dt.timedelta) -> str:
    """Make a one-time link and return its token; earlier links of the user die."""
    session.execute(
        update(OneTimeLink).where(OneTimeLink.user_id == user_id, OneTimeLink.used_at.is_(None)).values(used_at=now)
    )
    token = secrets.token_urlsafe(TOKEN_BYTES)
    session.add(OneTimeLink(token_hash=hash_token(token), user_id=user_id, created_at=now, expires_at=now + lasts))
    session.flush()
    return token


def use_link(session: Session, token: str, password: str, now: dt.datetime, words: Iterable[str] = ()) -> User:
    """Set a password by a one-time link, which thereby dies; all sign-ins of the user end.

    Raises Refusal when the link is dead (no place) or the password is too easy (place "password").
    """
    user = user_of_link(session, token, now)
    if user is None:
        raise Refusal(Problem(LINK_IS_DEAD))
    set_password(session, user, password, words)
    used = update(OneTimeLink).where(OneTimeLink.token_hash == hash_token(token), OneTimeLink.used_at.is_(None))
    if session.scalar(used.values(used_at=now).returning(OneTimeLink.id)) is None:
        raise Refusal(Problem(LINK_IS_DEAD))
    end_sign_ins(session, user.id, now)
    return user


def set_password(session: Session, user: User, password: str, words: Iterable[str] = ()) -> None:
    """Give a user a new password; refused (place "password") when it is short or easy to guess."""
    problem = check_password(password, (user.name, user.email, *words))
    if problem is not None:
        raise Refusal(Problem(problem.msgid, problem.params, "password"))
    user.password_hash = generate_password_hash(password)
    session.flush()


def update_user(session: Session, user: User, *, name: str | None, language: str, shortcuts: bool) -> None:
    """Change a user's own name, language or shortcuts."""
    if not name:
        raise Refusal(Problem(NO_NAME, place="name"))
    user.name = name
    user.language = language if language in LANGUAGES else user.language
    user.shortcuts = shortcuts
    session.flush()


def record(
    session: Session,
    event: str,
    detail: str | None,
    *,
    user_id: int | None,
    municipality_id: int | None,
    request_id: str,
    at: dt.datetime,
) -> None:
    """Write one row of the access log."""
    session.add(
        AccessLog(
            at=at,
            user_id=user_id,
            municipality_id=municipality_id,
            request_id=request_id,
            event=event,
            detail=detail[:DETAIL_LENGTH] if detail else None,
        )
    )


@cache
def _nobodys_hash() -> str:
    return generate_password_hash(secrets.token_urlsafe(TOKEN_BYTES))
