"""An initiative's reviews as its card shows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from portfolio.core import history
from portfolio.reviews.models import Review, ReviewRound
from portfolio.reviews.rules import Health, ReviewState, RoundState

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

    from portfolio.register.models import Initiative


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One review with its round; ``waits`` where an open round still asks for the answer."""

    review: Review
    round: ReviewRound

    @property
    def waits(self) -> bool:
        """Tell whether an open round waits for it."""
        return self.round.state is RoundState.OPEN and self.review.approved_on is None


def reviews_on_card(session: Session, initiative: Initiative, *, at: int | None = None) -> list[Reviewed]:
    """Return an initiative's reviews, the latest period first, now or after a revision; at most two statements."""
    place = initiative.municipality_id
    reviews = history.few(session, Review, place, at, initiative_id=initiative.id)
    if not reviews:
        return []
    ids = frozenset(one.round_id for one in reviews)
    rounds = {one.id: one for one in history.few(session, ReviewRound, place, at, id=ids)}
    found = [Reviewed(one, rounds[one.round_id]) for one in reviews if one.round_id in rounds]
    return sorted(found, key=lambda one: (one.round.period_last, one.review.id), reverse=True)


def health_in(reviewed: Iterable[Reviewed]) -> Health | None:
    """Tell the health that the review last approved gives, as lists and the roadmap show it."""
    told = [
        one.review
        for one in reviewed
        if one.review.state is ReviewState.APPROVED and one.review.health and one.review.approved_on
    ]
    return max(told, key=lambda review: (review.approved_on, review.id)).health if told else None
