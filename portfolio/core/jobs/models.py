"""The row of one piece of long work: its state and progress, and the lease by which a process holds it."""

from __future__ import annotations

import datetime as dt
import enum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from portfolio.core.columns import Moment, choice
from portfolio.core.database import Base


class JobState(enum.StrEnum):
    """How far a job is; one whose lease has run out reads as failed."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Job(Base):
    """One piece of long work: of what kind, on what, by whom, and how far it is. Not history.

    ``step`` is a msgid that says what is being done, ``done`` of ``total`` how far that is. ``lease_until`` is renewed
    by the process that works; ``cancel`` asks it to stop. ``attempt`` counts how often it was begun, so that a process
    that lost it cannot write into a later attempt. ``problems`` are why it failed, as ``problem_to_json`` writes.
    """

    __tablename__ = "job"
    # Each second a process asks for what waits behind its job, and every job that was ever made is kept.
    __table_args__ = (Index("ix_job_of_user", "user_id", "kind", "state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int]
    municipality_id: Mapped[int | None] = mapped_column(ForeignKey("municipality.id"), index=True)
    user_id: Mapped[int | None]
    made_at: Mapped[dt.datetime] = mapped_column(Moment)
    state: Mapped[JobState] = mapped_column(choice(JobState), default=JobState.WAITING)
    step: Mapped[str | None] = mapped_column(String(200))
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    attempt: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[dt.datetime | None] = mapped_column(Moment)
    cancel: Mapped[bool] = mapped_column(default=False)
    problems: Mapped[Any] = mapped_column(JSON(none_as_null=True), nullable=True)
