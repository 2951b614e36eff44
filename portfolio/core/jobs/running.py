"""Running a job: this process holds its lease, a child of it works, and whatever becomes of the child is told.

Two processes, since a parser written in C may hold the interpreter, use up the memory or crash: the one that tells so
must be another. Each is small before it works: the child is a fork of one that has loaded no room.
"""

from __future__ import annotations

import logging
import multiprocessing
import signal
import time
from collections.abc import Mapping
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import TYPE_CHECKING

from sqlalchemy.exc import OperationalError

from portfolio.core.jobs.facts import Clock, Handler, Limits
from portfolio.core.jobs.lease import Hold, Lease, take
from portfolio.core.jobs.models import JobState
from portfolio.core.jobs.worker import Ended, work
from portfolio.core.language import N_
from portfolio.core.problem import Problem, problem_from_json

if TYPE_CHECKING:
    from sqlalchemy import Engine

UNKNOWN_KIND = N_("This server does not know how to do this work.")
OUT_OF_MEMORY = N_("The work needed more memory than it may use. Divide the file into smaller ones and try again.")
OUT_OF_TIME = N_(
    "The work was not done in %(seconds)s seconds and was stopped. Divide the file into smaller ones and try again."
)
FAULT = N_(
    "Something went wrong on our side, and nothing was changed. Try again. If it happens again, tell your "
    "administrator the number of the work, %(number)s."
)

TICK = 0.5
SIGN_OF_LIFE = 1.0
"""Seconds after which the lease is renewed, and a wish to cancel noticed, although the work has not got further."""
GRACE = 2.0
"""Seconds in which work that is asked to stop may end by itself."""

_FORK = multiprocessing.get_context("fork")
_CRASHES = {-signal.SIGABRT, -signal.SIGKILL, -signal.SIGSEGV, -signal.SIGBUS}
"""How a process ends for which there is no memory left, when it is not Python that asks for more."""

logger = logging.getLogger(__name__)


def run(
    engine: Engine, job_id: int, handlers: Mapping[str, Handler], clock: Clock, limits: Limits | None = None
) -> int | None:
    """Run a job to its end, whatever that is, and give the id of the next that waits behind it.

    Does nothing, and gives None, where the job does not wait or must wait for another one of the same person.
    """
    lease = take(engine, job_id, clock, limits or Limits())
    if lease is None:
        return None
    handler = handlers.get(lease.job.kind)
    if handler is None:
        return lease.let_go(JobState.FAILED, (Problem(UNKNOWN_KIND),))
    engine.dispose()  # no open connection may be shared with a fork
    receiving, sending = _FORK.Pipe(duplex=False)
    child = _FORK.Process(target=work, args=(lease, handler, sending), daemon=True)
    child.start()
    sending.close()
    with receiving:
        state, problems = _Watch(lease, child, receiving).until_it_ends()
    return lease.let_go(state, problems)


@dataclass(slots=True)
class _Watch:
    """Watches one child: passes its progress on, ends it when it is cancelled or takes too long."""

    lease: Lease
    child: BaseProcess
    receiving: Connection
    progress: tuple[str, int, int] | None = None
    ended: Ended | None = None

    def until_it_ends(self) -> tuple[JobState, tuple[Problem, ...]]:
        """Wait for the end and tell it."""
        deadline = time.monotonic() + self.lease.limits.seconds
        renewed, written = 0.0, None
        try:
            while self._listen():
                now = time.monotonic()
                if now >= deadline:
                    return JobState.FAILED, (Problem(OUT_OF_TIME, {"seconds": round(self.lease.limits.seconds)}),)
                if self.progress == written and now - renewed < SIGN_OF_LIFE:
                    continue
                renewed, written = now, self.progress
                if self._renew() is not Hold.OURS:
                    return JobState.CANCELLED, ()
        finally:
            self._stop()
        return self._outcome()

    def _renew(self) -> Hold:
        """Renew the lease; a database that is busy may answer the next time."""
        try:
            return self.lease.renew(self.progress)
        except OperationalError:
            logger.warning("job %s: its lease could not be renewed", self.lease.job.id, exc_info=True)
            return Hold.OURS

    def _listen(self) -> bool:
        """Take in what the child says within a tick; False once it has said its last, or is gone."""
        until = time.monotonic() + TICK
        try:
            while self.receiving.poll(max(0.0, until - time.monotonic())):
                said = self.receiving.recv()
                if isinstance(said, Ended):
                    self.ended = said
                    return False
                self.progress = said
        except EOFError:
            return False
        return True

    def _stop(self) -> None:
        """Let the child end; one that does not is killed."""
        if self.ended is None:
            self.child.terminate()
        self.child.join(GRACE)
        if self.child.is_alive():
            self.child.kill()
            self.child.join()

    def _outcome(self) -> tuple[JobState, tuple[Problem, ...]]:
        if self.ended is None:
            logger.error("job %s: its process ended with %s", self.lease.job.id, self.child.exitcode)
            if self.child.exitcode in _CRASHES:
                return JobState.FAILED, (Problem(OUT_OF_MEMORY),)
            return JobState.FAILED, (self._fault(),)
        if self.ended.cancelled:
            return JobState.CANCELLED, ()
        if self.ended.out_of_memory:
            return JobState.FAILED, (Problem(OUT_OF_MEMORY),)
        if self.ended.fault is not None:
            logger.error("job %s failed\n%s", self.lease.job.id, self.ended.fault)
            return JobState.FAILED, (self._fault(),)
        problems = tuple(problem_from_json(kept) for kept in self.ended.problems)
        return (JobState.FAILED, problems) if problems else (JobState.DONE, ())

    def _fault(self) -> Problem:
        return Problem(FAULT, {"number": self.lease.job.id})
