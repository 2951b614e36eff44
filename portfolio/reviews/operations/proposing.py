"""New measures for the next year, proposed in the round that reports on this one (requirement 145)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from portfolio.core.history import take_turn
from portfolio.core.problem import Problem, Refusal
from portfolio.core.records import GONE, Records, fresh_rows
from portfolio.core.rights import Actor, working_in
from portfolio.register.operations import create_initiatives
from portfolio.reviews.models import ReviewRound, RoundProposal
from portfolio.reviews.rules import ReviewState, check_standing

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_PROPOSALS = Records(RoundProposal, right=None, needs=frozenset({"round_id", "initiative_id"}))


def propose_initiative(session: Session, actor: Actor, round_id: int, values: Mapping[str, Any]) -> int:
    """Propose a new initiative in an open round and return its id; it comes into the round's portfolio.

    Who may propose for which unit is the register's rule.
    """
    take_turn(session)
    round_ = fresh_rows(session, ReviewRound, working_in(actor), [round_id], ("state", "portfolio_id")).get(round_id)
    if round_ is None or round_["removed"]:
        raise Refusal(Problem(GONE))
    if problems := check_standing(round_["state"], ReviewState.WAITING):
        raise Refusal(*problems)
    draft = {**values, "portfolio_id": round_["portfolio_id"]}
    identity = create_initiatives(session, actor, [draft])[0]
    _PROPOSALS.create(session, actor, [{"round_id": round_id, "initiative_id": identity}])
    return identity
