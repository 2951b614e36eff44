"""What stands round one initiative in time: those it needs or is needed by, and its milestones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolio.core import history
from portfolio.core.language import in_language
from portfolio.register.models import Dependency, Initiative, Milestone
from portfolio.register.queries import parts_of
from portfolio.roadmap.rules import Neighbour, Surroundings

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def read_surroundings(session: Session, municipality_id: int, identity: int, language: str) -> Surroundings:
    """Return what a move of an initiative may turn or leave behind."""
    return Surroundings(
        tuple(_neighbours(session, municipality_id, identity, language)),
        tuple(open_milestones(session, municipality_id, identity)),
    )


def open_milestones(session: Session, municipality_id: int, identity: int) -> list[Milestone]:
    """Return an initiative's milestones that have not been completed, in the order of time."""
    return [one for one in parts_of(session, Milestone, municipality_id, [identity]) if one.completed_on is None]


def _neighbours(session: Session, municipality_id: int, identity: int, language: str) -> list[Neighbour]:
    """Return the present initiatives at the other ends of an initiative's dependencies, in the order of their codes."""
    needed = history.rows(session, Dependency, municipality_id, successor_id=identity)
    needing = history.rows(session, Dependency, municipality_id, predecessor_id=identity)
    first = {one.predecessor_id: True for one in needed} | {one.successor_id: False for one in needing}
    if not first:
        return []
    rows = history.rows(session, Initiative, municipality_id, id=frozenset(first))
    return [
        Neighbour(row.id, in_language(row.title_fi, row.title_sv, language), row.timespan, first[row.id])
        for row in sorted(rows, key=lambda row: row.code)
    ]
