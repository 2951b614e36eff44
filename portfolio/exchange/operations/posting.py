"""The letters of a collection as long work: each is claimed just before it goes, so that the work may begin again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from portfolio.core.claims import Clock, Sent
from portfolio.core.database import open_session
from portfolio.core.jobs import Job, create_job
from portfolio.core.language import N_
from portfolio.core.problem import Problem, Refusal
from portfolio.core.rights import Actor, Right, require
from portfolio.exchange.models import Collection, Export, ExportLetter, LetterKind
from portfolio.exchange.operations.letters import letters_of
from portfolio.exchange.operations.sending import Letter, send_letters
from portfolio.exchange.queries import collecting as queries
from portfolio.exchange.queries.receivers import receivers_of
from portfolio.organisation.models import Municipality
from portfolio.organisation.rules import today_in

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Engine
    from sqlalchemy.orm import Session

    from portfolio.config import MailSettings
    from portfolio.core.jobs import JobFacts, Progress

NO_SERVER = N_("There is no mail server, so nobody was told.")
SENDING = N_("Sending the mails")

TO_ALL = {kind: f"letters-{kind.value}" for kind in LetterKind}
TO_ONE = {kind: f"letter-{kind.value}" for kind in LetterKind}
"""The kinds of jobs: letters to all who are asked in a collection, or about one export; the subject is its id."""
KINDS = {name: kind for names in (TO_ALL, TO_ONE) for kind, name in names.items()}


def send_soon(session: Session, actor: Actor, collection_id: int, kind: LetterKind, export_id: int | None) -> Job:
    """Make the job that sends the letters of a collection, or only those about one of its exports."""
    municipality_id = require(actor, Right.IMPORT)
    name, subject = (TO_ALL[kind], collection_id) if export_id is None else (TO_ONE[kind], export_id)
    return create_job(session, name, subject, municipality_id=municipality_id, user_id=actor.user_id, at=actor.at)


def post_letters(engine: Engine, job: JobFacts, progress: Progress, mail: MailSettings, clock: Clock) -> None:
    """Send the letters that a job is about; the handler of the jobs of :data:`KINDS`.

    Run again it sends what is left: what the server took, or what broke off while it was being sent, goes out no more.
    """
    if mail.smtp is None:
        raise Refusal(Problem(NO_SERVER))
    with open_session(engine, write=False) as session:
        letters = _letters(session, job, mail.public_url or "")
    send_letters(engine, mail.smtp, letters, clock, lambda done: progress(SENDING, done, len(letters)))


def get_letters(session: Session, municipality_id: int, key: int, *, at: int | None = None) -> Job | None:
    """Find a job of letters of a municipality by its id (a loader); jobs have no history."""
    job = session.get(Job, key) if at is None else None
    return job if job is not None and job.municipality_id == municipality_id and job.kind in KINDS else None


def collection_of(session: Session, job: Job) -> int:
    """Give the id of the collection that a job's letters are about."""
    if job.kind in TO_ONE.values():
        return session.get_one(Export, job.subject_id).collection_id or 0
    return job.subject_id


def outcome(session: Session, job: Job) -> Sent:
    """Count what became of a job's letters: taken, refused, in doubt, and those that had gone out before it."""
    letters = select(func.count()).where(ExportLetter.kind == KINDS[job.kind], _about(job))
    mine = ExportLetter.claimed_at >= job.made_at
    unsent, unrefused = ExportLetter.sent_at.is_(None), ExportLetter.refused.is_(None)
    taken, refused, earlier, unknown = (
        session.scalar(letters.where(*conditions)) or 0
        for conditions in (
            (mine, ~unsent),
            (mine, ~unrefused),
            (~mine, unrefused),
            (mine, unsent, unrefused),
        )
    )
    return Sent(taken=taken, refused=refused, earlier=earlier, unknown=unknown)


def _about(job: Job) -> ColumnElement[bool]:
    if job.kind in TO_ONE.values():
        return ExportLetter.export_id == job.subject_id
    return ExportLetter.export_id.in_(select(Export.id).where(Export.collection_id == job.subject_id))


def _letters(session: Session, job: JobFacts, base: str) -> list[Letter]:
    """Write the letters as things stand when the work begins: who has answered meanwhile gets none."""
    one = session.get_one(Export, job.subject_id) if job.kind in TO_ONE.values() else None
    collection = session.get_one(Collection, one.collection_id if one else job.subject_id)
    if collection.closed_at is not None:
        return []
    municipality = session.get_one(Municipality, collection.municipality_id)
    today = today_in(municipality.demo_day, job.made_at)
    state = queries.collection_state(session, collection, today)
    receivers = receivers_of(session, municipality.id, [found.export for found in state.exports], today)

    def address(export: Export) -> str:
        return f"{base}/{municipality.code}/exchange/exports/{export.id}"

    found = letters_of(KINDS[job.kind], state, receivers, municipality, address)
    return [letter for letter in found if one is None or letter.export_id == one.id]
