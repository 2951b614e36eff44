"""The day that a workbook tells of, whenever it is made."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from sqlalchemy import select

from portfolio.core.history import Revision
from portfolio.core.language import HELSINKI
from portfolio.exchange.models import Export
from portfolio.organisation.models import Municipality
from portfolio.organisation.rules import today_in

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def moment_of(export: Export, municipality: Municipality) -> dt.datetime:
    """Give the moment that the file tells as that of its making: in a demo municipality it is of the demo's day."""
    if municipality.demo_day is None:
        return export.made_at
    return dt.datetime.combine(municipality.demo_day, export.made_at.timetz())


def day_of(session: Session, export: Export, municipality: Municipality) -> dt.date:
    """Give the day that the workbook tells of: that of its making, or of the revision that it was taken back to."""
    later = select(Revision.id).where(Revision.id > export.revision_id, Revision.at <= export.made_at).limit(1)
    then = session.get(Revision, export.revision_id) if session.scalar(later) else None
    if then is None:
        return today_in(municipality.demo_day, export.made_at)
    return then.at.astimezone(HELSINKI).date()
