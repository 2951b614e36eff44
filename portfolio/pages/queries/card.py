"""Everything that an initiative's card shows, now or after a revision."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import select

from portfolio.budgets.models import BudgetLine, FundingSource
from portfolio.budgets.queries import funding_sources
from portfolio.core import history
from portfolio.core.database import Owned
from portfolio.core.history import Revision
from portfolio.exchange.queries import Origin, origins_of
from portfolio.forums.models import DecisionInitiative, Forum, InitiativeForum
from portfolio.organisation.models import Holding, Person, Post, Unit
from portfolio.organisation.rules import is_valid
from portfolio.pages.queries.neighbours import Dated, Neighbour, decisions_of, neighbours_of
from portfolio.pages.queries.trail import Belongings
from portfolio.pages.rules.card import MoneyTable, lay_out_money
from portfolio.register import queries as register
from portfolio.register.models import (
    Category,
    CategoryScheme,
    Dependency,
    DocumentLink,
    Indicator,
    IndicatorValue,
    Initiative,
    InitiativeCategory,
    Milestone,
    Portfolio,
    RecurringDeadline,
)

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

M = TypeVar("M", bound=Owned)


@dataclass(frozen=True, slots=True)
class Parts:
    """What belongs to an initiative in rows of their own; ``values`` are by indicator, in order of year."""

    milestones: tuple[Milestone, ...]
    deadlines: tuple[RecurringDeadline, ...]
    indicators: tuple[Indicator, ...]
    values: Mapping[int, list[IndicatorValue]]
    links: tuple[DocumentLink, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """One initiative with all that its card names; units, posts and sources by id, holders' names by post."""

    initiative: Initiative
    portfolio: Portfolio
    merged_into: Initiative | None
    forum: Forum | None
    units: Mapping[int, Unit]
    posts: Mapping[int, Post]
    holders: Mapping[int, tuple[str, ...]]
    classes: tuple[tuple[CategoryScheme, tuple[Category, ...]], ...]
    parts: Parts
    needs: tuple[Neighbour, ...]
    needed_by: tuple[Neighbour, ...]
    lines: tuple[BudgetLine, ...]
    money: MoneyTable
    sources: Mapping[int, FundingSource]
    decisions: tuple[Dated, ...]
    origins: tuple[Origin, ...]


def initiative_at(session: Session, municipality_id: int, identity: int, *, at: int | None = None) -> Initiative | None:
    """Return one initiative, removed or not: the loader of pages that show it in the past without its whole table."""
    if at is None:
        return register.get_initiative(session, municipality_id, identity)
    return next(iter(history.few(session, Initiative, municipality_id, at, with_removed=True, id=identity)), None)


def read_card(
    session: Session, initiative: Initiative, belongings: Belongings, day: dt.date, *, at: int | None = None
) -> Card:
    """Gather a card in a number of statements that does not grow with what it holds; ``day`` tells who holds posts."""
    place = initiative.municipality_id
    parts = _parts(session, initiative, belongings, at)
    needs, needed_by = neighbours_of(session, initiative, belongings.of(Dependency, at), at=at)
    decisions = decisions_of(session, place, belongings.of(DecisionInitiative, at), at=at)
    posts = _by_id(session, Post, place, _posts_named(initiative, parts, decisions), at)
    forums = _by_id(session, Forum, place, {link.forum_id for link in belongings.of(InitiativeForum, at)}, at)
    merged = _by_id(session, Initiative, place, {initiative.merged_into_id}, at)
    lines = belongings.of(BudgetLine, at)
    money, sources = _money(session, place, lines, at)
    return Card(
        initiative=initiative,
        portfolio=_by_id(session, Portfolio, place, {initiative.portfolio_id}, at)[initiative.portfolio_id],
        merged_into=next(iter(merged.values()), None),
        forum=next(iter(forums.values()), None),
        units=_by_id(session, Unit, place, {initiative.unit_id}, at),
        posts=posts,
        holders=_holders(session, place, posts.keys(), day, at),
        classes=_classes(session, place, belongings.of(InitiativeCategory, at), at),
        parts=parts,
        needs=needs,
        needed_by=needed_by,
        lines=tuple(lines),
        money=money,
        sources=sources,
        decisions=decisions,
        origins=_origins(session, initiative, at),
    )


