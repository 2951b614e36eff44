"""Making, stopping and repeating long work, and telling how it stands."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from sqlalchemy import update

from portfolio.core.jobs.models import Job, JobState
from portfolio.core.language import N_
from portfolio.core.problem import Problem, problem_from_json

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

STOPPED = N_(
    "The work stopped before it was done, for example because the server was restarted. Nothing was changed. Try again."
)

PATIENCE = dt.timedelta(seconds=60)
"""How long new work may wait for a process to take it; work that waits for its turn is renewed by the one before."""

_OPEN = frozenset({JobState.WAITING, JobState.RUNNING})


def create_job(
    session: Session, kind: str, subject_id: int, *, municipality_id: int | None, user_id: int | None, at: dt.datetime
) -> Job:
    """Write a new job; it begins once the transaction is committed and a process is started for it."""
    job = Job(
        kind=kind,
        subject_id=subject_id,
        municipality_id=municipality_id,
        user_id=user_id,
        made_at=at,
        lease_until=at + PATIENCE,
    )
    session.add(job)
    session.flush()
    return job


def state_of(job: Job, now: dt.datetime) -> JobState:
    """Tell how a job stands: work that nobody holds any more reads as failed."""
    if job.state in _OPEN and (job.lease_until is None or job.lease_until < now):
        return JobState.FAILED
    return job.state


def is_over(job: Job, now: dt.datetime) -> bool:
    """Tell whether nothing more will happen to a job by itself."""
    return state_of(job, now) not in _OPEN


def problems_of(job: Job, now: dt.datetime) -> tuple[Problem, ...]:
    """Tell why a job failed; nothing where it did not."""
    if job.problems:
        return tuple(problem_from_json(kept) for kept in job.problems)
    return (Problem(STOPPED),) if state_of(job, now) is JobState.FAILED else ()


def ask_to_cancel(session: Session, job: Job) -> None:
    """Let work that waits be cancelled at once, and ask whoever works on it to stop; what is over stays as it is."""
    session.flush()
    # In this order: a process may take the job between the two statements, but never give it back.
    session.execute(
        update(Job).where(Job.id == job.id, Job.state == JobState.WAITING).values(state=JobState.CANCELLED, cancel=True)
    )
    session.execute(update(Job).where(Job.id == job.id, Job.state == JobState.RUNNING).values(cancel=True))
    session.refresh(job)


def try_again(session: Session, job: Job, at: dt.datetime) -> bool:
    """Let failed or cancelled work begin anew; False where it still waits, runs or is done."""
    found = session.get_one(Job, job.id, with_for_update=True, populate_existing=True)
    if state_of(found, at) not in {JobState.FAILED, JobState.CANCELLED}:
        return False
    # Whoever may still hold it has lost it by this, and the next attempt has another number.
    found.state, found.cancel, found.problems = JobState.WAITING, False, None
    found.step, found.done, found.total, found.lease_until = None, 0, 0, at + PATIENCE
    session.flush()
    return True
