"""The register's closed lists, its lifecycle table, and what they mean for time."""

from __future__ import annotations

import datetime as dt
import enum

from portfolio.core.timespan import Kind, Timespan


class PortfolioKind(enum.StrEnum):
    """The three kinds of portfolios."""

    ACTION_PROGRAMME = "action_programme"
    NEED_PORTFOLIO = "need_portfolio"
    DEVELOPMENT_PORTFOLIO = "development_portfolio"


class InitiativeKind(enum.StrEnum):
    """Need, project or measure (tarve, hanke, toimenpide)."""

    NEED = "need"
    PROJECT = "project"
    MEASURE = "measure"


class Status(enum.StrEnum):
    """The lifecycle of an initiative."""

    PROPOSED = "proposed"
    IN_PREPARATION = "in_preparation"
    APPROVED = "approved"
    UNDER_WAY = "under_way"
    COMPLETED = "completed"
    IN_USE = "in_use"
    ESTABLISHED = "established"
    PAUSED = "paused"
    STOPPED = "stopped"
    REJECTED = "rejected"
    MERGED = "merged"


class Publicity(enum.StrEnum):
    """Drafts are internal until someone with the right makes them public (julkisuuslaki 621/1999)."""

    INTERNAL = "internal"
    PUBLIC = "public"


class Answer(enum.StrEnum):
    """Yes, no, or not known yet: unknown is an answer of its own."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Reach(enum.StrEnum):
    """Whether a measure concerns the whole organisation or one unit (requirement 11)."""

    ORGANISATION = "organisation"
    UNIT = "unit"


class Benefit(enum.StrEnum):
    """Kinds of benefit (requirement 8)."""

    PRODUCTIVITY = "productivity"
    RESULTS = "results"
    EFFECTIVENESS = "effectiveness"
    WORK_LIFE_QUALITY = "work_life_quality"
    COST_SAVING = "cost_saving"
    AVAILABILITY = "availability"


class MilestoneKind(enum.StrEnum):
    """A step of the work, a report to somebody, or taking the result into use."""

    STEP = "step"
    REPORT = "report"
    ADOPTION = "adoption"


TRANSITIONS: dict[Status, frozenset[Status]] = {
    Status.PROPOSED: frozenset({Status.IN_PREPARATION, Status.APPROVED, Status.REJECTED, Status.MERGED}),
    Status.IN_PREPARATION: frozenset({Status.PROPOSED, Status.APPROVED, Status.REJECTED, Status.PAUSED, Status.MERGED}),
    Status.APPROVED: frozenset({Status.UNDER_WAY, Status.PAUSED, Status.STOPPED, Status.MERGED}),
    Status.UNDER_WAY: frozenset({Status.COMPLETED, Status.PAUSED, Status.STOPPED, Status.MERGED}),
    Status.COMPLETED: frozenset({Status.IN_USE, Status.ESTABLISHED, Status.UNDER_WAY}),
    Status.IN_USE: frozenset({Status.ESTABLISHED, Status.UNDER_WAY, Status.STOPPED}),
    Status.ESTABLISHED: frozenset({Status.STOPPED}),
    Status.PAUSED: frozenset({Status.IN_PREPARATION, Status.APPROVED, Status.UNDER_WAY, Status.STOPPED, Status.MERGED}),
    Status.STOPPED: frozenset({Status.PROPOSED}),
    Status.REJECTED: frozenset({Status.PROPOSED}),
    Status.MERGED: frozenset(),
}
"""From each status, those it may move to; staying is always allowed, and undo goes round the table."""

OPEN_STATUSES = frozenset({Status.PROPOSED, Status.IN_PREPARATION, Status.APPROVED, Status.UNDER_WAY, Status.PAUSED})
"""Statuses in which work or a decision is still ahead: only these can be late."""


def may_move(old: Status, new: Status) -> bool:
    """Tell whether the lifecycle allows the step."""
    return old is new or new in TRANSITIONS[old]


def is_late(status: Status, ends_on: dt.date | None, today: dt.date) -> bool:
    """Tell whether work or a decision that is still ahead should have been done before today."""
    return status in OPEN_STATUSES and ends_on is not None and ends_on < today


def is_undated(span: Timespan | None) -> bool:
    """Tell whether nothing is known of when: no interval, and neither ongoing nor recurring (requirement 5)."""
    if span is None or span.start is not None or span.end is not None:
        return span is None
    return span.kind not in {Kind.ONGOING, Kind.RECURRING}
