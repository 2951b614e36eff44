"""Versions of a programme: adding one freezes the state it speaks of under a baseline of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from portfolio.core import history
from portfolio.core.history import BaselineKind, Change, Written
from portfolio.core.language import N_
from portfolio.core.problem import Problem, Refusal
from portfolio.core.records import Problems, Records, Wanted
from portfolio.core.rights import Actor, Right, require, working_in
from portfolio.register.models import Initiative, Portfolio, ProgrammeVersion
from portfolio.register.operations.baselines import (
    create_baseline,
    free_name,
    remove_baseline,
    restore_baseline,
)
from portfolio.register.rules import day_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

NOTHING_TOLD = N_("Give at least the version, its date or what changed.")
TOLD = ("label", "date_words", "change_note")


def _judge_rows(_session: Session, _actor: Actor, wanted: Mapping[int, Wanted]) -> Problems:
    """Tell which rows would say nothing; any one of the cells may be missing, as in the documents."""
    return {
        item: [Problem(NOTHING_TOLD, place="label")]
        for item, row in wanted.items()
        if not any(row.after.get(name) for name in TOLD)
    }


_VERSIONS = Records(ProgrammeVersion, (_judge_rows,), needs=frozenset(TOLD))


def add_version(session: Session, actor: Actor, values: Mapping[str, Any], *, today: dt.date) -> int:
    """Write a version down and return its id; ``portfolio_id`` is required.

    Without a date it is of today. With today's date its baseline is this moment; with an earlier day, that day. A date
    that is no day, has not come, or precedes the first item of the programme leaves it without a baseline.
    """
    municipality_id = require(actor, Right.MANAGE)
    values = _dated(values, today)
    identity = _VERSIONS.create(session, actor, [values])[0]
    day = day_of(values.get("date_words"))
    if day is None or day > today:
        return identity
    revision = None if day == today else _revision_of(session, municipality_id, values["portfolio_id"], day)
    if day != today and revision is None:
        return identity
    draft = {"name": _name(session, actor, values), "kind": BaselineKind.VERSION, "revision_id": revision}
    baseline = create_baseline(session, actor, draft)
    history.write_many(session, actor, updates=[history.Update(ProgrammeVersion, identity, {"baseline_id": baseline})])
    return identity


def update_version(
    session: Session, actor: Actor, identity: int, values: Mapping[str, Any], *, version: int | None = None
) -> Written:
    """Change what a version tells; the state that it froze stays."""
    return _VERSIONS.update_one(session, actor, identity, values, version)


def remove_version(session: Session, actor: Actor, identity: int) -> None:
    """Remove a version and the baseline made with it."""
    _set_removed(session, actor, identity, removed=True)


def restore_version(session: Session, actor: Actor, identity: int) -> None:
    """Bring a removed version back, with its baseline."""
    _set_removed(session, actor, identity, removed=False)


def _set_removed(session: Session, actor: Actor, identity: int, *, removed: bool) -> None:
    municipality_id = require(actor, Right.MANAGE)
    _VERSIONS.set_removed(session, actor, [identity], removed=removed)
    row = history.row(session, ProgrammeVersion, municipality_id, identity, None)
    if row is not None and row.baseline_id is not None:
        (remove_baseline if removed else restore_baseline)(session, actor, row.baseline_id)


def _dated(values: Mapping[str, Any], today: dt.date) -> dict[str, Any]:
    """Date a version today where it tells something but no date."""
    given = dict(values)
    if not given.get("date_words") and any(given.get(name) for name in TOLD):
        given["date_words"] = f"{today.day}.{today.month}.{today.year}"
    return given


def _revision_of(session: Session, municipality_id: int, portfolio_id: int, day: dt.date) -> int | None:
    """Find the revision of a day that has come; None before anything of the programme was recorded."""
    try:
        revision = history.point_of_day(session, municipality_id, day.isoformat(), day)[0]
    except Refusal:
        return None
    own = select(Initiative.id).where(Initiative.portfolio_id == portfolio_id)
    born = select(func.min(Change.revision_id)).where(
        Change.entity == Initiative.__tablename__, Change.field == history.BIRTH, Change.entity_id.in_(own)
    )
    first = session.scalar(born)
    return revision if first is not None and first <= revision else None


def _name(session: Session, actor: Actor, values: Mapping[str, Any]) -> str:
    """Name the baseline after programme and version."""
    programme = history.row(session, Portfolio, working_in(actor), values["portfolio_id"], None)
    told = values.get("label") or values.get("date_words") or ""
    return free_name(session, actor, " ".join(filter(None, (programme.name_fi if programme else "", told))))
