"""Review rounds, their questions, and each initiative's review in them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any, ClassVar

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, Numeric, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portfolio.core.claims import Claimable
from portfolio.core.columns import MONEY, Moment, TextSet, choice
from portfolio.core.database import Base, Owned
from portfolio.core.timespan import Timespan
from portfolio.reviews.rules import REVIEWED, Health, ReminderStage, ReviewState, RoundState, Verdict


class ReviewTemplate(Owned, Base):
    """A set of questions that rounds ask beside the fixed fields; a closed round shows them as they were then."""

    __tablename__ = "review_template"

    name_fi: Mapped[str] = mapped_column(String(160))
    name_sv: Mapped[str | None] = mapped_column(String(160))


class ReviewQuestion(Owned, Base):
    """One question of a template; a ``required`` one must be answered before the review is submitted."""

    __tablename__ = "review_question"
    fixed: ClassVar[frozenset[str]] = Owned.fixed | {"template_id"}

    template_id: Mapped[int] = mapped_column(ForeignKey("review_template.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    text_fi: Mapped[str] = mapped_column(String(300))
    text_sv: Mapped[str | None] = mapped_column(String(300))
    hint_fi: Mapped[str | None] = mapped_column(String(500))
    hint_sv: Mapped[str | None] = mapped_column(String(500))
    required: Mapped[bool] = mapped_column(default=False)


class ReviewRound(Owned, Base):
    """One round of reviews of a portfolio: the period reported on, when it is open, who receives it.

    ``unit_id``, ``statuses`` and ``interval_months`` say which initiatives are due. ``baseline_id`` is the state that
    closing froze: a closed round is read as of it.
    """

    __tablename__ = "review_round"
    fixed: ClassVar[frozenset[str]] = Owned.fixed | {"portfolio_id"}

    portfolio_id: Mapped[int] = mapped_column(ForeignKey("portfolio.id"), index=True)
    name_fi: Mapped[str] = mapped_column(String(160))
    name_sv: Mapped[str | None] = mapped_column(String(160))
    instruction_fi: Mapped[str | None] = mapped_column(Text)
    instruction_sv: Mapped[str | None] = mapped_column(Text)
    period_first: Mapped[dt.date]
    period_last: Mapped[dt.date]
    opens_on: Mapped[dt.date]
    due_on: Mapped[dt.date]
    receiving_forum_id: Mapped[int | None] = mapped_column(ForeignKey("forum.id"))
    coordinating_forum_id: Mapped[int | None] = mapped_column(ForeignKey("forum.id"))
    template_id: Mapped[int | None] = mapped_column(ForeignKey("review_template.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    statuses: Mapped[frozenset[str]] = mapped_column(TextSet, default=frozenset(map(str, REVIEWED)))
    interval_months: Mapped[int | None]
    state: Mapped[RoundState] = mapped_column(choice(RoundState, name="round_state"), default=RoundState.DRAFT)
    baseline_id: Mapped[int | None] = mapped_column(ForeignKey("baseline.id"))


class RoundExtension(Owned, Base):
    """A later due date for one unit and those below it."""

    __tablename__ = "round_extension"
    __table_args__ = (UniqueConstraint("round_id", "unit_id"),)
    fixed: ClassVar[frozenset[str]] = Owned.fixed | {"round_id", "unit_id"}

    round_id: Mapped[int] = mapped_column(ForeignKey("review_round.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    due_on: Mapped[dt.date]
    reason: Mapped[str | None] = mapped_column(String(300))


class Review(Owned, Base):
    """One initiative's report in one round. The owner's rating and the office's are kept apart.

    ``delegate_id`` is the user who was asked to answer. None of the answers has a default: unknown is not zero.
    """

    __tablename__ = "review"
    __table_args__ = (
        UniqueConstraint("round_id", "initiative_id"),
        CheckConstraint("progress BETWEEN 0 AND 100", name="progress"),
        Index("ix_review_follow", "round_id", "removed", "state", "health", "verdict", "submitted_on", "initiative_id"),
    )
    fixed: ClassVar[frozenset[str]] = Owned.fixed | {"round_id", "initiative_id"}

    round_id: Mapped[int] = mapped_column(ForeignKey("review_round.id"))
    initiative_id: Mapped[int] = mapped_column(ForeignKey("initiative.id"), index=True)
    state: Mapped[ReviewState] = mapped_column(choice(ReviewState, name="review_state"), default=ReviewState.WAITING)
    delegate_id: Mapped[int | None]
    submitted_on: Mapped[dt.date | None]
    approved_on: Mapped[dt.date | None]
    unchanged: Mapped[bool] = mapped_column(default=False)
    progress: Mapped[int | None]
    health: Mapped[Health | None] = mapped_column(choice(Health, name="health"))
    health_reason: Mapped[str | None] = mapped_column(Text)
    health_on: Mapped[dt.date | None]
    health_by: Mapped[int | None]
    office_health: Mapped[Health | None] = mapped_column(choice(Health, name="office_health"))
    office_reason: Mapped[str | None] = mapped_column(Text)
    office_on: Mapped[dt.date | None]
    office_by: Mapped[int | None]
    done: Mapped[str | None] = mapped_column(Text)
    results: Mapped[str | None] = mapped_column(Text)
    benefits: Mapped[str | None] = mapped_column(Text)
    money_used: Mapped[Decimal | None] = mapped_column(MONEY)
    next_goals: Mapped[str | None] = mapped_column(Text)
    verdict: Mapped[Verdict | None] = mapped_column(choice(Verdict, name="verdict"))
    verdict_what: Mapped[str | None] = mapped_column(Text)
    verdict_why: Mapped[str | None] = mapped_column(Text)
    new_goal: Mapped[str | None] = mapped_column(Text)
    new_timespan: Mapped[Timespan | None]
    new_owner_post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"))
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("initiative.id"))
    done_on: Mapped[dt.date | None]
    comment: Mapped[str | None] = mapped_column(Text)


class ReviewAnswer(Owned, Base):
    """The answer to one question of the round's template."""

    __tablename__ = "review_answer"
    __table_args__ = (UniqueConstraint("review_id", "question_id"),)
    fixed: ClassVar[frozenset[str]] = Owned.fixed | {"review_id", "question_id"}

    review_id: Mapped[int] = mapped_column(ForeignKey("review.id"))
    question_id: Mapped[int] = mapped_column(ForeignKey("review_question.id"), index=True)
    answer: Mapped[str | None] = mapped_column(Text)


