"""Who may answer which reviews now: asked before every answer, draft and delegation."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from portfolio.core.problem import Problem
from portfolio.core.records import GONE, Problems, fresh_rows
from portfolio.core.rights import Actor, working_in
from portfolio.register.models import Initiative
from portfolio.reviews.models import Review, ReviewRound
from portfolio.reviews.rules import ReviewFacts, check_standing, may_answer, may_judge
from portfolio.reviews.rules.answers import NOT_YOURS

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

ASKED = ("round_id", "initiative_id", "state", "delegate_id")
ABOUT = ("code", "title_fi", "status", "unit_id", "owner_post_id", "completed_on", "in_use_on", "version")


class Standing:
    """Reviews with their rounds and initiatives, read past whatever the session holds."""

    def __init__(
        self, session: Session, actor: Actor, review_ids: Collection[int], names: Collection[str] = ()
    ) -> None:
        """Read the reviews with the columns named beside those that the judging asks for."""
        self._actor = actor
        place = working_in(actor)
        self.reviews = fresh_rows(session, Review, place, review_ids, {*ASKED, *names})
        rounds = {row["round_id"] for row in self.reviews.values()}
        items = {row["initiative_id"] for row in self.reviews.values()}
        self.rounds = fresh_rows(
            session, ReviewRound, place, rounds, ("state", "template_id", "period_last", "portfolio_id", "name_fi")
        )
        self.initiatives = fresh_rows(session, Initiative, place, items, ABOUT)

    def round_of(self, review_id: int) -> Mapping[str, Any]:
        """Return the round of a review."""
        return self.rounds[self.reviews[review_id]["round_id"]]

    def initiative_of(self, review_id: int) -> Mapping[str, Any]:
        """Return the initiative of a review."""
        return self.initiatives[self.reviews[review_id]["initiative_id"]]

    def name_of(self, review_id: int) -> str:
        """Name a review in a message by its initiative."""
        return str(self.initiative_of(review_id)["code"]) if review_id in self.reviews else str(review_id)

    def problems(self, review_ids: Collection[int]) -> Problems:
        """Tell which reviews the actor may not answer now, and why."""
        return {identity: self._judge(identity) for identity in review_ids}

    def _judge(self, identity: int) -> list[Problem]:
        review = self.reviews.get(identity)
        if review is None or review["removed"] or self.initiative_of(identity)["removed"]:
            return [Problem(GONE)]
        if problems := check_standing(self.round_of(identity)["state"], review["state"]):
            return problems
        item = self.initiative_of(identity)
        facts = ReviewFacts(item["unit_id"], item["owner_post_id"], review["delegate_id"])
        allowed = may_judge(self._actor) or may_answer(self._actor, facts)
        return [] if allowed else [Problem(NOT_YOURS)]
