"""Which reviews of open rounds are a person's to answer, and which wait for the office."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, false, func, or_, select
from sqlalchemy.orm import Session

from portfolio.core.rights import FIELDS, Actor, FieldGroup, Scope
from portfolio.organisation.queries import units
from portfolio.register.models import Initiative
from portfolio.reviews.models import Review, ReviewRound, RoundExtension
from portfolio.reviews.rules import UNANSWERED, Health, ReviewState, RoundState, days_late, due_day


@dataclass(frozen=True, slots=True)
class OwnReview:
    """One review that a person answers; ``late`` counts the days past its due day."""

    id: int
    round_id: int
    round_fi: str
    round_sv: str | None
    initiative_id: int
    code: str
    title_fi: str
    title_sv: str | None
    state: ReviewState
    health: Health | None
    comment: str | None
    delegate_id: int | None
    due_on: dt.date
    late: int

    @property
    def waits(self) -> bool:
        """Tell whether an answer is still missing."""
        return self.state in UNANSWERED


@dataclass(frozen=True, slots=True)
class Approvals:
    """One open round with how many answers in it wait for the office."""

    round_id: int
    name_fi: str
    name_sv: str | None
    number: int


def own_reviews(session: Session, actor: Actor, municipality_id: int, *, today: dt.date) -> list[OwnReview]:
    """Return what a person answers in open rounds: what waits first, then by due day.

    One's own are those of the units one reports for, of the posts one holds, and those delegated to one. Who may
    answer for everybody is not asked about everything. At most three statements, however many reviews.
    """
    mine = list(_is_own(actor))
    if not mine:
        return []
    rows = session.execute(asked_in_open_rounds(municipality_id).where(or_(*mine))).all()
    if not rows:
        return []
    parents = {one.unit.id: one.unit.parent_id for one in units(session, municipality_id)}
    later = extensions_by_round(session, municipality_id, {row.round_id for row in rows})
    found = [_own(row, due_day(row.due_on, row.unit_id, later.get(row.round_id, {}), parents), today) for row in rows]
    return sorted(found, key=lambda one: (not one.waits, one.due_on, one.title_fi.casefold(), one.id))


def is_asked_to_answer(session: Session, actor: Actor) -> bool:
    """Tell whether a review of an open round was delegated to the actor, whatever else the actor may do."""
    if actor.user_id is None or actor.municipality_id is None:
        return False
    mine = select(Review.id).join(ReviewRound, ReviewRound.id == Review.round_id)
    mine = mine.join(Initiative, Initiative.id == Review.initiative_id).where(*_open(actor.municipality_id))
    return session.scalar(mine.where(Review.delegate_id == actor.user_id).limit(1)) is not None


def to_approve(session: Session, municipality_id: int) -> list[Approvals]:
    """Return the open rounds in which answers wait for the office."""
    counted = (
        select(ReviewRound.id, ReviewRound.name_fi, ReviewRound.name_sv, func.count())
        .join(Review, Review.round_id == ReviewRound.id)
        .join(Initiative, Initiative.id == Review.initiative_id)
        .where(*_open(municipality_id), Review.state == ReviewState.SUBMITTED)
        .group_by(ReviewRound.id, ReviewRound.name_fi, ReviewRound.name_sv)
        .order_by(ReviewRound.id)
    )
    return [Approvals(*row) for row in session.execute(counted)]


def _is_own(actor: Actor) -> Iterator[ColumnElement[bool]]:
    """Give what makes a review one's own, in the same terms as the rule ``may_answer``."""
    if actor.user_id is not None:
        yield Review.delegate_id == actor.user_id
    if actor.post_ids:
        yield Initiative.owner_post_id.in_(actor.post_ids)
    for grant in actor.grants:
        if FIELDS[grant.role].get(FieldGroup.CONTENT) is Scope.OWN:
            yield Initiative.unit_id.in_(grant.unit_ids) if grant.unit_ids is not None else Initiative.id.is_not(None)


def _open(municipality_id: int) -> tuple[ColumnElement[bool], ...]:
    return (
        Review.municipality_id == municipality_id,
        Review.removed.is_(False),
        Initiative.removed.is_(False),
        ReviewRound.removed.is_(False),
        ReviewRound.state == RoundState.OPEN,
    )


def asked_in_open_rounds(municipality_id: int) -> Any:
    """Select the reviews of open rounds with what lists and mails show of their initiatives and rounds."""
    review = (Review.id, Review.round_id, Review.initiative_id, Review.state, Review.health, Review.comment)
    about = (Initiative.code, Initiative.title_fi, Initiative.title_sv, Initiative.unit_id)
    round_ = (ReviewRound.name_fi, ReviewRound.name_sv, ReviewRound.due_on, Review.delegate_id, Review.submitted_on)
    return (
        select(*review, *about, *round_)
        .join(ReviewRound, ReviewRound.id == Review.round_id)
        .join(Initiative, Initiative.id == Review.initiative_id)
        .where(*_open(municipality_id))
    )


def extensions_by_round(session: Session, municipality_id: int, rounds: set[int]) -> dict[int, dict[int, dt.date]]:
    """Return the later due dates of rounds: round → unit → day."""
    chosen = select(RoundExtension.round_id, RoundExtension.unit_id, RoundExtension.due_on).where(
        and_(RoundExtension.municipality_id == municipality_id, RoundExtension.removed.is_(False)),
        RoundExtension.round_id.in_(rounds) if rounds else false(),
    )
    found: dict[int, dict[int, dt.date]] = {}
    for round_id, unit_id, due_on in session.execute(chosen):
        found.setdefault(round_id, {})[unit_id] = due_on
    return found


def _own(row: Any, due_on: dt.date, today: dt.date) -> OwnReview:
    return OwnReview(
        row.id,
        row.round_id,
        row.name_fi,
        row.name_sv,
        row.initiative_id,
        row.code,
        row.title_fi,
        row.title_sv,
        row.state,
        row.health,
        row.comment,
        row.delegate_id,
        due_on,
        days_late(row.state, row.submitted_on, due_on, today),
    )