class ReviewIndicator(Owned, Base):
    """An indicator's value told in a review: a number, or words; approval writes it to the indicator's own year."""

    __tablename__ = "review_indicator"
    __table_args__ = (UniqueConstraint("review_id", "indicator_id"),)
    fixed: ClassVar[frozenset[str]] = Owned.fixed | {"review_id", "indicator_id"}

    review_id: Mapped[int] = mapped_column(ForeignKey("review.id"))
    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id"), index=True)
    number: Mapped[Decimal | None] = mapped_column(Numeric(18, 4))
    words: Mapped[str | None] = mapped_column(String(200))


class RoundProposal(Owned, Base):
    """A new measure that was proposed in a round for the next year."""

    __tablename__ = "round_proposal"
    __table_args__ = (UniqueConstraint("round_id", "initiative_id"),)
    fixed: ClassVar[frozenset[str]] = Owned.fixed | {"round_id", "initiative_id"}

    round_id: Mapped[int] = mapped_column(ForeignKey("review_round.id"))
    initiative_id: Mapped[int] = mapped_column(ForeignKey("initiative.id"), index=True)


class ReviewDraft(Base):
    """What one user has typed into a review and not submitted: kept as typed, no history (DESIGN §4 i)."""

    __tablename__ = "review_draft"

    review_id: Mapped[int] = mapped_column(ForeignKey("review.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), primary_key=True)
    texts: Mapped[Any] = mapped_column(JSON)
    saved_at: Mapped[dt.datetime] = mapped_column(Moment)


class ReviewReminder(Claimable):
    """One mail about one review to one receiver: claimed before it is sent, so that nobody is told the same twice.

    Each return of a review is a stage of its own, for it comes with another comment: ``turn`` is the revision in which
    the review was returned, 0 in the other stages.
    ``refused`` may be tried again; one that was claimed and neither sent nor refused has no known outcome and is
    listed for a person.
    """

    __tablename__ = "review_reminder"
    __table_args__ = (UniqueConstraint("review_id", "stage", "turn", "user_id"),)

    review_id: Mapped[int] = mapped_column(ForeignKey("review.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    stage: Mapped[ReminderStage] = mapped_column(choice(ReminderStage))
    turn: Mapped[int] = mapped_column(default=0)
    claimed_at: Mapped[dt.datetime] = mapped_column(Moment)
