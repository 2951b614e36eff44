"""What waits for a person on the home page, and what changed last."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from portfolio.budgets.models import BudgetLine
from portfolio.budgets.queries import locked_years
from portfolio.core import history
from portfolio.core.rights import Right
from portfolio.exchange.queries.collecting import CollectionState, Waiting, collections, waiting_for
from portfolio.exchange.queries.notices import NoticeFacts, notices_for
from portfolio.pages.queries.words import RevisionWords, described
from portfolio.register import queries as register
from portfolio.register.rules import InitiativeFilter, Status, is_late
from portfolio.reviews.queries import Approvals, OwnReview, Tended, own_reviews, rounds_to_tend, to_approve

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from portfolio.core.rights import Actor
    from portfolio.register.models import Initiative

SHOWN = 8
LATEST = 6
NAMED = 3


@dataclass(frozen=True, slots=True)
class Latest:
    """One of the latest revisions: the first initiatives it touched and how many more; changes where it is one."""

    initiatives: tuple[Initiative, ...]
    more: int
    words: RevisionWords


@dataclass(frozen=True, slots=True)
class Home:
    """The home page's facts: own items, late ones, counts, the latest changes; lists are cut, counts are whole.

    ``waiting`` are workbooks to answer, ``told`` what imports by others changed of the person's items,
    ``reviews`` those that the person answers in open rounds, ``approvals`` the open rounds with answers to approve.
    For the office ``tended`` are the rounds that ask something of it, ``collected`` the open collections, and
    ``unlocked`` the year under way whose budget has plans and has not been noted as approved.
    """

    mine: tuple[Initiative, ...]
    mine_count: int
    late: tuple[Initiative, ...]
    late_count: int
    late_ids: frozenset[int]
    undated: int
    without_owner: int
    by_status: dict[Status, int]
    latest: tuple[Latest, ...]
    waiting: tuple[Waiting, ...]
    told: tuple[NoticeFacts, ...]
    reviews: Sequence[OwnReview]
    approvals: Sequence[Approvals]
    tended: Sequence[Tended]
    collected: Sequence[CollectionState]
    unlocked: int | None

    @property
    def total(self) -> int:
        """How many initiatives the municipality has."""
        return sum(self.by_status.values())


def home(session: Session, actor: Actor, municipality_id: int, today: dt.date, language: str) -> Home:
    """Gather the home page in a number of queries that does not grow with the register."""

    def count(chosen: InitiativeFilter) -> dict[Status, int]:
        return register.count_by_status(session, municipality_id, chosen, today=today)

    manages = actor.may(Right.MANAGE)
    mine = register.initiatives_of_posts(session, municipality_id, actor.post_ids, today=today)
    late = register.overdue(session, municipality_id, today=today, limit=SHOWN)
    return Home(
        tuple(mine[:SHOWN]),
        len(mine),
        tuple(late),
        sum(count(InitiativeFilter(late=True)).values()),
        frozenset(one.id for one in (*mine[:SHOWN], *late) if is_late(one.status, one.ends_on, today)),
        sum(count(InitiativeFilter(undated=True)).values()),
        register.count_without_owner(session, municipality_id),
        count(InitiativeFilter()),
        _latest(session, municipality_id, language),
        tuple(waiting_for(session, actor, municipality_id, today)),
        tuple(notices_for(session, municipality_id, actor.user_id)),
        own_reviews(session, actor, municipality_id, today=today),
        to_approve(session, municipality_id) if manages else (),
        rounds_to_tend(session, municipality_id, today=today) if manages else (),
        _collected(session, municipality_id, today) if actor.may(Right.IMPORT) else (),
        _unlocked(session, municipality_id, today) if manages else None,
    )


def _collected(session: Session, municipality_id: int, today: dt.date) -> list[CollectionState]:
    return [one for one in collections(session, municipality_id, today) if one.collection.closed_at is None]


def _unlocked(session: Session, municipality_id: int, today: dt.date) -> int | None:
    """Give the year under way where its plans can still be changed."""
    year, line = today.year, BudgetLine
    if year in locked_years(session, municipality_id):
        return None
    mine = (line.municipality_id == municipality_id, line.year == year, line.removed.is_(False))
    planned = select(line.id).where(*mine, line.planned.is_not(None)).limit(1)
    return None if session.scalar(planned) is None else year


def _latest(session: Session, municipality_id: int, language: str) -> tuple[Latest, ...]:
    found = history.latest_touched(session, municipality_id, "initiative", limit=LATEST, named=NAMED)
    titles = register.titles_of(session, municipality_id, {one for touched in found for one in touched.ids})
    revisions = [history.RevisionChanges(touched.revision, touched.changes) for touched in found]
    words = described(session, municipality_id, revisions, language)
    return tuple(
        Latest(tuple(titles[one] for one in touched.ids if one in titles), touched.count - len(touched.ids), told)
        for touched, told in zip(found, words, strict=True)
    )
