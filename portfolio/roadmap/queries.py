"""What a roadmap is made of: the initiatives that a filter keeps, with their marks, owners and money.

The number of statements does not depend on how many initiatives there are.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy.orm import Session

from portfolio.budgets import queries as budgets
from portfolio.budgets.models import BudgetLine
from portfolio.budgets.rules import Sum, add_up
from portfolio.core.language import N_, month_name, say
from portfolio.core.timespan import EMPTY, Kind, MonthDay
from portfolio.organisation.models import Post, Unit
from portfolio.register import queries as register
from portfolio.register.models import Category, Initiative, Milestone, RecurringDeadline
from portfolio.register.rules import InitiativeFilter, is_late
from portfolio.roadmap.bars import Item, Mark, MarkKind, Window, yearly_marks

YEARLY = N_("every year on %(day)s")
Part = TypeVar("Part", Milestone, RecurringDeadline, BudgetLine)


@dataclass(frozen=True, slots=True)
class Found:
    """One initiative as it is stored, with the rows around it; classes in the order of their schemes."""

    row: Initiative
    unit: Unit | None
    owner: Post | None
    categories: tuple[Category, ...]
    milestones: tuple[Milestone, ...]
    deadlines: tuple[RecurringDeadline, ...]
    lines: tuple[BudgetLine, ...]


def find(
    session: Session, municipality_id: int, wanted: InitiativeFilter, *, today: dt.date, at: int | None = None
) -> list[Found]:
    """Return what the filter keeps, now or after revision ``at``, in order of start."""
    page = register.find_initiatives(session, municipality_id, wanted, today=today, sort="starts", per_page=None, at=at)
    ids = [row.id for row in page.rows]
    milestones = _by_initiative(register.parts_of(session, Milestone, municipality_id, ids, at=at))
    deadlines = _by_initiative(register.parts_of(session, RecurringDeadline, municipality_id, ids, at=at))
    lines = _by_initiative(budgets.budget_lines(session, municipality_id, ids, at=at))
    return [
        Found(
            row,
            page.units.get(row.unit_id) if row.unit_id else None,
            page.posts.get(row.owner_post_id) if row.owner_post_id else None,
            page.categories.get(row.id, ()),
            tuple(milestones[row.id]),
            tuple(deadlines[row.id]),
            tuple(lines[row.id]),
        )
        for row in page.rows
    ]


def days_of(found: Iterable[Found]) -> Iterator[dt.date]:
    """Give every first and last day of initiatives and milestones: what the scale of everything spans."""
    for one in found:
        spans = [(one.row.starts_on, one.row.ends_on), *((mark.starts_on, mark.ends_on) for mark in one.milestones)]
        yield from (day for span in spans for day in span if day is not None)


def make_item(
    one: Found, window: Window, today: dt.date, language: str, lanes_of: Callable[[Found], tuple[str, ...]]
) -> Item:
    """Make what is drawn of one initiative: texts in the language, money and yearly deadlines of the window's years."""
    row = one.row
    return Item(
        id=row.id,
        title=_in_language(row.title_fi, row.title_sv, language),
        kind=row.kind,
        status=row.status,
        span=row.timespan,
        progress=row.progress,
        completed_on=row.completed_on,
        late=is_late(row.status, row.ends_on, today),
        owner=_in_language(one.owner.title_fi, one.owner.title_sv, language) if one.owner else None,
        unit=_in_language(one.unit.name_fi, one.unit.name_sv, language) if one.unit else None,
        lanes=lanes_of(one),
        amount=_planned(one.lines, window),
        marks=tuple(_marks(one, window, language)),
        sort=row.title_sort,
    )


def _planned(lines: Iterable[BudgetLine], window: Window) -> Sum | None:
    amounts = [line.planned for line in lines if line.year in window.years]
    return add_up(amounts) if amounts else None


def _marks(one: Found, window: Window, language: str) -> Iterator[Mark]:
    for row in one.milestones:
        yield from _milestone(row, window, language)
    for deadline in one.deadlines:
        day = MonthDay(deadline.month, deadline.day)
        title = _in_language(deadline.title_fi, deadline.title_sv, language)
        words = say(YEARLY, language, day=_day_words(day, language))
        yield from yearly_marks(f"d{deadline.id}", title, day, _years(deadline, window), words=words)


def _milestone(row: Milestone, window: Window, language: str) -> Iterator[Mark]:
    """Give a milestone's mark, or one a year where its time recurs."""
    key, title = f"m{row.id}", _in_language(row.title_fi, row.title_sv, language)
    span = row.timespan or EMPTY
    if span.kind is Kind.RECURRING and span.cadence and span.cadence.yearly:
        day = span.cadence.yearly.end
        yield from yearly_marks(key, title, day, window.years, first=span.start, last=span.end, words=span.words)
    else:
        yield Mark(key, title, MarkKind.MILESTONE, span.start, span.end, span.words, row.completed_on)


def _years(deadline: RecurringDeadline, window: Window) -> Iterable[int]:
    """Give the years of the window in which a deadline holds; where there is none, the nearest in which it does."""
    first, last = deadline.from_year, deadline.to_year
    held = [year for year in window.years if (first is None or year >= first) and (last is None or year <= last)]
    if held:
        return held
    return [year for year in (last, first) if year is not None][:1]


def _day_words(day: MonthDay, language: str) -> str:
    """Write a day of any year: "30.9.", in English "30 Sep"."""
    return f"{day.day} {month_name(day.month, language)[:3]}" if language == "en" else f"{day.day}.{day.month}."


def _in_language(finnish: str, swedish: str | None, language: str) -> str:
    return swedish if language == "sv" and swedish else finnish


def _by_initiative(rows: Iterable[Part]) -> Mapping[int, list[Part]]:
    grouped: defaultdict[int, list[Part]] = defaultdict(list)
    for row in rows:
        if row.initiative_id is not None:
            grouped[row.initiative_id].append(row)
    return grouped
