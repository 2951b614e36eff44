"""Counting attempts within a window of time, in one table that all workers share."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from sqlalchemy import case, delete
from sqlalchemy.dialects import postgresql, sqlite

from portfolio.accounts.models import RateCount
from portfolio.core.database import is_sqlite

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def hit(session: Session, key: str, seconds: int, amount: int, now: dt.datetime) -> int:
    """Count hits of a key and return how many its window holds; the first hit opens the window. Old windows go."""
    session.execute(delete(RateCount).where(RateCount.expires_at <= now, RateCount.key != key))
    values = {"key": key, "count": amount, "expires_at": now + dt.timedelta(seconds=seconds)}
    over = RateCount.expires_at <= now
    dialect = sqlite if is_sqlite(session) else postgresql
    statement = dialect.insert(RateCount).values(values)
    counted = statement.on_conflict_do_update(
        index_elements=[RateCount.key],
        set_={
            "count": case((over, statement.excluded.count), else_=RateCount.count + statement.excluded.count),
            "expires_at": case((over, statement.excluded.expires_at), else_=RateCount.expires_at),
        },
    ).returning(RateCount.count)
    hits: int = session.execute(counted).scalar_one()
    return hits


def count(session: Session, key: str, now: dt.datetime) -> tuple[int, dt.datetime]:
    """Return the hits of the open window and when it ends; none and now where no window is open."""
    row = session.get(RateCount, key)
    return (row.count, row.expires_at) if row is not None and row.expires_at > now else (0, now)


def forget(session: Session, key: str | None) -> int:
    """Forget one key, or all, and return how many."""
    statement = delete(RateCount)
    gone = session.scalars(
        (statement if key is None else statement.where(RateCount.key == key)).returning(RateCount.key)
    )
    return len(gone.all())
