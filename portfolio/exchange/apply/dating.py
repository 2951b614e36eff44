"""Time goes forward: no revision is dated before the one that precedes it (DESIGN §4, today)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from sqlalchemy import select

from portfolio.core.history import Revision
from portfolio.core.language import N_
from portfolio.core.problem import Problem, Refusal

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

BACKWARDS = N_("The last change is of %(last)s, and nothing may be dated before it: %(wanted)s.")


def refuse_going_back(session: Session, at: dt.datetime) -> None:
    """Refuse what would be dated before the latest revision."""
    last = session.scalar(select(Revision.at).order_by(Revision.id.desc()).limit(1))
    if last is not None and at < last:
        raise Refusal(Problem(BACKWARDS, {"last": last, "wanted": at}))
