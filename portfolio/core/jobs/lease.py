"""How a process holds a job: takes it, renews it with its progress, and lets it go. Each is a short transaction."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select, text, update

from portfolio.core.database import is_sqlite, open_session
from portfolio.core.jobs.facts import Clock, JobFacts, Limits
from portfolio.core.jobs.models import Job, JobState
from portfolio.core.problem import Problem, problem_to_json

if TYPE_CHECKING:
    from sqlalchemy import Engine, Select
    from sqlalchemy.orm import Session

LOCK = 7_203_412
"""The advisory lock on PostgreSQL by which two processes never take two jobs of one person at once."""


class Hold(enum.Enum):
    """What a renewal finds: the job is ours, is to be cancelled, or belongs to a later attempt."""

    OURS = "ours"
    CANCEL = "cancel"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Lease:
    """One job in the hands of this process."""

    engine: Engine
    job: JobFacts
    clock: Clock
    limits: Limits

    def renew(self, progress: tuple[str, int, int] | None = None) -> Hold:
        """Give a sign of life, for this job and those that wait behind it, with the progress where there is any."""
        until = self.clock() + self.limits.lease
        values: dict[str, Any] = {"lease_until": until}
        if progress is not None:
            values |= dict(zip(("step", "done", "total"), progress, strict=True))
        with open_session(self.engine, write=True) as session, session.begin():
            session.execute(update(Job).where(*_ours(self.job)).values(values))
            cancel = session.scalar(select(Job.cancel).where(*_ours(self.job)))
            session.execute(update(Job).where(*_behind(self.job)).values(lease_until=until))
        if cancel is None:
            return Hold.LOST
        return Hold.CANCEL if cancel else Hold.OURS

    def let_go(self, state: JobState, problems: tuple[Problem, ...] = ()) -> int | None:
        """End the job in a state, unless a later attempt has it; gives the next one that waits behind it."""
        kept = [problem_to_json(problem) for problem in problems] or None
        with open_session(self.engine, write=True) as session, session.begin():
            _take_turn(session)
            session.execute(update(Job).where(*_ours(self.job)).values(state=state, problems=kept, lease_until=None))
            return session.scalar(select(Job.id).where(*_behind(self.job)).order_by(Job.id).limit(1))


def take(engine: Engine, job_id: int, clock: Clock, limits: Limits) -> Lease | None:
    """Take a job that waits; None where there is none, or where the same person's work of its kind is under way.

    What is left waiting is taken by the process before it, when that is done.
    """
    now = clock()
    with open_session(engine, write=True) as session, session.begin():
        _take_turn(session)
        job = session.get(Job, job_id, with_for_update=True)
        if job is None or job.state is not JobState.WAITING:
            return None
        if job.user_id is not None and session.scalar(_under_way(job).where(Job.lease_until >= now)) is not None:
            return None
        # By a statement: this process has not loaded the rooms, whose tables a flush of the object would look for.
        taken = {"state": JobState.RUNNING, "attempt": job.attempt + 1, "lease_until": now + limits.lease}
        session.execute(
            update(Job).where(Job.id == job_id).values(taken), execution_options={"synchronize_session": False}
        )
        facts = JobFacts(
            job.id, job.kind, job.subject_id, job.municipality_id, job.user_id, job.made_at, job.attempt + 1
        )
    return Lease(engine, facts, clock, limits)


def is_ours(session: Session, job: JobFacts) -> bool:
    """Tell, and lock the row so that it stays so, whether an attempt still has its job and nobody asks it to stop."""
    return session.scalar(select(Job.cancel).where(*_ours(job)).with_for_update()) is False


def _ours(job: JobFacts) -> tuple[Any, ...]:
    return Job.id == job.id, Job.attempt == job.attempt, Job.state == JobState.RUNNING


def _behind(job: JobFacts) -> tuple[Any, ...]:
    """Select what the same person has waiting of the same kind; nothing where nobody asked for the work."""
    return Job.user_id == job.user_id, Job.kind == job.kind, Job.state == JobState.WAITING, Job.user_id.is_not(None)


def _under_way(job: Job) -> Select[int]:
    return select(Job.id).where(Job.user_id == job.user_id, Job.kind == job.kind, Job.state == JobState.RUNNING)


def _take_turn(session: Session) -> None:
    if not is_sqlite(session):
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
