"""Reading what falls in a year, now or after a revision: deadlines, rounds, budgets, meetings, milestones."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from portfolio.budgets.queries import locked_years
from portfolio.core import history
from portfolio.core.language import N_, in_language, say
from portfolio.core.text import sort_key
from portfolio.core.timespan import Kind
from portfolio.forums.models import Forum, InitiativeForum, Meeting
from portfolio.register.models import Initiative, Milestone, Portfolio, RecurringDeadline
from portfolio.register.rules import day_in_year, due_in_year
from portfolio.reviews.models import ReviewRound
from portfolio.reviews.rules import RoundState
from portfolio.yearclock.rules import ClockHead, Event, EventKind, Target, span_in_year

REPORT, PROPOSALS = N_("Yearly report"), N_("Proposals for the next year")
OPENS, DUE = N_("%(round)s opens"), N_("%(round)s: answers due")
MEETS, BUDGET = N_("%(forum)s meets"), N_("Budget %(year)s approved")


@dataclass(frozen=True, slots=True)
class EventContext:
    """What names and places the events of a municipality at one time, in the reader's language.

    ``handled`` leads from an initiative to the forum that handles it; ``at`` is a revision, None for now.
    """

    municipality_id: int
    language: str
    at: int | None
    portfolios: dict[int, Portfolio]
    forums: dict[int, Forum]
    handled: dict[int, int]

    @property
    def heads(self) -> list[ClockHead]:
        """The clocks that may be chosen: one a portfolio, then one a forum."""
        portfolios = [ClockHead(f"portfolio:{one.id}", self.named(one)) for one in self.portfolios.values()]
        return portfolios + [ClockHead(f"forum:{one.id}", self.named(one)) for one in self.forums.values()]

    def portfolio(self, identity: int | None) -> frozenset[str]:
        """Give the clocks of something that belongs to a portfolio, or to the whole municipality."""
        return frozenset() if identity is None else frozenset({f"portfolio:{identity}"})

    def initiative(self, row: Any) -> frozenset[str]:
        """Give the clocks of an initiative: its portfolio's, and that of the forum that handles it."""
        forum = self.handled.get(row.id)
        return self.portfolio(row.portfolio_id) | (frozenset() if forum is None else frozenset({f"forum:{forum}"}))

    def named(self, row: Any, finnish: str = "name_fi", swedish: str = "name_sv") -> str:
        """Give a name in the reader's language."""
        return in_language(getattr(row, finnish), getattr(row, swedish), self.language)


def read_around(session: Session, municipality_id: int, language: str, *, at: int | None = None) -> EventContext:
    """Read what every year is read around, in Finnish order of name."""
    portfolios = sorted(history.rows(session, Portfolio, municipality_id, at), key=lambda row: sort_key(row.name_fi))
    forums = sorted(history.rows(session, Forum, municipality_id, at), key=lambda row: sort_key(row.name_fi))
    handled = history.rows(session, InitiativeForum, municipality_id, at)
    return EventContext(
        municipality_id=municipality_id,
        language=language,
        at=at,
        portfolios={row.id: row for row in portfolios},
        forums={row.id: row for row in forums},
        handled={row.initiative_id: row.forum_id for row in handled},
    )


def read_events(session: Session, around: EventContext, year: int) -> list[Event]:
    """Return what falls in a year, in no order; the number of statements does not depend on how much there is."""
    return [
        *_portfolio_days(around, year),
        *_deadlines(session, around, year),
        *_rounds(session, around, year),
        *_meetings(session, around, year),
        *_milestones(session, around, year),
        *_budgets(session, around, year),
    ]


def _portfolio_days(around: EventContext, year: int) -> Iterator[Event]:
    """Give the days that a portfolio's own settings name."""
    for row in around.portfolios.values():
        for text, words in ((row.report_deadline, REPORT), (row.proposal_deadline, PROPOSALS)):
            due = day_in_year(text, year)
            if due is not None:
                yield Event(
                    EventKind.DEADLINE,
                    say(words, around.language),
                    first=due,
                    last=due,
                    clocks=around.portfolio(row.id),
                    target=Target.PORTFOLIO,
                    target_id=row.id,
                    about=around.named(row),
                )


