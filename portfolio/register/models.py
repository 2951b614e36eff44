"""Portfolios and the initiatives in them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portfolio.core.columns import TextSet, choice, sort_text
from portfolio.core.database import Base, Owned
from portfolio.core.text import search_key, sort_key
from portfolio.core.timespan import Timespan
from portfolio.register.rules import (
    Answer,
    InitiativeKind,
    MilestoneKind,
    PortfolioKind,
    Publicity,
    Reach,
    Status,
    day_of,
    is_undated,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet

SEARCHED = ("code", "title_fi", "title_sv", "summary_fi", "summary_sv", "number", "ledger_number")
FILTERED = (
    *("status", "portfolio_id", "kind", "unit_id", "owner_post_id", "spearhead", "publicity"),
    *("undated", "starts_on", "ends_on", "progress"),
)
"""What lists filter and sort by stands in the index itself: counting and sorting need not read the long rows."""


class Portfolio(Owned, Base):
    """An action programme, a need portfolio or a development portfolio, with its rules.

    ``prefix`` begins the codes of its initiatives ("T" gives T-014-K). The quota is how many measures each unit is
    to carry out in a year (requirement 44). Deadlines are [month, day] as text "30.9.", yearly.
    """

    __tablename__ = "portfolio"
    __table_args__ = (UniqueConstraint("municipality_id", "prefix"),)

    code: Mapped[str] = mapped_column(String(60), unique=True)
    prefix: Mapped[str] = mapped_column(String(6))
    kind: Mapped[PortfolioKind] = mapped_column(choice(PortfolioKind))
    name_fi: Mapped[str] = mapped_column(String(160))
    name_sv: Mapped[str | None] = mapped_column(String(160))
    description_fi: Mapped[str | None] = mapped_column(Text)
    description_sv: Mapped[str | None] = mapped_column(Text)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    quota_min: Mapped[int | None]
    quota_max: Mapped[int | None]
    review_interval_months: Mapped[int | None]
    report_deadline: Mapped[str | None] = mapped_column(String(6))
    proposal_deadline: Mapped[str | None] = mapped_column(String(6))


class ProgrammeVersion(Owned, Base):
    """One row of a programme's version history, as its document has it (requirements 66, 85).

    Label, date, change and authors may each be missing; ``date_words`` are kept as written and ``day`` is what they
    mean where they are a day. Authors and approver are roles. ``baseline_id`` is the state that the version froze,
    None where nothing was recorded then.
    """

    __tablename__ = "programme_version"
    fixed: ClassVar[frozenset[str]] = Owned.fixed | {"portfolio_id"}
    derived: ClassVar[frozenset[str]] = frozenset({"day"})
    sources: ClassVar[frozenset[str]] = frozenset({"date_words"})

    portfolio_id: Mapped[int] = mapped_column(ForeignKey("portfolio.id"), index=True)
    label: Mapped[str | None] = mapped_column(String(40))
    date_words: Mapped[str | None] = mapped_column(String(80))
    day: Mapped[dt.date | None]
    change_note: Mapped[str | None] = mapped_column(Text)
    authors: Mapped[str | None] = mapped_column(String(500))
    approver: Mapped[str | None] = mapped_column(String(200))
    valid_until: Mapped[dt.date | None]
    baseline_id: Mapped[int | None] = mapped_column(ForeignKey("baseline.id"))

    @classmethod
    def derive(cls, row: Mapping[str, Any], _changed: AbstractSet[str] | None = None) -> dict[str, Any]:
        """Read the day that the date's words mean."""
        return {"day": day_of(row["date_words"])}


