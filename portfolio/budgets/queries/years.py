"""Frames with what is used and left of them, locked years, and who pays what share of an initiative."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy.orm import Session

from portfolio.budgets.models import Frame, FundingShare, YearLock
from portfolio.budgets.queries.overview import MoneyFilter, read_slices
from portfolio.budgets.rules import NOTHING, BudgetPart, Sum, gather, left_of
from portfolio.core import history


@dataclass(frozen=True, slots=True)
class FrameState:
    """A frame of a portfolio, year and part: its amount, what is planned within it, and what is left.

    ``left`` is None where the frame or all of the plan is unknown; unknown amounts of the plan are counted in ``used``.
    """

    portfolio_id: int
    year: int
    part: BudgetPart
    amount: Decimal | None
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
    slices = read_slices(session, municipality_id, years, MoneyFilter(), at=at) if frames else []
    used = gather(slices, lambda one: (one.portfolio_id, one.part), lambda one: one.year, "planned")
    states = [
        FrameState(
            portfolio_id=one.portfolio_id,
            year=one.year,
            part=one.part,
            amount=one.amount,
            used=used.get(((one.portfolio_id, one.part), one.year), NOTHING),
        )
        for one in frames
    ]
    return sorted(states, key=lambda one: (one.portfolio_id, one.year, one.part))


def locked_years(session: Session, municipality_id: int, *, at: int | None = None) -> dict[int, YearLock]:
    """Return the years whose budget has been approved, with their locks."""
    rows = history.rows(session, YearLock, municipality_id, at)
    return {row.year: row for row in sorted(rows, key=lambda row: row.year)}


def shares_of(session: Session, municipality_id: int, initiative_id: int) -> list[FundingShare]:
    """Return who pays what share of an initiative, in the order in which they were written down."""
    rows = history.few(session, FundingShare, municipality_id, initiative_id=initiative_id)
    return sorted(rows, key=lambda row: row.id)
