"""A process that applies an upload and is killed at a named point, at a statement, or from outside; knows no pytest."""

import os
import signal
from contextlib import nullcontext
from dataclasses import dataclass
from multiprocessing import get_context
from unittest import mock

from sqlalchemy import event
from sqlalchemy.orm import Session

from portfolio.cli import database
from portfolio.cli.context import open_engine
from portfolio.core.database import open_session
from portfolio.core.rights import operator
from portfolio.exchange.apply import apply, write
from portfolio.exchange.apply.apply import apply_upload
from portfolio.exchange.models import Upload
from tests.exchange.towns import START

POINTS = {
    "the turn is taken": (apply.history, "take_turn", "after"),
    "the plan is read": (apply, "read_plan", "after"),
    "the plan is found to be current": (apply, "refuse_stale", "after"),
    "items are written": (write, "write_initiatives", "after"),
    "money is written": (write, "write_money", "after"),
    "all rows are written": (apply, "write_rows", "after"),
    "the import is recorded": (apply, "record_batch", "after"),
    "new rows are remembered": (apply, "record_added", "after"),
    "the commit begins": (Session, "commit", "before"),
    "the commit is done": (Session, "commit", "after"),
}
"""Where a process is killed: before or after a function of the program."""

_CONTEXT = get_context("forkserver")
_CONTEXT.set_forkserver_preload(["tests.exchange.killing"])


@dataclass(frozen=True)
class Death:
    """How the process dies: at a point, at a statement (counted from 1), or with neither only from outside."""

    point: str = ""
    statement: int = 0


def start(url, upload_id, death=None):
    """Start a process that applies an upload; returns it and the end of a pipe.

    The pipe says "ready" when the process begins, and the batch's id and the number of statements when it is done.
    """
    receiving, sending = _CONTEXT.Pipe(duplex=False)
    process = _CONTEXT.Process(target=_run, args=(url, upload_id, death or Death(), sending))
    process.start()
    sending.close()
    return process, receiving


def _run(url, upload_id, death, sending):
    database.metadata()
    engine = open_engine(url)
    statements = []
    event.listen(engine, "after_cursor_execute", lambda *_: _count(statements, death))
    with open_session(engine, write=False) as session:  # what every process loads once
        upload = session.get_one(Upload, upload_id)
        actor = operator(START.replace(month=6)).within(upload.municipality_id)
    statements.clear()
    sending.send("ready")
    with open_session(engine, write=True) as session, _dying(death):
        upload = session.get_one(Upload, upload_id)
        batch = apply_upload(session, actor, upload, upload.plan_hash)
        session.commit()
    sending.send((batch and batch.id, len(statements)))


def _count(statements, death):
    statements.append(None)
    if len(statements) == death.statement:
        die()


def _dying(death):
    if not death.point:
        return nullcontext()
    owner, name, when = POINTS[death.point]
    real = getattr(owner, name)

    def deadly(*arguments, **options):
        if when == "before":
            die()
        answer = real(*arguments, **options)
        die()
        return answer

    return mock.patch.object(owner, name, deadly)


def die():
    """End as a machine without power does."""
    os.kill(os.getpid(), signal.SIGKILL)
