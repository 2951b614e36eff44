"""Points in time that people name: a day, a change's number, a baseline. What cannot be shown is told in a sentence."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from portfolio.core.columns import can_be_kept
from portfolio.core.history.models import Baseline, Change, Revision
from portfolio.core.history.read import HELSINKI, revision_on
from portfolio.core.language import N_
from portfolio.core.problem import Problem, Refusal

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

NOT_A_DAY = N_('"%(text)s" is not a day. Write the day as 2026-12-31.')
NOT_A_REVISION = N_('There is no change number "%(text)s".')
NOT_A_BASELINE = N_('There is no baseline "%(text)s" here.')
REMOVED_BASELINE = N_('The baseline "%(name)s" has been removed. It was of %(day)s: look at that day instead.')
TO_COME = N_("%(day)s has not come yet: the past can be seen up to today.")
BEFORE_FIRST = N_("Nothing was recorded here before %(first)s.")
LONGEST_SHOWN = 40


def point_of_day(
    session: Session, municipality_id: int, text: str, latest: dt.date, *, place: str | None = None
) -> tuple[int, dt.date]:
    """Return the last revision of a day (2026-12-31) and the day. Raises Refusal when it cannot be shown."""
    try:
        day = dt.date.fromisoformat(text)
    except ValueError as error:
        raise Refusal(Problem(NOT_A_DAY, {"text": text[:LONGEST_SHOWN]}, place)) from error
    if day > latest:
        raise Refusal(Problem(TO_COME, {"day": day}, place))
    revision = revision_on(session, day)
    _refuse_unborn(session, municipality_id, revision, place)
    return revision, day


def point_of_number(session: Session, municipality_id: int, text: str, *, place: str | None = None) -> Revision:
    """Return the revision of a number as people write it. Raises Refusal when there is none, or none of here."""
    found = session.get(Revision, int(text)) if _is_number(text) else None
    if found is None:
        raise Refusal(Problem(NOT_A_REVISION, {"text": text[:LONGEST_SHOWN]}, place))
    _refuse_unborn(session, municipality_id, found.id, place)
    return found


def point_of_baseline(
    session: Session, municipality_id: int, text: str, *, place: str | None = None
) -> tuple[Baseline, Revision]:
    """Return a baseline by its id, and its revision. Raises Refusal when there is none, or it has been removed."""
    found = session.get(Baseline, int(text)) if _is_number(text) else None
    if found is None or found.municipality_id != municipality_id:
        raise Refusal(Problem(NOT_A_BASELINE, {"text": text[:LONGEST_SHOWN]}, place))
    revision = session.get_one(Revision, found.revision_id)
    if found.removed:
        day = revision.at.astimezone(HELSINKI).date()
        raise Refusal(Problem(REMOVED_BASELINE, {"name": found.name, "day": day}, place))
    return found, revision


def latest_baselines(session: Session, municipality_id: int, each: int) -> list[Baseline]:
    """Return the latest named points of each kind, at most ``each`` of one, the latest first."""
    own = (Baseline.municipality_id == municipality_id, Baseline.removed.is_(False))
    latest_first = (Baseline.revision_id.desc(), Baseline.id.desc())
    place = func.row_number().over(partition_by=Baseline.kind, order_by=latest_first).label("place")
    ranked = select(Baseline.id, place).where(*own).subquery()
    statement = select(Baseline).join(ranked, ranked.c.id == Baseline.id).where(ranked.c.place <= each)
    return list(session.scalars(statement.order_by(*latest_first)))


def first_day(session: Session, municipality_id: int) -> dt.date | None:
    """Return the day of a municipality's own first revision."""
    first = _first_revision(session, municipality_id)
    return first.at.astimezone(HELSINKI).date() if first else None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= LONGEST_SHOWN and can_be_kept(int(text))


def _first_revision(session: Session, municipality_id: int) -> Revision | None:
    own = (Change.entity == "municipality", Change.municipality_id == municipality_id)
    birth = session.scalar(select(func.min(Change.revision_id)).where(*own))
    return None if birth is None else session.get_one(Revision, birth)


def _refuse_unborn(session: Session, municipality_id: int, revision: int, place: str | None) -> None:
    """Refuse a time before the municipality's own first revision."""
    first = _first_revision(session, municipality_id)
    if first is not None and revision < first.id:
        raise Refusal(Problem(BEFORE_FIRST, {"first": first.at.astimezone(HELSINKI).date()}, place))
