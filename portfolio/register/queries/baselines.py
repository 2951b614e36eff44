"""Baselines with the times that they name."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from portfolio.core import history
from portfolio.core.history import Baseline, Revision


@dataclass(frozen=True, slots=True)
class NamedPoint:
    """A baseline, and when the revision that it names was made (UTC)."""

    baseline: Baseline
    at: dt.datetime


def baselines(session: Session, municipality_id: int, *, removed: bool = False) -> list[NamedPoint]:
    """Return a municipality's baselines, the latest point first; with ``removed`` those that were removed."""
    statement = (
        select(Baseline, Revision.at)
        .join(Revision, Revision.id == Baseline.revision_id)
        .where(Baseline.municipality_id == municipality_id, Baseline.removed.is_(removed))
        .order_by(Baseline.revision_id.desc(), Baseline.id.desc())
    )
    return [NamedPoint(baseline, at) for baseline, at in session.execute(statement)]


def get_baseline(session: Session, municipality_id: int, identity: int, *, at: int | None = None) -> Baseline | None:
    """Return one baseline, removed or not."""
    return history.row(session, Baseline, municipality_id, identity, at)
