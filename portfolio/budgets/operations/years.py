"""Frames of portfolios by year, and years that are locked once their budget has been approved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from portfolio.budgets.models import Frame, YearLock
from portfolio.budgets.rules import BudgetPart, check_frame, check_frame_lock, check_line
from portfolio.core import history
from portfolio.core.history import Written
from portfolio.core.records import Problems, Put, Records, Wanted, chosen_rows
from portfolio.core.rights import Actor, Right, require, working_in

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

FrameKey: TypeAlias = tuple[int, int, BudgetPart]
"""Which frame: (portfolio id, year, part)."""


def put_frames(session: Session, actor: Actor, rows: Mapping[FrameKey, Mapping[str, Any]]) -> Put[FrameKey]:
    """Make frames hold these values: amount in euros, None where it is not known, and a note.

    Those of a year whose budget has been approved are as fixed as its planned amounts.
    """
    return _FRAMES.put(session, actor, rows, key=("portfolio_id", "year", "part"))


def lock_year(session: Session, actor: Actor, year: int, approved_on: dt.date | None, note: str | None = None) -> int:
    """Lock a year's planned amounts and frames and return the lock's id; forecast and actual amounts stay open."""
    values = {"approved_on": approved_on, "note": note}
    return _LOCKS.put(session, actor, {year: values}, key=("year",)).ids[year]


def unlock_year(session: Session, actor: Actor, year: int) -> Written:
    """Open a locked year again; the history tells who did and when."""
    municipality_id = require(actor, Right.MANAGE)
    held = chosen_rows(session, YearLock, municipality_id, "year", [year])
    return _LOCKS.set_removed(session, actor, [row["id"] for row in held if not row["removed"]], removed=True)


def _judge_frames(session: Session, actor: Actor, wanted: Mapping[int, Wanted]) -> Problems:
    locked = {one.year for one in history.rows(session, YearLock, working_in(actor))}
    return {
        item: [*check_frame(row.given), *check_frame_lock(row.given, row.after["year"], locked)]
        for item, row in wanted.items()
    }


def _judge_locks(_session: Session, _actor: Actor, wanted: Mapping[int, Wanted]) -> Problems:
    return {item: check_line(row.given) for item, row in wanted.items()}


_FRAMES = Records(Frame, (_judge_frames,), needs=frozenset({"portfolio_id", "year", "part"}))
_LOCKS = Records(YearLock, (_judge_locks,), needs=frozenset({"year"}))
