"""Frames with what is used and left of them, locked years, and who pays what share of an initiative."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portfolio.budgets.models import BudgetLine, Frame, FundingShare, YearLock
from portfolio.budgets.rules import BudgetPart, Sum, add_up, left_of
from portfolio.core import history
from portfolio.register.models import Initiative


@dataclass(frozen=True, slots=True)
class FrameState:
    """A frame of a portfolio, year and part: its amount, what is planned within it, and what is left.

    ``left`` is None where the frame or all of the plan is unknown; unknown amounts of the plan are counted in ``used``.
    """

    id: int
    portfolio_id: int
    year: int
    part: BudgetPart
    amount: Decimal | None
    note: str | None
    version: int
    used: Sum

    @property
    def left(self) -> Decimal | None:
        """What is left of the frame, below zero where more is planned than it holds."""
        return left_of(self.amount, self.used)


def frame_states(
    session: Session, municipality_id: int, years: Sequence[int], *, at: int | None = None
) -> list[FrameState]:
    """Return the frames of some years, in order of portfolio, year and part."""
    frames = [one for one in history.rows(session, Frame, municipality_id, at) if one.year in years]
    used = _used(session, municipality_id, years, at)
    states = [
        FrameState(
            *(one.id, one.portfolio_id, one.year, one.part, one.amount, one.note, one.version),
            used=used.get((one.portfolio_id, one.year, one.part), Sum(None)),
        )
        for one in frames
    ]
    return sorted(states, key=lambda one: (one.portfolio_id, one.year, one.part))


def locked_years(session: Session, municipality_id: int, *, at: int | None = None) -> dict[int, YearLock]:
    """Return the years whose budget has been approved, with their locks."""
    rows = history.rows(session, YearLock, municipality_id, at)
    return {row.year: row for row in sorted(rows, key=lambda row: row.year)}


def shares_of(
    session: Session, municipality_id: int, initiative_id: int, *, at: int | None = None
) -> list[FundingShare]:
    """Return who pays what share of an initiative, in the order in which they were written down."""
    rows = history.few(session, FundingShare, municipality_id, at, initiative_id=initiative_id)
    return sorted(rows, key=lambda row: row.id)


def _used(
    session: Session, municipality_id: int, years: Sequence[int], at: int | None
) -> dict[tuple[int, int, BudgetPart], Sum]:
    """Add up what is planned by portfolio, year and part."""
    if at is not None:
        return _used_then(session, municipality_id, years, at)
    key = (Initiative.portfolio_id, BudgetLine.year, BudgetLine.part)
    known, unknown = func.sum(BudgetLine.planned), func.count() - func.count(BudgetLine.planned)
    rows = session.execute(
        select(*key, known, unknown)
        .join(Initiative, Initiative.id == BudgetLine.initiative_id)
        .where(
            BudgetLine.municipality_id == municipality_id,
            BudgetLine.year.in_(years),
            BudgetLine.removed.is_(False),
            Initiative.removed.is_(False),
        )
        .group_by(*key)
    )
    return {(portfolio, year, part): Sum(amount, without) for portfolio, year, part, amount, without in rows}


def _used_then(
    session: Session, municipality_id: int, years: Sequence[int], at: int
) -> dict[tuple[int, int, BudgetPart], Sum]:
    portfolios = {row.id: row.portfolio_id for row in history.rows(session, Initiative, municipality_id, at)}
    amounts: dict[tuple[int, int, BudgetPart], list[Decimal | None]] = defaultdict(list)
    for line in history.rows(session, BudgetLine, municipality_id, at):
        if line.year in years and line.initiative_id in portfolios:
            amounts[portfolios[line.initiative_id], line.year, line.part].append(line.planned)
    return {key: add_up(some) for key, some in amounts.items()}


def count_plans(session: Session, municipality_id: int, year: int) -> tuple[int, int]:
    """Count the planned amounts of a year, and how many of them are not known."""
    amounts = select(func.count(), func.count(BudgetLine.planned)).join(
        Initiative, Initiative.id == BudgetLine.initiative_id
    )
    every, known = session.execute(
        amounts.where(
            BudgetLine.municipality_id == municipality_id,
            BudgetLine.year == year,
            BudgetLine.removed.is_(False),
            Initiative.removed.is_(False),
        )
    ).one()
    return every, every - known
