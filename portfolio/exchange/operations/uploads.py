"""Taking in a file that a person sent: its bytes are kept for a while, and a job reads them."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from portfolio.core.jobs import Job, create_job
from portfolio.core.language import N_
from portfolio.core.problem import Problem, Refusal
from portfolio.core.rights import Actor, Right, require
from portfolio.core.text import clean
from portfolio.exchange.models import Upload

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

PLANNING = "plan"
"""The kind of job that reads a file and plans its import."""
KEPT = dt.timedelta(days=30)
"""How long a file that nobody finished is kept."""
MOST_AT_ONCE = 20
LONGEST_NAME = 200

NO_FILES = N_("Choose at least one file.")
TOO_MANY = N_("You sent %(count)s files. At most %(most)s can be taken at once: send the rest after these.")
EMPTY = N_('The file "%(name)s" is empty.')


@dataclass(frozen=True, slots=True)
class Received:
    """A file as it came: its name on the sender's machine and its bytes."""

    name: str
    data: bytes


def receive_uploads(
    session: Session, actor: Actor, received: Sequence[Received], language: str, day: dt.date
) -> list[Upload]:
    """Keep files and make a job for each, to be started once the transaction is committed.

    ``language`` is that in which their senders write, ``day`` the one by which words about time are meant. Refuses all
    when one cannot be taken. What a file may change is judged cell by cell, so that sending one needs no right of its
    own.
    """
    municipality_id = require(actor, Right.READ)
    problems = list(_wrong_with(received))
    if problems:
        raise Refusal(*problems)
    uploads = [_upload(actor, municipality_id, one, language, day) for one in received]
    session.add_all(uploads)
    session.flush()
    for upload in uploads:
        plan_soon(session, upload, actor.at)
    return uploads


def plan_soon(session: Session, upload: Upload, at: dt.datetime) -> Job:
    """Make the job that reads a file and plans its import; the caller starts it after the commit."""
    place, person = upload.municipality_id, upload.user_id
    job = create_job(session, PLANNING, upload.id, municipality_id=place, user_id=person, at=at)
    upload.job_id = job.id
    session.flush()
    return job


def _wrong_with(received: Sequence[Received]) -> Sequence[Problem]:
    if not received:
        return [Problem(NO_FILES, place="files")]
    if len(received) > MOST_AT_ONCE:
        return [Problem(TOO_MANY, {"count": len(received), "most": MOST_AT_ONCE}, place="files")]
    return [Problem(EMPTY, {"name": one.name}, place="files") for one in received if not one.data]


def _upload(actor: Actor, municipality_id: int, one: Received, language: str, day: dt.date) -> Upload:
    return Upload(
        municipality_id=municipality_id,
        user_id=actor.user_id,
        at=actor.at,
        file_name=_tidy_name(one.name),
        size=len(one.data),
        sha256=hashlib.sha256(one.data).hexdigest(),
        data=one.data,
        kept_until=actor.at + KEPT,
        language=language,
        document_date=day,
    )


def _tidy_name(name: str) -> str:
    """Keep the name alone, without the folders that some browsers send, and short enough; its ending stays."""
    plain = clean(PurePath(name.replace("\\", "/")).name).replace("\n", " ")
    stem, dot, ending = plain.rpartition(".")
    most = LONGEST_NAME - len(dot) - len(ending)
    return f"{stem[:most]}{dot}{ending}" if dot and most > 0 else plain[:LONGEST_NAME]