class Initiative(Owned, Base):
    """A need, project or measure: what it is for, who owns it, when it happens, how far it is.

    Fields follow requirements 1–43, 134–148 of ``reference/domain.md``. ``timespan`` holds the words and what they
    mean; ``starts_on`` and ``ends_on`` are derived from it. ``progress`` is per cent or None for unknown.
    ``source_key`` is how an import profile finds the row again.
    """

    __tablename__ = "initiative"
    __table_args__ = (
        UniqueConstraint("municipality_id", "code"),
        CheckConstraint("progress BETWEEN 0 AND 100", name="progress"),
        Index("ix_initiative_list", "municipality_id", "removed", "title_sort", *FILTERED),
        Index("ix_initiative_code_sort", "municipality_id", "removed", "code_sort"),
        Index("ix_initiative_source", "portfolio_id", "source_key"),
    )
    fixed: ClassVar[frozenset[str]] = Owned.fixed | {"code"}
    derived: ClassVar[frozenset[str]] = frozenset(
        {"title_sort", "code_sort", "search_text", "starts_on", "ends_on", "undated"}
    )
    sources: ClassVar[frozenset[str]] = frozenset({*SEARCHED, "timespan"})

    # What lists filter and sort by comes first: SQLite reads a row from its beginning, and the texts below are long.
    code: Mapped[str] = mapped_column(String(20))
    code_sort: Mapped[str] = mapped_column(sort_text(60))
    title_sort: Mapped[str] = mapped_column(sort_text(400))
    starts_on: Mapped[dt.date | None]
    ends_on: Mapped[dt.date | None]
    undated: Mapped[bool]
    portfolio_id: Mapped[int] = mapped_column(ForeignKey("portfolio.id"), index=True)
    kind: Mapped[InitiativeKind] = mapped_column(choice(InitiativeKind))
    spearhead: Mapped[bool] = mapped_column(default=False)
    status: Mapped[Status] = mapped_column(choice(Status), default=Status.PROPOSED)
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("initiative.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    owner_post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"), index=True)
    contact_post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"))
    progress: Mapped[int | None]
    publicity: Mapped[Publicity] = mapped_column(choice(Publicity), default=Publicity.INTERNAL)
    search_text: Mapped[str] = mapped_column(Text)
    number: Mapped[str | None] = mapped_column(String(30))
    title_fi: Mapped[str] = mapped_column(String(300))
    title_sv: Mapped[str | None] = mapped_column(String(300))
    timespan: Mapped[Timespan | None]
    summary_fi: Mapped[str | None] = mapped_column(Text)
    summary_sv: Mapped[str | None] = mapped_column(Text)
    present_state: Mapped[str | None] = mapped_column(Text)
    target_state: Mapped[str | None] = mapped_column(Text)
    goals: Mapped[str | None] = mapped_column(Text)
    solution: Mapped[str | None] = mapped_column(Text)
    results: Mapped[str | None] = mapped_column(Text)
    done_so_far: Mapped[str | None] = mapped_column(Text)
    continues: Mapped[str | None] = mapped_column(Text)
    out_of_scope: Mapped[str | None] = mapped_column(Text)
    reach: Mapped[Reach | None] = mapped_column(choice(Reach))
    benefits: Mapped[frozenset[str]] = mapped_column(TextSet, default=frozenset())
    source: Mapped[str | None] = mapped_column(String(200))
    carried_by: Mapped[str | None] = mapped_column(String(200))
    core_process: Mapped[bool] = mapped_column(default=False)
    budget_effect: Mapped[Answer] = mapped_column(choice(Answer, name="budget_effect"), default=Answer.UNKNOWN)
    permanent_need: Mapped[Answer] = mapped_column(choice(Answer, name="permanent_need"), default=Answer.UNKNOWN)
    output_home: Mapped[str | None] = mapped_column(String(300))
    training_plan: Mapped[str | None] = mapped_column(Text)
    completed_on: Mapped[dt.date | None]
    in_use_on: Mapped[dt.date | None]
    ledger_number: Mapped[str | None] = mapped_column(String(40))
    notes: Mapped[str | None] = mapped_column(Text)
    source_key: Mapped[str | None] = mapped_column(String(300))

    @classmethod
    def derive(cls, row: Mapping[str, Any], changed: AbstractSet[str] | None = None) -> dict[str, Any]:
        """Compute the Finnish sort keys, the text that search looks in, and the interval of the timespan."""
        made: dict[str, Any] = {}
        if changed is None or "title_fi" in changed:
            made["title_sort"] = sort_key(row["title_fi"])[:400]
        if changed is None or "code" in changed:
            made["code_sort"] = sort_key(row["code"])[:60]
        if changed is None or not changed.isdisjoint(SEARCHED):
            made["search_text"] = search_key(" ".join(row[name] for name in SEARCHED if row[name]))
        if changed is None or "timespan" in changed:
            span: Timespan | None = row["timespan"]
            made["starts_on"] = span.start if span else None
            made["ends_on"] = span.end if span else None
            made["undated"] = is_undated(span)
        return made


class CategoryScheme(Owned, Base):
    """A way of classifying (Kemi's classes, Turku's perspectives), for one portfolio or for all."""

    __tablename__ = "category_scheme"
    __table_args__ = (UniqueConstraint("municipality_id", "code"),)

    code: Mapped[str] = mapped_column(String(40))
    name_fi: Mapped[str] = mapped_column(String(120))
    name_sv: Mapped[str | None] = mapped_column(String(120))
    portfolio_id: Mapped[int | None] = mapped_column(ForeignKey("portfolio.id"))
    several: Mapped[bool] = mapped_column(default=False)


class Category(Owned, Base):
    """One class of a scheme; classes may have a level above them (focus area under theme)."""

    __tablename__ = "category"
    __table_args__ = (UniqueConstraint("scheme_id", "code"),)
    fixed: ClassVar[frozenset[str]] = Owned.fixed | {"scheme_id"}

    scheme_id: Mapped[int] = mapped_column(ForeignKey("category_scheme.id"), index=True)
    code: Mapped[str] = mapped_column(String(60))
    name_fi: Mapped[str] = mapped_column(String(200))
    name_sv: Mapped[str | None] = mapped_column(String(200))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("category.id"))
    position: Mapped[int] = mapped_column(default=0)


