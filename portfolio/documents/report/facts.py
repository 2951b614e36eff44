"""What each kind of report stands on: plain values that queries gather, and builders put into words. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from portfolio.budgets.rules import BudgetPart, Sum
from portfolio.core.language import in_language
from portfolio.forums.rules import Outcome
from portfolio.register.rules import Answer, Difference, InitiativeKind, Names, Status
from portfolio.reviews.rules import Health, ReviewState, RoundState, Verdict


@dataclass(frozen=True, slots=True)
class Name:
    """What something is called: always in Finnish, in Swedish where somebody has written it."""

    fi: str
    sv: str | None = None

    def of(self, language: str) -> str:
        """Give the name in a language, or in Finnish for want of it."""
        return in_language(self.fi, self.sv, language)


@dataclass(frozen=True, slots=True)
class Setting:
    """Whose report it is, in which language, and of which point in time: its words and its day.

    ``made_at`` is the aware moment at which the report is made.
    """

    municipality: Name
    portfolio: Name | None
    language: str
    day: dt.date
    time: str
    made_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Area:
    """A service area with something in the report; ``id`` None gathers what has none."""

    id: int | None
    name: Name | None


@dataclass(frozen=True, slots=True)
class ReviewSummary:
    """What a review tells of an initiative; the owner's rating and the office's are kept apart."""

    state: ReviewState
    health: Health | None = None
    reason: str | None = None
    office_health: Health | None = None
    office_reason: str | None = None
    verdict: Verdict | None = None
    verdict_what: str | None = None
    verdict_why: str | None = None
    new_goal: str | None = None
    new_time: str | None = None
    new_owner: Name | None = None
    done: str | None = None
    results: str | None = None
    benefits: str | None = None
    next_goals: str | None = None
    progress: int | None = None
    late: int = 0


@dataclass(frozen=True, slots=True)
class Item:
    """An initiative as reports show it; owner and classes are names, ``time`` is in the words of its author."""

    id: int
    code: str
    title: Name
    kind: InitiativeKind
    status: Status
    area_id: int | None
    owner: Name | None = None
    time: str | None = None
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    progress: int | None = None
    summary: Name | None = None
    goals: str | None = None
    done: str | None = None
    results: str | None = None
    classes: Sequence[Name] = ()
    money: Mapping[str, Sum] = field(default_factory=dict)
    told: ReviewSummary | None = None


@dataclass(frozen=True, slots=True)
class RoundFacts:
    """The round that a progress report tells of."""

    name: Name
    first: dt.date
    last: dt.date
    due_on: dt.date
    state: RoundState
    receiver: Name | None = None


@dataclass(frozen=True, slots=True)
class Changes:
    """What differs from an earlier point, whose words ``since`` are; ``names`` are of the rows that it refers to."""

    since: str
    difference: Difference
    names: Names


@dataclass(frozen=True, slots=True)
class ProgressFacts:
    """A programme's progress: its initiatives in order of area and title; ``outside`` counts those not asked about."""

    setting: Setting
    year: int
    areas: Sequence[Area]
    items: Sequence[Item]
    new: Sequence[Item] = ()
    round: RoundFacts | None = None
    outside: int = 0
    changes: Changes | None = None


@dataclass(frozen=True, slots=True)
class MeasuresFacts:
    """Next year's measures: what waits for a decision, what goes on, and the range of each area (requirement 44).

    ``deadline`` is the day by which proposals were to be brought, None where the portfolio has none (requirement 60);
    ``brought`` leads from areas whose proposals came after it, and before the year began, to the day of the last one.
    """

    setting: Setting
    year: int
    areas: Sequence[Area]
    proposed: Sequence[Item]
    going_on: Sequence[Item]
    least: int | None = None
    most: int | None = None
    deadline: dt.date | None = None
    brought: Mapping[int | None, dt.date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Line:
    """Money of one initiative in the year, part and source; None is not known, zero is zero."""

    item: Item
    part: BudgetPart
    source: Name
    external: bool
    planned: Decimal | None
    forecast: Decimal | None
    actual: Decimal | None


@dataclass(frozen=True, slots=True)
class FrameFacts:
    """What a portfolio may use in the year, what is planned within it, and what is left."""

    part: BudgetPart
    amount: Decimal | None
    used: Sum
    left: Decimal | None


@dataclass(frozen=True, slots=True)
class BudgetFacts:
    """A year's money: its lines in order of part, source and title; ``without`` has none of which anything is known."""

    setting: Setting
    year: int
    lines: Sequence[Line]
    frames: Sequence[FrameFacts]
    without: Sequence[tuple[Item, Answer]]
    locked: bool = False
    approved_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class CardFacts:
    """One initiative for its card (requirements 23 and 148); an ``internal`` card says more than a public one."""

    setting: Setting
    item: Item
    area: Name | None
    contact: Name | None = None
    present_state: str | None = None
    target_state: str | None = None
    solution: str | None = None
    links: Sequence[tuple[str, str]] = ()
    internal: bool = True


@dataclass(frozen=True, slots=True)
class DecisionFacts:
    """One decision; the proposal and what was decided are two texts even when equal (requirement 92b)."""

    date: dt.date | None
    section: str | None
    case_number: str | None
    title: Name
    proposal: str | None
    decision: str | None
    outcome: Outcome | None
    codes: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class DecisionsFacts:
    """A forum's decisions, the earliest first, of one year or of all."""

    setting: Setting
    forum: Name
    year: int | None
    decisions: Sequence[DecisionFacts]


Facts = ProgressFacts | MeasuresFacts | BudgetFacts | CardFacts | DecisionsFacts
