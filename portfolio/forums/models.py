"""Forums, their meetings and decisions, as plain records."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portfolio.core.columns import choice
from portfolio.core.database import Base, Owned
from portfolio.core.timespan import Timespan
from portfolio.forums.rules import ForumKind, Outcome


class Forum(Owned, Base):
    """A body, leadership forum or group: its chair's post, rhythm of meetings and the forum that owns it."""

    __tablename__ = "forum"
    __table_args__ = (UniqueConstraint("municipality_id", "code"),)

    code: Mapped[str] = mapped_column(String(60))
    name_fi: Mapped[str] = mapped_column(String(200))
    name_sv: Mapped[str | None] = mapped_column(String(200))
    kind: Mapped[ForumKind] = mapped_column(choice(ForumKind))
    chair_post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"))
    agenda_owner_post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"))
    owning_forum_id: Mapped[int | None] = mapped_column(ForeignKey("forum.id"))
    rhythm: Mapped[Timespan | None]
    timespan: Mapped[Timespan | None]
    case_number: Mapped[str | None] = mapped_column(String(60))
    tasks: Mapped[str | None] = mapped_column(Text)


class ForumView(Owned, Base):
    """The saved view with which a forum's roadmap opens; declared here, for relations stand on the upper model."""

    __tablename__ = "forum_view"
    __table_args__ = (UniqueConstraint("forum_id"),)
    fixed: ClassVar[frozenset[str]] = Owned.fixed | {"forum_id"}

    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id"))
    saved_view_id: Mapped[int] = mapped_column(ForeignKey("saved_view.id"), index=True)


class Meeting(Owned, Base):
    """One meeting of a forum; ``baseline_id`` is the moment at which it ended, None where nobody ended it here."""

    __tablename__ = "meeting"
    __table_args__ = (UniqueConstraint("forum_id", "date"),)
    fixed: ClassVar[frozenset[str]] = Owned.fixed | {"forum_id"}

    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id"), index=True)
    date: Mapped[dt.date]
    baseline_id: Mapped[int | None] = mapped_column(ForeignKey("baseline.id"))


class Decision(Owned, Base):
    """A decision: body, date, section (§), case number; proposal and decision are two texts even when equal.

    An office-holder's decision has ``post_id`` instead of a body (requirements 77–79, 92b).
    """

    __tablename__ = "decision"

    forum_id: Mapped[int | None] = mapped_column(ForeignKey("forum.id"), index=True)
    post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"))
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"))
    date: Mapped[dt.date | None]
    section: Mapped[str | None] = mapped_column(String(20))
    case_number: Mapped[str | None] = mapped_column(String(60))
    title_fi: Mapped[str] = mapped_column(String(300))
    title_sv: Mapped[str | None] = mapped_column(String(300))
    proposal: Mapped[str | None] = mapped_column(Text)
    decision: Mapped[str | None] = mapped_column(Text)
    grounds: Mapped[str | None] = mapped_column(Text)
    outcome: Mapped[Outcome | None] = mapped_column(choice(Outcome))
    source_key: Mapped[str | None] = mapped_column(String(300))


class DecisionInitiative(Owned, Base):
    """An initiative that a decision concerns."""

    __tablename__ = "decision_initiative"
    __table_args__ = (UniqueConstraint("decision_id", "initiative_id"),)
    fixed: ClassVar[frozenset[str]] = Owned.fixed | {"decision_id", "initiative_id"}

    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), index=True)
    initiative_id: Mapped[int] = mapped_column(ForeignKey("initiative.id"), index=True)


class InitiativeForum(Owned, Base):
    """The one forum that handles an initiative; declared here, for relations stand on the upper model."""

    __tablename__ = "initiative_forum"
    __table_args__ = (UniqueConstraint("initiative_id"),)
    fixed: ClassVar[frozenset[str]] = Owned.fixed | {"initiative_id"}

    initiative_id: Mapped[int] = mapped_column(ForeignKey("initiative.id"))
    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id"), index=True)