def _deadlines(session: Session, around: EventContext, year: int) -> Iterator[Event]:
    rows = history.rows(session, RecurringDeadline, around.municipality_id, around.at)
    items = _initiatives(session, around, {row.initiative_id for row in rows if row.initiative_id})
    for row in rows:
        due = due_in_year(row, year)
        if due is None or (row.initiative_id and row.initiative_id not in items):
            continue
        title = around.named(row, "title_fi", "title_sv")
        item = items.get(row.initiative_id or 0)
        clocks = around.initiative(item) if item is not None else around.portfolio(row.portfolio_id)
        target, identity = (
            (Target.INITIATIVE, item.id) if item is not None else (Target.PORTFOLIO, row.portfolio_id or 0)
        )
        about = around.named(item, "title_fi", "title_sv") if item is not None else _portfolio_name(around, row)
        yield Event(EventKind.DEADLINE, title, due, due, clocks, target, identity, about=about)


def _portfolio_name(around: EventContext, row: RecurringDeadline) -> str:
    portfolio = around.portfolios.get(row.portfolio_id or 0)
    return around.named(portfolio) if portfolio is not None else ""


def _rounds(session: Session, around: EventContext, year: int) -> Iterator[Event]:
    for row in history.rows(session, ReviewRound, around.municipality_id, around.at):
        clocks = around.portfolio(row.portfolio_id)
        clocks |= {f"forum:{one}" for one in (row.receiving_forum_id, row.coordinating_forum_id) if one is not None}
        for day, words in ((row.opens_on, OPENS), (row.due_on, DUE)):
            if day.year == year and not (row.state is RoundState.CLOSED and words is OPENS):
                title = say(words, around.language, round=around.named(row))
                yield Event(EventKind.ROUND, title, day, day, clocks, Target.ROUND, row.id)


def _meetings(session: Session, around: EventContext, year: int) -> Iterator[Event]:
    for row in history.rows(session, Meeting, around.municipality_id, around.at):
        forum = around.forums.get(row.forum_id)
        if forum is not None and row.date.year == year:
            title = say(MEETS, around.language, forum=around.named(forum))
            clocks = frozenset({f"forum:{forum.id}"})
            yield Event(EventKind.MEETING, title, row.date, row.date, clocks, Target.FORUM, forum.id)


def _milestones(session: Session, around: EventContext, year: int) -> Iterator[Event]:
    """Give the milestones that are due in the year and not reached."""
    rows = _milestone_rows(session, around, year)
    items = _initiatives(session, around, {row.initiative_id for row in rows})
    for row in rows:
        item = items.get(row.initiative_id)
        days = span_in_year(row.timespan, year) if row.timespan is not None and row.completed_on is None else None
        if item is None or days is None:
            continue
        words = row.timespan.words if days[0] != days[1] or row.timespan.kind is not Kind.BY else ""
        yield Event(
            EventKind.MILESTONE,
            around.named(row, "title_fi", "title_sv"),
            *days,
            clocks=around.initiative(item),
            target=Target.INITIATIVE,
            target_id=item.id,
            words=words,
            about=around.named(item, "title_fi", "title_sv"),
        )


def _milestone_rows(session: Session, around: EventContext, year: int) -> list[Any]:
    if around.at is not None:
        return history.rows(session, Milestone, around.municipality_id, around.at)
    columns = (
        Milestone.initiative_id,
        Milestone.title_fi,
        Milestone.title_sv,
        Milestone.timespan,
        Milestone.completed_on,
    )
    mine = (Milestone.municipality_id == around.municipality_id, Milestone.removed.is_(False))
    due = or_(Milestone.ends_on.is_(None), Milestone.ends_on >= dt.date(year, 1, 1))  # a yearly one goes on to its end
    return list(session.execute(select(*columns).where(*mine, Milestone.completed_on.is_(None), due)))


def _budgets(session: Session, around: EventContext, year: int) -> Iterator[Event]:
    for budget_year, lock in locked_years(session, around.municipality_id, at=around.at).items():
        day = lock.approved_on
        if day is not None and day.year == year:
            title = say(BUDGET, around.language, year=str(budget_year))
            yield Event(EventKind.BUDGET, title, day, day, frozenset(), Target.BUDGET, budget_year)


def _initiatives(session: Session, around: EventContext, ids: Iterable[int]) -> dict[int, Any]:
    """Read what names and places the initiatives of some events; removed ones are not there."""
    wanted = frozenset(ids)
    if not wanted:
        return {}
    if around.at is not None:
        return {
            row.id: row
            for row in history.rows(session, Initiative, around.municipality_id, around.at)
            if row.id in wanted
        }
    columns = (Initiative.id, Initiative.portfolio_id, Initiative.title_fi, Initiative.title_sv)
    mine = (Initiative.municipality_id == around.municipality_id, Initiative.removed.is_(False))
    return {row.id: row for row in session.execute(select(*columns).where(*mine)) if row.id in wanted}
