"""Reading forums, their meetings and decisions, now or after a revision."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy.orm import Session

from portfolio.core import history
from portfolio.core.text import sort_key
from portfolio.forums.models import Decision, Forum


def forums(session: Session, municipality_id: int, *, at: int | None = None) -> list[Forum]:
    """Return the forums in Finnish order of name."""
    return sorted(history.rows(session, Forum, municipality_id, at), key=lambda row: (sort_key(row.name_fi), row.id))


def decisions(
    session: Session, municipality_id: int, *, forum_id: int | None = None, at: int | None = None
) -> list[Decision]:
    """Return the decisions of a forum, or all, the latest first; those without a date come last."""
    narrowed: dict[str, Any] = {} if forum_id is None else {"forum_id": forum_id}
    return _latest_first(history.rows(session, Decision, municipality_id, at, **narrowed))


def _latest_first(rows: list[Decision]) -> list[Decision]:
    return sorted(rows, key=lambda row: (row.date or dt.date.min, row.id), reverse=True)
