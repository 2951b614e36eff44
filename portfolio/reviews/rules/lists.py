"""The closed lists of reviews: how a round stands, how an answer stands, the colours of health, the verdicts."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from types import MappingProxyType

from portfolio.core.language import N_
from portfolio.register.rules import Status


class RoundState(enum.StrEnum):
    """A round is prepared, then answered, then closed; it may be opened again, which the history tells."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"


class ReviewState(enum.StrEnum):
    """How far one initiative's review is."""

    WAITING = "waiting"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"


class Health(enum.StrEnum):
    """Where the work stands against its goal, in three colours of fixed wording (tilannearvio)."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"

    @property
    def rank(self) -> int:
        """Return its place from the best one."""
        return list(Health).index(self)

    @property
    def words(self) -> str:
        """Return its fixed wording, a msgid."""
        return HEALTH_WORDS[self]


class Verdict(enum.StrEnum):
    """What is to become of an initiative after its review (requirements 46–49)."""

    CONTINUE = "continue"
    RESUME = "resume"
    REDIRECT = "redirect"
    PAUSE = "pause"
    MERGE = "merge"
    COMPLETE = "complete"
    TAKE_INTO_USE = "take_into_use"
    MAKE_PERMANENT = "make_permanent"
    STOP = "stop"


class ReminderStage(enum.StrEnum):
    """When a reminder is sent, by how the due date lies; each goes out at most once, a return once each time."""

    OPENED = "opened"
    SOON = "soon"
    LATE = "late"
    RETURNED = "returned"


HEALTH_WORDS: Mapping[Health, str] = MappingProxyType(
    {
        Health.GREEN: N_("Goes as planned"),
        Health.YELLOW: N_("At risk: needs attention"),
        Health.RED: N_("Does not go ahead: needs a decision"),
    }
)
"""The same words for everybody, so that a colour means the same in each service area."""

VERDICT_WORDS: Mapping[Verdict, str] = MappingProxyType(
    {
        Verdict.CONTINUE: N_("Continue"),
        Verdict.RESUME: N_("Resume"),
        Verdict.REDIRECT: N_("Redirect"),
        Verdict.PAUSE: N_("Pause"),
        Verdict.MERGE: N_("Merge into another"),
        Verdict.COMPLETE: N_("Complete"),
        Verdict.TAKE_INTO_USE: N_("Take into use"),
        Verdict.MAKE_PERMANENT: N_("Make permanent"),
        Verdict.STOP: N_("Stop"),
    }
)

ROUND_WORDS: Mapping[RoundState, str] = MappingProxyType(
    {RoundState.DRAFT: N_("Being prepared"), RoundState.OPEN: N_("Open"), RoundState.CLOSED: N_("Closed")}
)

REVIEW_WORDS: Mapping[ReviewState, str] = MappingProxyType(
    {
        ReviewState.WAITING: N_("Waits for an answer"),
        ReviewState.SUBMITTED: N_("Submitted"),
        ReviewState.RETURNED: N_("Returned"),
        ReviewState.APPROVED: N_("Approved"),
    }
)
NOT_ANSWERED = N_("Not answered")

STAGE_WORDS: Mapping[ReminderStage, str] = MappingProxyType(
    {
        ReminderStage.OPENED: N_("The round opened"),
        ReminderStage.SOON: N_("The due day is near"),
        ReminderStage.LATE: N_("Late"),
        ReminderStage.RETURNED: N_("Returned"),
    }
)
"""Why somebody was reminded."""

OUTCOME_STATUS: Mapping[Verdict, Status] = MappingProxyType(
    {
        Verdict.PAUSE: Status.PAUSED,
        Verdict.MERGE: Status.MERGED,
        Verdict.COMPLETE: Status.COMPLETED,
        Verdict.TAKE_INTO_USE: Status.IN_USE,
        Verdict.MAKE_PERMANENT: Status.ESTABLISHED,
        Verdict.STOP: Status.STOPPED,
    }
)
"""Verdict → the status that an initiative gets by it; the others leave it as it is, but resuming leads back."""

STAYING: Mapping[Status, Verdict] = MappingProxyType({Status.PAUSED: Verdict.PAUSE, Status.STOPPED: Verdict.STOP})
"""Halted status → the verdict by which it stays: of halted work "continue" would not tell whether it goes on."""

REVIEWED = frozenset({Status.APPROVED, Status.UNDER_WAY, Status.PAUSED})
"""The statuses whose initiatives a round asks about, unless it says otherwise."""

ANSWERED = frozenset({ReviewState.SUBMITTED, ReviewState.APPROVED})
"""States in which the office has the answer."""
UNANSWERED = frozenset(ReviewState) - ANSWERED
"""States in which the answer is awaited."""


def review_words(asked: RoundState) -> Mapping[ReviewState, str]:
    """Return the words of each state in a round: once it is closed, nobody is waited for."""
    if asked != RoundState.CLOSED:
        return REVIEW_WORDS
    return {**REVIEW_WORDS, ReviewState.WAITING: NOT_ANSWERED}
