"""Money of initiatives by year, part and source."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portfolio.budgets.rules import BudgetPart
from portfolio.core.columns import MONEY, choice
from portfolio.core.database import Base, Owned
from portfolio.core.timespan import Timespan


class FundingSource(Owned, Base):
    """Where money comes from: the municipality's own, or external with its payer."""

    __tablename__ = "funding_source"
    __table_args__ = (UniqueConstraint("municipality_id", "code"),)

    code: Mapped[str] = mapped_column(String(40))
    name_fi: Mapped[str] = mapped_column(String(120))
    name_sv: Mapped[str | None] = mapped_column(String(120))
    external: Mapped[bool] = mapped_column(default=False)


class BudgetLine(Owned, Base):
    """Euros of one initiative in one year, part and source. None is unknown; zero is "no separate appropriation"."""

    __tablename__ = "budget_line"
    __table_args__ = (
        UniqueConstraint("initiative_id", "year", "part", "source_id"),
        # covers the foot of a list: a year's plans are summed without reading the rows
        Index("ix_budget_line_sums", "municipality_id", "year", "initiative_id", "removed", "planned"),
    )
    fixed: ClassVar[frozenset[str]] = Owned.fixed | {"initiative_id", "year", "part", "source_id"}

    initiative_id: Mapped[int] = mapped_column(ForeignKey("initiative.id"), index=True)
    year: Mapped[int]
    part: Mapped[BudgetPart] = mapped_column(choice(BudgetPart))
    source_id: Mapped[int] = mapped_column(ForeignKey("funding_source.id"), index=True)
    planned: Mapped[Decimal | None] = mapped_column(MONEY)
    forecast: Mapped[Decimal | None] = mapped_column(MONEY)
    actual: Mapped[Decimal | None] = mapped_column(MONEY)


class Frame(Owned, Base):
    """What a portfolio may use in one year, by part (kehys); what is left of it is computed, never stored."""

    __tablename__ = "frame"
    __table_args__ = (UniqueConstraint("portfolio_id", "year", "part"),)
    fixed: ClassVar[frozenset[str]] = Owned.fixed | {"portfolio_id", "year", "part"}

    portfolio_id: Mapped[int] = mapped_column(ForeignKey("portfolio.id"))
    year: Mapped[int]
    part: Mapped[BudgetPart] = mapped_column(choice(BudgetPart, name="frame_part"))
    amount: Mapped[Decimal | None] = mapped_column(MONEY)
    note: Mapped[str | None] = mapped_column(String(300))


class YearLock(Owned, Base):
    """A year whose budget has been approved: its planned amounts are fixed until the lock is removed."""

    __tablename__ = "year_lock"
    __table_args__ = (UniqueConstraint("municipality_id", "year"),)
    fixed: ClassVar[frozenset[str]] = Owned.fixed | {"year"}

    year: Mapped[int]
    approved_on: Mapped[dt.date | None]
    note: Mapped[str | None] = mapped_column(String(300))


class FundingShare(Owned, Base):
    """How one source takes part in an initiative's costs: its share in per cent and the period it holds for."""

    __tablename__ = "funding_share"
    __table_args__ = (
        UniqueConstraint("initiative_id", "source_id"),
        CheckConstraint("percent BETWEEN 0 AND 100", name="percent"),
    )
    fixed: ClassVar[frozenset[str]] = Owned.fixed | {"initiative_id", "source_id"}

    initiative_id: Mapped[int] = mapped_column(ForeignKey("initiative.id"))
    source_id: Mapped[int] = mapped_column(ForeignKey("funding_source.id"), index=True)
    percent: Mapped[Decimal | None] = mapped_column(Numeric(5, 2))
    timespan: Mapped[Timespan | None]
    note: Mapped[str | None] = mapped_column(String(300))
