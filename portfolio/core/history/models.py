"""The tables of history: one revision a transaction, one change a cell, named points in time."""

from __future__ import annotations

import datetime as dt
import enum
from typing import Any, ClassVar

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portfolio.core.columns import Moment, choice
from portfolio.core.database import Base, Owned

BIRTH = "*"
"""The field name of a change that holds a whole new row."""


class Revision(Base):
    """One transaction that changed something: who, when (UTC), whence and why. Its order is the order of commits."""

    __tablename__ = "revision"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[dt.datetime] = mapped_column(Moment, index=True)
    user_id: Mapped[int | None] = mapped_column(index=True)
    source: Mapped[str] = mapped_column(String(20))
    source_ref: Mapped[str | None] = mapped_column(String(80))
    reason_kind: Mapped[str | None] = mapped_column(String(40))
    reason_id: Mapped[int | None]
    note: Mapped[str | None] = mapped_column(Text)


class Change(Base):
    """The old and new value of one cell, as JSON; for a new row the field is ``*`` and ``new`` holds the row."""

    __tablename__ = "change"
    __table_args__ = (
        Index("ix_change_cell", "entity", "entity_id", "revision_id"),
        Index("ix_change_first", "entity", "municipality_id", "entity_id", "field", "revision_id"),
        Index("ix_change_since", "municipality_id", "revision_id"),
        Index("ix_change_revision_id", "revision_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    municipality_id: Mapped[int | None]
    entity: Mapped[str] = mapped_column(String(40))
    entity_id: Mapped[int]
    field: Mapped[str] = mapped_column(String(40))
    old: Mapped[Any] = mapped_column(JSON(none_as_null=True), nullable=True)
    new: Mapped[Any] = mapped_column(JSON(none_as_null=True), nullable=True)


class BaselineKind(enum.StrEnum):
    """What a named point in time belongs to."""

    MEETING = "meeting"
    VERSION = "version"
    ROUND = "round"
    FREE = "free"


class Baseline(Owned, Base):
    """A named point in time: everything can be seen as it was at its revision, which never becomes another."""

    __tablename__ = "baseline"
    fixed: ClassVar[frozenset[str]] = Owned.fixed | {"revision_id"}

    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[BaselineKind] = mapped_column(choice(BaselineKind))
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    note: Mapped[str | None] = mapped_column(Text)
