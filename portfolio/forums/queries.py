"""Reading forums, their meetings and decisions, now or after a revision."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from portfolio.accounts.models import SavedView
from portfolio.core import history
from portfolio.core.history import Baseline
from portfolio.core.text import sort_key
from portfolio.forums.models import Decision, DecisionInitiative, Forum, ForumView, Meeting


def forums(session: Session, municipality_id: int, *, at: int | None = None) -> list[Forum]:
    """Return the forums in Finnish order of name."""
    return sorted(history.rows(session, Forum, municipality_id, at), key=lambda row: (sort_key(row.name_fi), row.id))


def decisions(
    session: Session, municipality_id: int, *, forum_id: int | None = None, at: int | None = None
) -> list[Decision]:
    """Return the decisions of a forum, or all, the latest first; those without a date come last."""
    narrowed: dict[str, Any] = {} if forum_id is None else {"forum_id": forum_id}
    return _latest_first(history.rows(session, Decision, municipality_id, at, **narrowed))


def get_forum(session: Session, municipality_id: int, forum_id: int, *, at: int | None = None) -> Forum | None:
    """Return one forum, removed or not."""
    return history.row(session, Forum, municipality_id, forum_id, at)


@dataclass(frozen=True, slots=True)
class HeldMeeting:
    """A meeting and whose it was; ``end`` is the baseline at which it ended, None where none was made or it is gone."""

    day: dt.date
    forum: Forum
    end: Baseline | None


def last_meeting(
    session: Session, municipality_id: int, before: dt.date, *, forum_id: int | None = None
) -> HeldMeeting | None:
    """Return the last meeting before a day, of a forum or of any; None where there was none."""
    kept = and_(Baseline.id == Meeting.baseline_id, Baseline.removed.is_(False))
    statement = (
        select(Meeting.date, Forum, Baseline)
        .join(Forum, Forum.id == Meeting.forum_id)
        .outerjoin(Baseline, kept)
        .where(Meeting.municipality_id == municipality_id, Meeting.removed.is_(False), Meeting.date < before)
        .order_by(Meeting.date.desc(), Meeting.id.desc())
        .limit(1)
    )
    found = session.execute(statement if forum_id is None else statement.where(Meeting.forum_id == forum_id)).first()
    return None if found is None else HeldMeeting(found.date, found.Forum, found.Baseline)


def outcomes_of(
    session: Session, municipality_id: int, forum_id: int, day: dt.date, initiative_id: int | None = None
) -> list[Decision]:
    """Return what a forum decided on a day, in the order in which it was recorded; of one initiative, or of all."""
    own = (Decision.municipality_id == municipality_id, Decision.forum_id == forum_id, Decision.removed.is_(False))
    statement = select(Decision).where(*own, Decision.date == day).order_by(Decision.id)
    if initiative_id is not None:
        linked = select(DecisionInitiative.decision_id).where(
            DecisionInitiative.initiative_id == initiative_id, DecisionInitiative.removed.is_(False)
        )
        statement = statement.where(Decision.id.in_(linked))
    return list(session.scalars(statement))


def forum_views(session: Session, municipality_id: int) -> dict[int, SavedView]:
    """Return, by forum, the view with which its roadmap opens; one that is no longer shared or there counts as none."""
    statement = select(ForumView.forum_id, SavedView).join(SavedView, SavedView.id == ForumView.saved_view_id)
    held = (ForumView.municipality_id == municipality_id, ForumView.removed.is_(False))
    open_to_all = (SavedView.removed.is_(False), SavedView.shared.is_(True))
    found = session.execute(statement.where(*held, *open_to_all))
    return {row.forum_id: row.SavedView for row in found}


def _latest_first(rows: list[Decision]) -> list[Decision]:
    return sorted(rows, key=lambda row: (row.date or dt.date.min, row.id), reverse=True)
