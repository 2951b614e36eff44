"""Rounds and reviews in the words of the page's language."""

from __future__ import annotations

from portfolio.core.language import N_, say_plural
from portfolio.reviews.models import ReviewRound
from portfolio.reviews.queries import Follow, StepKind
from portfolio.reviews.rules import (
    HEALTH_WORDS,
    ROUND_WORDS,
    VERDICT_WORDS,
    Health,
    ReviewState,
    RoundState,
    Verdict,
    review_words,
)
from portfolio.web.current import current
from portfolio.web.language import gettext

STEP_WORDS = {
    StepKind.ASKED: N_("Asked in the round"),
    StepKind.WRITTEN: N_("Answered in part"),
    StepKind.SUBMITTED: N_("Submitted"),
    StepKind.RETURNED: N_("Returned"),
    StepKind.APPROVED: N_("Approved"),
    StepKind.RATED: N_("Rated by the office"),
    StepKind.DELEGATED: N_("Delegated to a colleague"),
}


class Words:
    """The words of closed lists, for templates."""

    @staticmethod
    def round_state(one: ReviewRound) -> str:
        """Say how a round stands."""
        return gettext(ROUND_WORDS[one.state])

    @staticmethod
    def state(one: ReviewState, asked: RoundState = RoundState.OPEN) -> str:
        """Say how far a review is in a round of this state."""
        return gettext(review_words(asked)[one])

    @staticmethod
    def health(one: Health | None) -> str:
        """Say a colour in its fixed wording."""
        return gettext(HEALTH_WORDS[one]) if one else ""

    @staticmethod
    def verdict(one: Verdict | None) -> str:
        """Say what is to become of it."""
        return gettext(VERDICT_WORDS[one]) if one else ""

    @staticmethod
    def step(one: StepKind) -> str:
        """Say what was done with a review."""
        return gettext(STEP_WORDS[one])


def sentence_of(found: Follow) -> str:
    """Say how a round stands: "12 katselmusta, 8 vastattu, 3 myöhässä"."""

    def ngettext(one: str, many: str, count: int) -> str:  # a name by which texts are collected for translation
        return say_plural(one, many, count, current.language) if count else ""

    answered = found.count(ReviewState.SUBMITTED, ReviewState.APPROVED)
    late = sum(unit.late for unit in found.units)
    parts = [
        ngettext("%(num)s review", "%(num)s reviews", len(found.rows)) or gettext("Nothing is asked in this round"),
        ngettext("%(num)s answered", "%(num)s answered", answered),
        ngettext("%(num)s returned", "%(num)s returned", found.count(ReviewState.RETURNED)),
        ngettext("%(num)s late", "%(num)s late", late),
    ]
    return ", ".join(filter(None, parts))
