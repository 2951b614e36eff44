"""What stands round an initiative: those that it needs or that need it, and the decisions that concern it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from portfolio.core import history
from portfolio.forums.models import Decision, DecisionInitiative, Forum
from portfolio.pages.rules.card import is_too_late_for
from portfolio.register.models import Dependency, Initiative

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class Neighbour:
    """The initiative at the other end of a dependency; ``clash`` where the first ends after the second starts."""

    dependency: Dependency
    initiative: Initiative
    clash: bool


@dataclass(frozen=True, slots=True)
class Dated:
    """A decision and the body that made it, if it was not an office-holder's."""

    decision: Decision
    forum: Forum | None


def neighbours_of(
    session: Session, initiative: Initiative, found: Iterable[Dependency], *, at: int | None = None
) -> tuple[tuple[Neighbour, ...], tuple[Neighbour, ...]]:
    """Return those that the initiative needs first, and those that need it, from its dependencies.

    Initiatives that have been removed are left out.
    """
    place, links = initiative.municipality_id, list(found)
    before = [one for one in links if one.successor_id == initiative.id]
    after = [one for one in links if one.predecessor_id == initiative.id]
    ids = frozenset({one.predecessor_id for one in before} | {one.successor_id for one in after})
    others = {one.id: one for one in history.few(session, Initiative, place, at, id=ids)} if ids else {}
    needs = [
        Neighbour(one, others[one.predecessor_id], is_too_late_for(others[one.predecessor_id], initiative))
        for one in before
        if one.predecessor_id in others
    ]
    needed_by = [
        Neighbour(one, others[one.successor_id], is_too_late_for(initiative, others[one.successor_id]))
        for one in after
        if one.successor_id in others
    ]
    return tuple(sorted(needs, key=_place)), tuple(sorted(needed_by, key=_place))


def decisions_of(
    session: Session, municipality_id: int, links: Iterable[DecisionInitiative], *, at: int | None = None
) -> tuple[Dated, ...]:
    """Return the decisions that links lead to, the latest first, those without a day last."""
    ids = frozenset(link.decision_id for link in links)
    if not ids:
        return ()
    found = history.few(session, Decision, municipality_id, at, id=ids)
    bodies = frozenset(one.forum_id for one in found if one.forum_id is not None)
    forums = {one.id: one for one in history.few(session, Forum, municipality_id, at, with_removed=True, id=bodies)}
    latest = sorted(found, key=lambda one: (one.date or dt.date.min, one.id), reverse=True)
    return tuple(Dated(one, forums.get(one.forum_id) if one.forum_id is not None else None) for one in latest)


def _place(neighbour: Neighbour) -> tuple[str, int]:
    return neighbour.initiative.title_sort, neighbour.initiative.id
