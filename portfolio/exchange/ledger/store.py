"""The long work of a ledger that was sent in: its rows are read in a process of its own and kept to be checked."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import undefer

from portfolio.core.database import open_session
from portfolio.core.jobs import Job, JobFacts, Progress, create_job
from portfolio.core.language import N_
from portfolio.core.problem import Problem, Refusal, problem_from_json, problem_to_json
from portfolio.core.rights import Actor, Right, require
from portfolio.exchange.ledger.apply import PREFIX, write_ledger
from portfolio.exchange.ledger.folders import ledger_profile
from portfolio.exchange.ledger.plan import LedgerPlan
from portfolio.exchange.ledger.profile import LedgerProfile, Unit
from portfolio.exchange.ledger.read import Entry, LedgerFile, read_ledger
from portfolio.exchange.models import ImportBatch, Upload, UploadState
from portfolio.files.workbook import read_workbook
from portfolio.organisation.models import Municipality

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

READING = "ledger"
"""The kind of job that reads a ledger."""
NOT_CHECKED = N_("There is nothing to decide in this file any more.")


def read_soon(session: Session, upload: Upload, profile: str) -> Job:
    """Make an upload a ledger, to be read by a profile; the caller starts the job after the commit."""
    upload.profile_name = f"{PREFIX}{profile}"
    place, person = upload.municipality_id, upload.user_id
    job = create_job(session, READING, upload.id, municipality_id=place, user_id=person, at=upload.at)
    upload.job_id = job.id
    session.flush()
    return job


def is_ledger(upload: Upload) -> bool:
    """Tell whether an upload is a ledger."""
    return (upload.profile_name or "").startswith(PREFIX)


def profile_of(session: Session, upload: Upload) -> LedgerProfile:
    """Find the profile by which a ledger is read."""
    code = session.get_one(Municipality, upload.municipality_id).code
    return ledger_profile((upload.profile_name or "").removeprefix(PREFIX), code)


def read_upload(engine: Engine, job: JobFacts, progress: Progress) -> None:
    """Read the ledger that a job is about and keep its rows; the handler of jobs of the kind "ledger"."""
    problems: Sequence[Problem] = ()
    file = LedgerFile()
    with open_session(engine, write=False) as session:
        upload = session.get_one(Upload, job.subject_id, options=[undefer(Upload.data)])
        try:
            profile = profile_of(session, upload)
            file = read_ledger(read_workbook(upload.data or b"", upload.file_name, progress), profile)
        except Refusal as refusal:
            problems = refusal.problems
    if not file.columns and not problems:
        problems = file.errors
    with open_session(engine, write=True) as session:
        upload = session.get_one(Upload, job.subject_id)
        upload.data = None
        upload.state = UploadState.REFUSED if problems else UploadState.CHECKED
        upload.problems = [problem_to_json(one) for one in problems]
        upload.extract = None if problems else to_json(file)
        progress.confirm(session)
        session.commit()


def write_upload(
    session: Session, actor: Actor, upload: Upload, unit: Unit | None, seen: str
) -> tuple[LedgerPlan, ImportBatch | None]:
    """Write a checked ledger; it is applied only when something was written."""
    require(actor, Right.IMPORT)
    session.refresh(upload, with_for_update=True)
    if upload.state is not UploadState.CHECKED:
        raise Refusal(Problem(NOT_CHECKED))
    profile = profile_of(session, upload)
    plan, batch = write_ledger(session, actor, upload.file_name, file_of(upload), profile, unit=unit, seen=seen)
    if batch is not None:
        upload.state, upload.batch_id, upload.extract = UploadState.APPLIED, batch.id, None
        session.flush()
    return plan, batch


def to_json(file: LedgerFile) -> dict[str, Any]:
    """Write what was read as JSON."""
    return {
        "entries": [[*entry[:6], str(entry.amount), entry.document] for entry in file.entries],
        "errors": [problem_to_json(one) for one in file.errors],
        "notices": [problem_to_json(one) for one in file.notices],
        "columns": file.columns,
    }


def file_of(upload: Upload) -> LedgerFile:
    """Give what was read of a ledger."""
    told = upload.extract or {"entries": [], "errors": [], "notices": [], "columns": {}}
    return LedgerFile(
        [Entry._make([*row[:6], Decimal(row[6]), row[7]]) for row in told["entries"]],
        [problem_from_json(one) for one in told["errors"]],
        [problem_from_json(one) for one in told["notices"]],
        told["columns"],
    )
