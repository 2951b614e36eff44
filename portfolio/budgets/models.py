"""Money of initiatives by year, part and source."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portfolio.budgets.rules import BudgetPart
from portfolio.core.columns import MONEY, choice
from portfolio.core.database import Base, Owned


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
