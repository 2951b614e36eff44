"""What the office has to do with rounds: open those whose day has come, wait for answers, close what is whole."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portfolio.core import history
from portfolio.organisation.queries import parents_of
from portfolio.register.models import Initiative
from portfolio.reviews.models import Review, ReviewRound
from portfolio.reviews.queries.waiting import extensions_by_round
from portfolio.reviews.rules import UNANSWERED, ReviewState, RoundState, due_day


@dataclass(frozen=True, slots=True)
class Tended:
    """One round that asks something of the office: ``missing`` answers, and how many of them are ``late``.

    ``opens`` and ``closes`` tell that it may be opened, or closed, now.
    """

    round: ReviewRound
    missing: int = 0
    late: int = 0
    opens: bool = False
    closes: bool = False


def rounds_to_tend(session: Session, municipality_id: int, *, today: dt.date) -> list[Tended]:
    """Return the rounds that ask something of the office today, the first due first; at most four statements."""
    wanted = frozenset({RoundState.DRAFT, RoundState.OPEN})
    rounds = history.rows(session, ReviewRound, municipality_id, state=wanted)
    drafts = [Tended(one, opens=True) for one in rounds if one.state is RoundState.DRAFT and one.opens_on <= today]
    open_ones = {one.id: one for one in rounds if one.state is RoundState.OPEN}
    if not open_ones:
        return drafts
    counted = _counted(session, municipality_id, open_ones.keys())
    parents = parents_of(session, municipality_id)
    later = extensions_by_round(session, municipality_id, set(open_ones))
    found = list(drafts)
    for identity, one in open_ones.items():
        own = counted.get(identity, {})
        missing = {key: number for key, number in own.items() if key[1] in UNANSWERED}
        late = [
            number
            for (unit, _), number in missing.items()
            if due_day(one.due_on, unit, later.get(identity, {}), parents) < today
        ]
        closes = bool(own) and all(state is ReviewState.APPROVED for _, state in own)
        if missing or closes:
            found.append(Tended(one, sum(missing.values()), sum(late), closes=closes))
    return sorted(found, key=lambda one: (one.round.due_on, one.round.id))


def _counted(
    session: Session, municipality_id: int, rounds: Collection[int]
) -> dict[int, dict[tuple[int | None, ReviewState], int]]:
    """Count the reviews of rounds by unit and state."""
    grouped = (
        select(Review.round_id, Initiative.unit_id, Review.state, func.count())
        .join(Initiative, Initiative.id == Review.initiative_id)
        .where(
            *(Review.municipality_id == municipality_id, Review.round_id.in_(rounds)),
            *(Review.removed.is_(False), Initiative.removed.is_(False)),
        )
        .group_by(Review.round_id, Initiative.unit_id, Review.state)
    )
    found: defaultdict[int, dict[tuple[int | None, ReviewState], int]] = defaultdict(dict)
    for round_id, unit_id, state, number in session.execute(grouped):
        found[round_id][unit_id, state] = number
    return dict(found)
