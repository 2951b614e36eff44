"""What the two sides of long work know of each other: the job's facts, its limits, and how a handler looks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeAlias

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

MEGABYTE = 1024**2


class Cancelled(BaseException):
    """Raised inside a handler when its job is to stop; what is not committed is gone.

    Like KeyboardInterrupt it is no Exception: it may come at any moment, also inside what handles every other fault.
    """


@dataclass(frozen=True, slots=True)
class JobFacts:
    """One job as its handler sees it; ``attempt`` counts from 1."""

    id: int
    kind: str
    subject_id: int
    municipality_id: int | None
    user_id: int | None
    made_at: dt.datetime
    attempt: int


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a job may use: bytes of memory, seconds by the wall clock; and how long one sign of life holds."""

    memory: int = 1500 * MEGABYTE
    seconds: float = 300
    lease: dt.timedelta = dt.timedelta(seconds=15)


class Progress(Protocol):
    """How a handler tells how far it is."""

    def __call__(self, step: str, done: int, total: int) -> None:
        """Say the step (a msgid without parameters) and that ``done`` of ``total`` are behind; cheap, call it often."""

    def confirm(self, session: Session) -> None:
        """Make sure, in the transaction that writes the result, that the job is still ours; else raise Cancelled.

        Call it last before the commit: the job's row stays locked until then, so a cancelled or a repeated job and its
        result cannot both be there.
        """


Handler: TypeAlias = "Callable[[Engine, JobFacts, Progress], None]"
"""Does one kind of work: raises Refusal for what a person may mend. It may be run again after it was stopped."""

Clock: TypeAlias = Callable[[], dt.datetime]
