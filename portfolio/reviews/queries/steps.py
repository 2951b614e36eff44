"""Who answered, returned, approved, rated or delegated a review, and when."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session

from portfolio.accounts.queries import names_of_users
from portfolio.core import history
from portfolio.core.history import BIRTH, CellChange
from portfolio.reviews.models import Review
from portfolio.reviews.rules import ReviewState


class StepKind(enum.StrEnum):
    """What was done with a review."""

    ASKED = "asked"
    WRITTEN = "written"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    RATED = "rated"
    DELEGATED = "delegated"


_BY_STATE = {
    ReviewState.SUBMITTED: StepKind.SUBMITTED,
    ReviewState.RETURNED: StepKind.RETURNED,
    ReviewState.APPROVED: StepKind.APPROVED,
}
_OFFICE = frozenset({"office_health", "office_reason"})
_MOST = 50


@dataclass(frozen=True, slots=True)
class ReviewStep:
    """One thing done with a review; ``who`` is None for the operator and for a person who has been erased."""

    kind: StepKind
    when: dt.datetime
    who: str | None
    comment: str | None = None


def steps_of(session: Session, review_id: int, *, at: int | None = None) -> list[ReviewStep]:
    """Return the steps of a review, newest first; two statements."""
    found = history.changes_of(session, [(Review.__tablename__, review_id)], limit=_MOST, at=at)
    names = names_of_users(session, (one.revision.user_id for one in found))
    return [
        ReviewStep(kind, one.revision.at, names.get(one.revision.user_id or 0), comment)
        for one in found
        for kind, comment in _kinds(one.changes)
    ]


def _kinds(changes: tuple[CellChange, ...]) -> Iterator[tuple[StepKind, str | None]]:
    """Give what a revision's changes of a review did; submitting again after a return changes more than the state."""
    cells = {change.field: change.new for change in changes}
    if BIRTH in cells:
        yield StepKind.ASKED, None
        return
    if cells.get("state") in _BY_STATE:
        yield _BY_STATE[cells["state"]], cells.get("comment")
    elif cells.keys() - _OFFICE - {"delegate_id", "office_on", "office_by", "comment", "removed"}:
        yield StepKind.SUBMITTED if "submitted_on" in cells else StepKind.WRITTEN, None
    if not _OFFICE.isdisjoint(cells):
        yield StepKind.RATED, None
    if cells.get("delegate_id") is not None:
        yield StepKind.DELEGATED, None