class InitiativeCategory(Owned, Base):
    """An initiative in a class: a row of its own, so that history sees it come and go."""

    __tablename__ = "initiative_category"
    __table_args__ = (UniqueConstraint("initiative_id", "category_id"),)
    fixed: ClassVar[frozenset[str]] = Owned.fixed | {"initiative_id", "category_id"}

    initiative_id: Mapped[int] = mapped_column(ForeignKey("initiative.id"), index=True)
    category_id: Mapped[int] = mapped_column(ForeignKey("category.id"), index=True)


class Milestone(Owned, Base):
    """A point on an initiative's way, a staged report with its receiver, or a taking into use."""

    __tablename__ = "milestone"
    fixed: ClassVar[frozenset[str]] = Owned.fixed | {"initiative_id"}
    derived: ClassVar[frozenset[str]] = frozenset({"starts_on", "ends_on"})
    sources: ClassVar[frozenset[str]] = frozenset({"timespan"})

    initiative_id: Mapped[int] = mapped_column(ForeignKey("initiative.id"), index=True)
    kind: Mapped[MilestoneKind] = mapped_column(choice(MilestoneKind), default=MilestoneKind.STEP)
    title_fi: Mapped[str] = mapped_column(String(300))
    title_sv: Mapped[str | None] = mapped_column(String(300))
    timespan: Mapped[Timespan | None]
    completed_on: Mapped[dt.date | None]
    receiver_post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"))
    source_key: Mapped[str | None] = mapped_column(String(300))
    starts_on: Mapped[dt.date | None]
    ends_on: Mapped[dt.date | None]

    @classmethod
    def derive(cls, row: Mapping[str, Any], _changed: AbstractSet[str] | None = None) -> dict[str, Any]:
        """Compute the interval of the timespan."""
        span: Timespan | None = row["timespan"]
        return {"starts_on": span.start if span else None, "ends_on": span.end if span else None}


class RecurringDeadline(Owned, Base):
    """A duty that comes back every year on the same day, until it is ended (requirements 60–62)."""

    __tablename__ = "recurring_deadline"
    __table_args__ = (
        CheckConstraint("month BETWEEN 1 AND 12", name="month"),
        CheckConstraint("day BETWEEN 1 AND 31", name="day"),
    )

    portfolio_id: Mapped[int | None] = mapped_column(ForeignKey("portfolio.id"), index=True)
    initiative_id: Mapped[int | None] = mapped_column(ForeignKey("initiative.id"), index=True)
    title_fi: Mapped[str] = mapped_column(String(300))
    title_sv: Mapped[str | None] = mapped_column(String(300))
    month: Mapped[int]
    day: Mapped[int]
    from_year: Mapped[int | None]
    to_year: Mapped[int | None]
    receiver_post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"))
    source_key: Mapped[str | None] = mapped_column(String(300))


class Dependency(Owned, Base):
    """One initiative that needs another's result first; the whole has no cycles (``rules.finds_cycle``)."""

    __tablename__ = "dependency"
    __table_args__ = (
        UniqueConstraint("predecessor_id", "successor_id"),
        CheckConstraint("predecessor_id <> successor_id", name="not_itself"),
    )
    fixed: ClassVar[frozenset[str]] = Owned.fixed | {"predecessor_id", "successor_id"}

    predecessor_id: Mapped[int] = mapped_column(ForeignKey("initiative.id"), index=True)
    successor_id: Mapped[int] = mapped_column(ForeignKey("initiative.id"), index=True)
    note: Mapped[str | None] = mapped_column(String(300))


class Indicator(Owned, Base):
    """What shows whether an initiative had its effect, with its source and rhythm (requirements 141, 142)."""

    __tablename__ = "indicator"
    fixed: ClassVar[frozenset[str]] = Owned.fixed | {"initiative_id"}

    initiative_id: Mapped[int] = mapped_column(ForeignKey("initiative.id"), index=True)
    name_fi: Mapped[str] = mapped_column(String(200))
    name_sv: Mapped[str | None] = mapped_column(String(200))
    measured_in: Mapped[str | None] = mapped_column(String(40))
    source: Mapped[str | None] = mapped_column(String(200))
    rhythm: Mapped[Timespan | None]
    source_key: Mapped[str | None] = mapped_column(String(300))


class IndicatorValue(Owned, Base):
    """An indicator's value in one year: a number, or words where it was told so."""

    __tablename__ = "indicator_value"
    __table_args__ = (UniqueConstraint("indicator_id", "year"),)
    fixed: ClassVar[frozenset[str]] = Owned.fixed | {"indicator_id", "year"}

    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id"), index=True)
    year: Mapped[int]
    number: Mapped[Decimal | None] = mapped_column(Numeric(18, 4))
    words: Mapped[str | None] = mapped_column(String(200))


class DocumentLink(Owned, Base):
    """A link from an initiative to a document elsewhere."""

    __tablename__ = "document_link"
    fixed: ClassVar[frozenset[str]] = Owned.fixed | {"initiative_id"}

    initiative_id: Mapped[int] = mapped_column(ForeignKey("initiative.id"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    url: Mapped[str] = mapped_column(String(1000))
    source_key: Mapped[str | None] = mapped_column(String(300))
