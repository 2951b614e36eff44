"""Reading a year's money of a portfolio by part and source, with its frames and what nothing is known of."""

from __future__ import annotations

from sqlalchemy.orm import Session

from portfolio.budgets.models import BudgetLine, FundingSource
from portfolio.budgets.queries import frame_states, funding_sources, locked_years
from portfolio.budgets.rules import BudgetPart
from portfolio.core import history
from portfolio.documents.queries.items import areas_of, make_items, rows_of
from portfolio.documents.queries.measures import falls_in
from portfolio.documents.queries.wanted import WantedReport
from portfolio.documents.report import BudgetFacts, FrameFacts, Item, Line, Name
from portfolio.register.rules import OPEN_STATUSES, Answer

NO_SOURCE = Name("–")


def read_budget(session: Session, wanted: WantedReport) -> BudgetFacts:
    """Return the money of the day's year, or of the year asked for."""
    year, place, at = wanted.year or wanted.day.year, wanted.place, wanted.at
    rows = rows_of(session, place, wanted.programme.id, at=at)
    items = {
        one.id: one for one in make_items(session, place, rows, areas_of(session, place, rows, at=at), year, at=at)
    }
    lines = _lines(session, wanted, items, year)
    with_lines = {line.item.id for line in lines}
    without = [
        (items[row.id], row.budget_effect)
        for row in rows
        if row.id not in with_lines
        and row.status in OPEN_STATUSES
        and row.budget_effect is not Answer.NO
        and falls_in(row.starts_on, row.ends_on, year, open_end=True)
    ]
    frames = [one for one in frame_states(session, place, [year], at=at) if one.portfolio_id == wanted.programme.id]
    lock = locked_years(session, place, at=at).get(year)
    return BudgetFacts(
        wanted.setting(),
        year,
        lines,
        [FrameFacts(one.part, one.amount, one.used, one.left) for one in frames],
        without,
        locked=lock is not None,
        approved_on=lock.approved_on if lock is not None else None,
    )


def _lines(session: Session, wanted: WantedReport, items: dict[int, Item], year: int) -> list[Line]:
    """Give the year's lines of some initiatives, in order of part, source, area and title."""
    sources = {one.id: one for one in funding_sources(session, wanted.place, at=wanted.at)}
    places = {identity: number for number, identity in enumerate(sources)}
    order = {identity: number for number, identity in enumerate(items)}
    rows = [
        row
        for row in history.rows(session, BudgetLine, wanted.place, wanted.at, year=year)
        if row.initiative_id in items
    ]
    parts = list(BudgetPart)
    rows.sort(
        key=lambda row: (
            parts.index(row.part),
            places.get(row.source_id, len(places)),
            order[row.initiative_id],
            row.id,
        )
    )
    return [_line(row, items[row.initiative_id], sources.get(row.source_id)) for row in rows]


def _line(row: BudgetLine, item: Item, source: FundingSource | None) -> Line:
    return Line(
        item=item,
        part=row.part,
        source=NO_SOURCE if source is None else Name(source.name_fi, source.name_sv),
        external=source is not None and source.external,
        planned=row.planned,
        forecast=row.forecast,
        actual=row.actual,
    )
