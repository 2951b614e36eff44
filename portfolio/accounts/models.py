"""Users, their access, their views, their sign-ins and one-time links."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portfolio.core.columns import Moment, choice
from portfolio.core.database import Base, Owned
from portfolio.core.rights import Role


class User(Base):
    """A person who may sign in. Outside the history, which holds the id only."""

    __tablename__ = "user_account"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    password_hash: Mapped[str | None] = mapped_column(String(255))
    language: Mapped[str] = mapped_column(String(2), default="fi")
    shortcuts: Mapped[bool] = mapped_column(default=True)
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[dt.datetime] = mapped_column(Moment)


class Access(Owned, Base):
    """One role of one user in one municipality, within a unit and those below it or everywhere."""

    __tablename__ = "access"
    fixed: ClassVar[frozenset[str]] = Owned.fixed | {"user_id"}

    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    role: Mapped[Role] = mapped_column(choice(Role))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    valid_to: Mapped[dt.date | None]


class SavedView(Owned, Base):
    """A way to look at a page that a person has named: the page's query in its canonical form.

    It is its owner's alone, or ``shared`` with everyone who may read the municipality.
    """

    __tablename__ = "saved_view"
    fixed: ClassVar[frozenset[str]] = Owned.fixed | {"user_id", "page"}

    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    page: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(120))
    query: Mapped[str] = mapped_column(Text)
    shared: Mapped[bool]


class SignIn(Base):
    """A signed-in browser: a row on the server, so that ending it ends it. Not history."""

    __tablename__ = "sign_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    created_at: Mapped[dt.datetime] = mapped_column(Moment)
    seen_at: Mapped[dt.datetime] = mapped_column(Moment)
    ended_at: Mapped[dt.datetime | None] = mapped_column(Moment)
    browser: Mapped[str | None] = mapped_column(String(200))


class OneTimeLink(Base):
    """A link that sets a password once: a new user's first sign-in, or a reset by mail. Only its hash is kept."""

    __tablename__ = "one_time_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    created_at: Mapped[dt.datetime] = mapped_column(Moment)
    expires_at: Mapped[dt.datetime] = mapped_column(Moment)
    used_at: Mapped[dt.datetime | None] = mapped_column(Moment)


class RateCount(Base):
    """How often a key was hit within a window: shared by all workers, unlike a count in memory."""

    __tablename__ = "rate_count"

    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    count: Mapped[int]
    expires_at: Mapped[dt.datetime] = mapped_column(Moment, index=True)


class AccessLog(Base):
    """Who did what, when: sign-ins, refusals, and reading of restricted items (tiedonhallintalaki 17 §)."""

    __tablename__ = "access_log"
    __table_args__ = (Index("ix_access_log_at", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[dt.datetime] = mapped_column(Moment)
    user_id: Mapped[int | None]
    municipality_id: Mapped[int | None]
    request_id: Mapped[str] = mapped_column(String(40))
    event: Mapped[str] = mapped_column(String(40))
    detail: Mapped[str | None] = mapped_column(String(300))


class Feedback(Base):
    """A message about accessibility or anything else; one about accessibility is to be answered in 14 days."""

    __tablename__ = "feedback"

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int | None] = mapped_column(ForeignKey("municipality.id"), index=True)
    sent_at: Mapped[dt.datetime] = mapped_column(Moment)
    page: Mapped[str | None] = mapped_column(String(300))
    email: Mapped[str | None] = mapped_column(String(254))
    message: Mapped[str] = mapped_column(Text)
    answered_at: Mapped[dt.datetime | None] = mapped_column(Moment)
