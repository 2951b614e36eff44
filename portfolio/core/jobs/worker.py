"""The process that works on a job: within its limits of memory, telling its progress through a pipe."""

from __future__ import annotations

import gc
import multiprocessing
import os
import resource
import signal
import threading
import time
import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any

from portfolio.core.jobs.facts import Cancelled, Handler
from portfolio.core.jobs.lease import Lease, is_ours
from portfolio.core.problem import Refusal, problem_to_json

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

OFTEN = 0.1
"""Seconds between two messages about one step; a handler may tell each row."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How the work ended; nothing set means that it is done. ``problems`` are plain; ``fault`` is a traceback."""

    problems: tuple[Mapping[str, Any], ...] = ()
    cancelled: bool = False
    out_of_memory: bool = False
    fault: str | None = None


class Teller:
    """Tells the progress to the process that holds the lease; the handler's ``Progress``."""

    def __init__(self, lease: Lease, sending: Connection) -> None:
        self._lease, self._sending = lease, sending
        self._step, self._told = "", 0.0

    def __call__(self, step: str, done: int, total: int) -> None:
        """Tell a new step at once, and rows as often as somebody may look."""
        now = time.monotonic()
        if step != self._step or now - self._told >= OFTEN or done == total:
            self._step, self._told = step, now
            self._sending.send((step, done, total))

    def confirm(self, session: Session) -> None:
        """Raise Cancelled unless the job is still this attempt's; see ``Progress``."""
        if not is_ours(session, self._lease.job):
            raise Cancelled


def work(lease: Lease, handler: Handler, sending: Connection) -> None:
    """Do the work and say how it ended; the body of the child process."""
    signal.signal(signal.SIGTERM, _cancel)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    memory = lease.limits.memory if most == resource.RLIM_INFINITY else min(lease.limits.memory, most)
    resource.setrlimit(resource.RLIMIT_AS, (memory, most))
    ended = _do(lease, handler, sending)
    gc.collect()  # after a MemoryError the traceback still held what was too much
    sending.send(ended)


def _do(lease: Lease, handler: Handler, sending: Connection) -> Ended:
    try:
        handler(lease.engine, lease.job, Teller(lease, sending))
    except Refusal as refusal:
        return Ended(problems=tuple(map(problem_to_json, refusal.problems)))
    except Cancelled:
        return Ended(cancelled=True)
    except MemoryError:
        return Ended(out_of_memory=True)
    except Exception:  # noqa: BLE001 -- whatever it is, the person is told, and the log has the traceback
        return Ended(fault=traceback.format_exc())
    finally:
        lease.engine.dispose()
    return Ended()


def _cancel(_signal: int, _frame: object) -> None:
    raise Cancelled


def _end_with_parent() -> None:
    """End when the process that holds the lease is gone: nobody would tell what became of the work."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