def _parts(session: Session, initiative: Initiative, belongings: Belongings, at: int | None) -> Parts:
    """Gather milestones in order of time, deadlines in order of the year, indicators with their values, and links."""
    values: dict[int, list[IndicatorValue]] = defaultdict(list)
    for value in sorted(belongings.of(IndicatorValue, at), key=lambda one: one.year):
        values[value.indicator_id].append(value)
    milestones = belongings.of(Milestone, at)
    # a deadline may have been another initiative's, so that the past must look at them all
    deadlines = (
        belongings.of(RecurringDeadline, None)
        if at is None
        else register.parts_of(session, RecurringDeadline, initiative.municipality_id, [initiative.id], at=at)
    )
    return Parts(
        tuple(sorted(milestones, key=lambda one: (one.ends_on or one.starts_on or dt.date.max, one.id))),
        tuple(sorted(deadlines, key=lambda one: (one.month, one.day, one.id))),
        tuple(belongings.of(Indicator, at)),
        values,
        tuple(belongings.of(DocumentLink, at)),
    )


def _money(
    session: Session, municipality_id: int, lines: list[BudgetLine], at: int | None
) -> tuple[MoneyTable, dict[int, FundingSource]]:
    """Lay the money out with its sources in their order; without lines nothing is asked of sources."""
    sources = funding_sources(session, municipality_id, at=at) if lines else []
    order = {source.id: number for number, source in enumerate(sources)}
    table = lay_out_money(lines, lambda identity: order.get(identity, len(order)))
    return table, {source.id: source for source in sources}


def _by_id(
    session: Session, model: type[M], municipality_id: int, ids: Collection[int | None], at: int | None
) -> dict[int, M]:
    wanted = frozenset(one for one in ids if one is not None)
    if not wanted:
        return {}
    return {row.id: row for row in history.few(session, model, municipality_id, at, with_removed=True, id=wanted)}


def _posts_named(initiative: Initiative, parts: Parts, decisions: Collection[Dated]) -> set[int | None]:
    return {
        initiative.owner_post_id,
        initiative.contact_post_id,
        *(one.receiver_post_id for one in parts.milestones),
        *(one.receiver_post_id for one in parts.deadlines),
        *(one.decision.post_id for one in decisions),
    }


def _holders(
    session: Session, municipality_id: int, post_ids: Collection[int], day: dt.date, at: int | None
) -> dict[int, tuple[str, ...]]:
    """Name who holds the posts on a day, by what was known then; names themselves lie outside the history."""
    if not post_ids:
        return {}
    rows = history.few(session, Holding, municipality_id, at, post_id=frozenset(post_ids))
    held = [row for row in rows if is_valid(row, day)]
    if not held:
        return {}
    statement = select(Person.id, Person.name).where(Person.id.in_({row.person_id for row in held}))
    names = dict(session.execute(statement).all())
    found: dict[int, list[str]] = defaultdict(list)
    for row in held:
        if row.person_id in names:
            found[row.post_id].append(names[row.person_id])
    return {post_id: tuple(sorted(few)) for post_id, few in found.items()}


def _origins(session: Session, initiative: Initiative, at: int | None) -> tuple[Origin, ...]:
    """Tell the files that told of an initiative, the latest first; in the past those that had been imported by then."""
    found = origins_of(session, initiative.municipality_id, Initiative.__tablename__, initiative.id)
    if at is None:
        return tuple(found)
    then = session.get_one(Revision, at).at
    return tuple(one for one in found if one.applied_at <= then)


def _classes(
    session: Session, municipality_id: int, links: Collection[InitiativeCategory], at: int | None
) -> tuple[tuple[CategoryScheme, tuple[Category, ...]], ...]:
    classes = _by_id(session, Category, municipality_id, {link.category_id for link in links}, at).values()
    schemes = _by_id(session, CategoryScheme, municipality_id, {one.scheme_id for one in classes}, at)
    found: dict[int, list[Category]] = defaultdict(list)
    for one in sorted(classes, key=lambda one: (one.position, one.id)):
        if not one.removed and not schemes[one.scheme_id].removed:
            found[one.scheme_id].append(one)
    return tuple((schemes[identity], tuple(few)) for identity, few in sorted(found.items()))
