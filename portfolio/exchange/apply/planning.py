"""The long work of an upload: its file is read and planned, and the plan is kept to be checked.

Reading and planning hold no lock; the plan is written in short transactions, so that a preview never blocks writers.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import undefer

from portfolio.accounts.models import User
from portfolio.accounts.queries import actor_of
from portfolio.core import history
from portfolio.core.database import open_session
from portfolio.core.jobs import JobFacts, Progress
from portfolio.core.language import N_
from portfolio.core.problem import Problem, Refusal, problem_to_json
from portfolio.core.rights import Actor
from portfolio.exchange.apply.mapping import prepare_mapping
from portfolio.exchange.apply.model import ByProfile, Options, Return, Way
from portfolio.exchange.apply.plan import find_way, plan_import
from portfolio.exchange.apply.store import Made, decisions, keep_plan, plan_hash, rows_in_error
from portfolio.exchange.apply.telling import told_of
from portfolio.exchange.models import Upload, UploadState
from portfolio.exchange.operations.plans import drop_plan, purge_uploads
from portfolio.exchange.profile import Profile, load_profile
from portfolio.exchange.queries.profiles import saved_profiles
from portfolio.files.cells import Workbook
from portfolio.files.workbook import read_workbook
from portfolio.organisation.models import Municipality
from portfolio.organisation.rules import today_in

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

READING = N_("Reading the file")
COMPARING = N_("Comparing with what is there")
NO_ACCESS = N_("Your access to this municipality has ended.")

Profiles = Callable[[str], Sequence[Profile]]
"""Gives the profiles that came with the program for a municipality, by its code."""


def plan_upload(engine: Engine, job: JobFacts, progress: Progress, *, profiles: Profiles) -> None:
    """Read the upload that a job is about and keep its plan; a file that must be refused is refused with its problems.

    The handler of jobs of the kind "plan". Run again, it begins anew.
    """
    _forget_old(engine, job.made_at)
    try:
        made = _read(engine, job, progress, profiles)
    except Refusal as refusal:
        _refuse(engine, job, progress, refusal.problems)
        return
    if made is None:
        return
    if made.done.parsed.stopped:
        _refuse(engine, job, progress, [fault.problem for fault in made.done.faults])
        return
    keep_plan(engine, job.subject_id, made, progress)


def _forget_old(engine: Engine, now: dt.datetime) -> None:
    """Forget files whose time is up: whoever sends a new one sweeps, so that nobody else must."""
    with open_session(engine, write=False) as session:
        if session.scalar(select(Upload.id).where(Upload.kept_until < now, Upload.data.is_not(None)).limit(1)) is None:
            return
    with open_session(engine, write=True) as session:
        purge_uploads(session, now)
        session.commit()


def _read(engine: Engine, job: JobFacts, progress: Progress, profiles: Profiles) -> Made | None:
    progress(READING, 0, 0)
    with open_session(engine, write=False) as session:
        upload = session.get_one(Upload, job.subject_id, options=[undefer(Upload.data)])
        workbook = read_workbook(upload.data or b"", upload.file_name, progress)
        municipality = session.get_one(Municipality, upload.municipality_id)
        way = _way(session, upload, municipality, workbook, profiles)
        if way is not None:
            return _planned(session, job, upload, municipality, workbook, way, progress)
    with open_session(engine, write=True) as session:
        upload = session.get_one(Upload, job.subject_id)
        prepare_mapping(session, upload, workbook)
        progress.confirm(session)
        session.commit()
    return None


def _way(
    session: Session, upload: Upload, municipality: Municipality, workbook: Workbook, profiles: Profiles
) -> Way | None:
    """Tell how the file is read: as an export that returns, by a mapping a person confirmed, or by a known profile."""
    saved = [load_profile(one.profile) for one in saved_profiles(session, municipality.id)]
    found = find_way(session, municipality.id, workbook, [*profiles(municipality.code), *saved])
    if upload.profile is not None and not isinstance(found, Return):
        return ByProfile(load_profile(upload.profile), guessed=True)
    return found


def _planned(
    session: Session,
    job: JobFacts,
    upload: Upload,
    municipality: Municipality,
    workbook: Workbook,
    way: Way,
    progress: Progress,
) -> Made:
    # The revision is read first: whatever is written while the plan is made is later, and makes the plan stale.
    revision = history.latest_revision(session)
    actor = _actor(session, upload, municipality, job.made_at)
    day = upload.document_date or today_in(municipality.demo_day, job.made_at)
    done = plan_import(session, actor, municipality, workbook, way, Options(day), progress)
    planned = told_of(done, decisions(session, upload.id), upload.language)
    stamp = plan_hash(upload.sha256, revision, way.name, upload.profile, day)
    return Made(done, planned, revision, stamp, rows_in_error(done, planned, workbook))


def _actor(session: Session, upload: Upload, municipality: Municipality, at: dt.datetime) -> Actor:
    """Make the person who sent the file, with today's access."""
    user = session.get(User, upload.user_id) if upload.user_id is not None else None
    today = today_in(municipality.demo_day, at)
    actor = actor_of(session, user, municipality.id, at, today) if user and user.active else None
    if actor is None:
        raise Refusal(Problem(NO_ACCESS))
    return actor


def _refuse(engine: Engine, job: JobFacts, progress: Progress, problems: Sequence[Problem]) -> None:
    """Refuse a file: what is wrong is kept in words, its bytes and whatever was planned of it go."""
    with open_session(engine, write=True) as session:
        upload = session.get_one(Upload, job.subject_id)
        drop_plan(session, [upload.id])
        upload.state, upload.data, upload.extract = UploadState.REFUSED, None, None
        upload.problems = [problem_to_json(one) for one in problems]
        progress.confirm(session)
        session.commit()
