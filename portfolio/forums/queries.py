"""Reading forums, their meetings and decisions, now or after a revision."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from typing import Any

from sqlalchemy.orm import Session

from portfolio.core import history
from portfolio.core.text import sort_key
from portfolio.forums.models import Decision, DecisionInitiative, Forum, InitiativeForum, Meeting
from portfolio.register.models import Initiative
from portfolio.register.queries import titles_of


def forums(session: Session, municipality_id: int, *, at: int | None = None) -> list[Forum]:
    """Return the forums in Finnish order of name."""
    return sorted(history.rows(session, Forum, municipality_id, at), key=lambda row: (sort_key(row.name_fi), row.id))


def get_forum(session: Session, municipality_id: int, identity: int, *, at: int | None = None) -> Forum | None:
    """Return one forum, removed or not."""
    return history.row(session, Forum, municipality_id, identity, at)


def forums_of(
    session: Session, municipality_id: int, ids: Collection[int], *, at: int | None = None
) -> dict[int, Forum]:
    """Return forums by id, removed or not, for naming them where others refer to them."""
    if not ids:
        return {}
    rows = history.rows(session, Forum, municipality_id, at, with_removed=True, id=frozenset(ids))
    return {row.id: row for row in rows}


def meetings(
    session: Session, municipality_id: int, forum_id: int | None = None, *, at: int | None = None
) -> list[Meeting]:
    """Return the meetings of a forum, or of all, the latest first."""
    narrowed: dict[str, Any] = {} if forum_id is None else {"forum_id": forum_id}
    rows = history.rows(session, Meeting, municipality_id, at, **narrowed)
    return sorted(rows, key=lambda row: (row.date, row.id), reverse=True)


def decisions(
    session: Session, municipality_id: int, *, forum_id: int | None = None, at: int | None = None
) -> list[Decision]:
    """Return the decisions of a forum, or all, the latest first; those without a date come last."""
    narrowed: dict[str, Any] = {} if forum_id is None else {"forum_id": forum_id}
    return _latest_first(history.rows(session, Decision, municipality_id, at, **narrowed))


def get_decision(session: Session, municipality_id: int, identity: int, *, at: int | None = None) -> Decision | None:
    """Return one decision, removed or not."""
    return history.row(session, Decision, municipality_id, identity, at)


def decisions_of(
    session: Session, municipality_id: int, initiative_ids: Collection[int], *, at: int | None = None
) -> dict[int, list[Decision]]:
    """Return the decisions that concern each initiative, the latest first."""
    if not initiative_ids:
        return {}
    links = history.rows(session, DecisionInitiative, municipality_id, at, initiative_id=frozenset(initiative_ids))
    if not links:
        return {}
    ids = frozenset(link.decision_id for link in links)
    known = {row.id: row for row in history.rows(session, Decision, municipality_id, at, id=ids)}
    found: dict[int, list[Decision]] = defaultdict(list)
    for link in links:
        if link.decision_id in known:
            found[link.initiative_id].append(known[link.decision_id])
    return {identity: _latest_first(rows) for identity, rows in found.items()}


def initiatives_of_decision(
    session: Session, municipality_id: int, decision_id: int, *, at: int | None = None
) -> list[Initiative]:
    """Return the initiatives that a decision concerns, by code."""
    links = history.rows(session, DecisionInitiative, municipality_id, at, decision_id=decision_id)
    known = titles_of(session, municipality_id, [link.initiative_id for link in links], at=at)
    return sorted((row for row in known.values() if not row.removed), key=lambda row: row.code_sort)


def handling_forums(
    session: Session, municipality_id: int, initiative_ids: Collection[int], *, at: int | None = None
) -> dict[int, Forum]:
    """Return the one forum that handles each initiative (requirements 50, 51); one without is not there."""
    if not initiative_ids:
        return {}
    links = history.rows(session, InitiativeForum, municipality_id, at, initiative_id=frozenset(initiative_ids))
    known = forums_of(session, municipality_id, {link.forum_id for link in links}, at=at)
    return {
        link.initiative_id: known[link.forum_id]
        for link in links
        if link.forum_id in known and not known[link.forum_id].removed
    }


def _latest_first(rows: list[Decision]) -> list[Decision]:
    return sorted(rows, key=lambda row: (row.date or dt.date.min, row.id), reverse=True)
