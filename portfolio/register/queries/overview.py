"""What a portfolio's own page tells: its counts, its quota, its deadlines and how its initiatives are classified."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields

from sqlalchemy import select
from sqlalchemy.orm import Session

from portfolio.core import history
from portfolio.organisation import queries as organisation
from portfolio.organisation.models import Post, Unit
from portfolio.organisation.queries import TreeUnit
from portfolio.register.models import Initiative, Portfolio, RecurringDeadline
from portfolio.register.queries.initiatives import count_by_status
from portfolio.register.queries.parts import deadlines_of_portfolio
from portfolio.register.queries.settings import SchemeCategories, schemes
from portfolio.register.rules import InitiativeFilter, Status, next_day, next_due
from portfolio.register.rules.quota import Counted, QuotaCheck, check_quota

YEARS_BEFORE, YEARS_AFTER = 1, 2
COUNTED = tuple(field.name for field in fields(Counted))


@dataclass(frozen=True, slots=True)
class DeadlineNext:
    """A recurring deadline, when it comes next (None: it has ended), and the post that receives the report."""

    deadline: RecurringDeadline
    next: dt.date | None
    receiver: Post | None


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything on a portfolio's page, now or at a revision."""

    unit: Unit | None
    by_status: dict[Status, int]
    late: int
    report_due: dt.date | None
    proposals_due: dt.date | None
    deadlines: tuple[DeadlineNext, ...]
    schemes: tuple[SchemeCategories, ...]
    units: tuple[TreeUnit, ...]
    quota: QuotaCheck | None

    @property
    def total(self) -> int:
        """How many initiatives the portfolio holds."""
        return sum(self.by_status.values())


def overview(
    session: Session, municipality_id: int, portfolio: Portfolio, *, today: dt.date, at: int | None = None
) -> Overview:
    """Gather a portfolio's page in a number of statements that does not grow with its initiatives."""
    own = InitiativeFilter(portfolio_ids=frozenset({portfolio.id}))
    late = InitiativeFilter(portfolio_ids=own.portfolio_ids, late=True)
    by_status = count_by_status(session, municipality_id, own, today=today, at=at)
    tree = organisation.units(session, municipality_id, at=at)
    quota = _quota(session, municipality_id, portfolio, tree, today, at)
    held = quota.units if quota is not None else {}
    return Overview(
        unit=next((one.unit for one in tree if one.unit.id == portfolio.unit_id), None),
        by_status={status: by_status[status] for status in Status if by_status.get(status)},
        late=sum(count_by_status(session, municipality_id, late, today=today, at=at).values()),
        report_due=next_day(portfolio.report_deadline, today),
        proposals_due=next_day(portfolio.proposal_deadline, today),
        deadlines=_deadlines(session, municipality_id, portfolio.id, today, at),
        schemes=tuple(schemes(session, municipality_id, portfolio_id=portfolio.id, at=at)),
        units=tuple(one for one in tree if one.unit.id in held),
        quota=quota,
    )


def portfolio_deadline(
    session: Session, municipality_id: int, identity: int, *, at: int | None = None
) -> RecurringDeadline | None:
    """Return one deadline of a whole portfolio, removed or not; None for one that belongs to an initiative."""
    found = history.row(session, RecurringDeadline, municipality_id, identity, at)
    return found if found is not None and found.portfolio_id is not None else None


def _quota(
    session: Session, municipality_id: int, portfolio: Portfolio, tree: list[TreeUnit], today: dt.date, at: int | None
) -> QuotaCheck | None:
    """Check the range, if the portfolio has one, for every unit that has anything in the portfolio."""
    if portfolio.quota_min is None and portfolio.quota_max is None:
        return None
    found = _counted(session, municipality_id, portfolio.id, at)
    holding = {one.unit_id for one in found}
    units: list[int | None] = [one.unit.id for one in tree if one.unit.id in holding]
    units += [None] if None in holding else []
    years = range(today.year - YEARS_BEFORE, today.year + YEARS_AFTER + 1)
    return check_quota(found, units, years, portfolio.quota_min, portfolio.quota_max, today=today)


def _counted(session: Session, municipality_id: int, portfolio_id: int, at: int | None) -> list[Counted]:
    if at is not None:
        rows = history.rows(session, Initiative, municipality_id, at, portfolio_id=portfolio_id)
        return [Counted(*(getattr(row, name) for name in COUNTED)) for row in rows]
    columns = [getattr(Initiative, name) for name in COUNTED]
    mine = (Initiative.municipality_id == municipality_id, Initiative.portfolio_id == portfolio_id)
    return [Counted(*row) for row in session.execute(select(*columns).where(*mine, Initiative.removed.is_(False)))]


def _deadlines(
    session: Session, municipality_id: int, portfolio_id: int, today: dt.date, at: int | None
) -> tuple[DeadlineNext, ...]:
    rows = deadlines_of_portfolio(session, municipality_id, portfolio_id, at=at)
    wanted = frozenset(row.receiver_post_id for row in rows if row.receiver_post_id is not None)
    posts = {post.id: post for post in history.rows(session, Post, municipality_id, at, with_removed=True, id=wanted)}
    found = [DeadlineNext(row, next_due(row, today), posts.get(row.receiver_post_id or 0)) for row in rows]
    return tuple(sorted(found, key=lambda one: (one.next or dt.date.max, one.deadline.id)))
