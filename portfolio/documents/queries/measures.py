"""Reading next year's measures for the decision of 15.11.: what is proposed and what goes on (requirements 44, 60)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portfolio.core.history import BIRTH, Change, Revision
from portfolio.core.language import HELSINKI
from portfolio.core.records import chunks
from portfolio.documents.queries.items import areas_of, make_items, rows_of
from portfolio.documents.queries.wanted import WantedReport
from portfolio.documents.report import Area, Item, MeasuresFacts
from portfolio.register.models import Initiative
from portfolio.register.rules import Status, day_in_year

PROPOSED = frozenset({Status.PROPOSED, Status.IN_PREPARATION})
GOING_ON = frozenset({Status.APPROVED, Status.UNDER_WAY, Status.PAUSED})


def read_measures(session: Session, wanted: WantedReport) -> MeasuresFacts:
    """Return what a portfolio brings for the next year, or for the year asked for."""
    year = wanted.year or wanted.day.year + 1
    rows = [
        row
        for row in rows_of(session, wanted.place, wanted.programme.id, at=wanted.at)
        if row.status in PROPOSED | GOING_ON and falls_in(row.starts_on, row.ends_on, year, open_end=True)
    ]
    areas = areas_of(session, wanted.place, rows, at=wanted.at)

    def some(statuses: frozenset[Status]) -> list[Item]:
        return _items(session, wanted, [row for row in rows if row.status in statuses], areas, year)

    own = wanted.programme
    proposed, deadline = some(PROPOSED), day_in_year(own.proposal_deadline, year - 1)
    return MeasuresFacts(
        *(wanted.setting(), year, areas, proposed, some(GOING_ON), own.quota_min, own.quota_max),
        deadline=deadline,
        brought=_brought_late(session, wanted.place, proposed, deadline, year) if deadline else {},
    )


def falls_in(first: dt.date | None, last: dt.date | None, year: int, *, open_end: bool) -> bool:
    """Tell whether something is of a year; what has no time at all is never left out."""
    if first is not None and first.year > year:
        return False
    return last.year >= year if last is not None else open_end or first is None or first.year == year


def _items(session: Session, wanted: WantedReport, rows: Sequence[Any], areas: Sequence[Area], year: int) -> list[Item]:
    return make_items(session, wanted.place, rows, areas, year, with_classes=True, at=wanted.at)


def _brought_late(
    session: Session, place: int, proposed: Sequence[Item], deadline: dt.date, year: int
) -> dict[int | None, dt.date]:
    """Give the areas that brought proposals after the deadline, with the day of the last one.

    What came when the year had begun belongs to another list, though it may be carried out in this year.
    """
    areas = {item.id: item.area_id for item in proposed}
    found: dict[int | None, dt.date] = {}
    for identity, day in _birthdays(session, place, list(areas)):
        if deadline < day < dt.date(year, 1, 1):
            found[areas[identity]] = max(day, found.get(areas[identity], day))
    return found


def _birthdays(session: Session, place: int, ids: Sequence[int]) -> Iterator[tuple[int, dt.date]]:
    """Give the days on which initiatives came into the register."""
    columns = select(Change.entity_id, Revision.at).join(Revision, Revision.id == Change.revision_id)
    born = (Change.entity == Initiative.__tablename__, Change.municipality_id == place, Change.field == BIRTH)
    for some in chunks(ids):
        for identity, moment in session.execute(columns.where(*born, Change.entity_id.in_(some))):
            yield identity, moment.astimezone(HELSINKI).date()
