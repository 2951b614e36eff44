"""Whom to remind of which reviews of open rounds."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Text, and_, cast, func, select

from portfolio.accounts.models import User
from portfolio.accounts.queries import active_users, reporters_by_unit, users_of_posts
from portfolio.accounts.rules import reporters_of
from portfolio.core import history
from portfolio.core.history import Change, Revision
from portfolio.core.records import chunks
from portfolio.core.text import sort_key
from portfolio.organisation.models import Municipality, Post, Unit
from portfolio.organisation.queries import parents_of
from portfolio.register.models import Initiative
from portfolio.reviews.models import Review, ReviewReminder, ReviewRound
from portfolio.reviews.queries.waiting import asked_in_open_rounds, extensions_by_round
from portfolio.reviews.rules import UNANSWERED, Awaited, ReminderStage, ReviewState, due_day, due_reminders

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class RemindedReview:
    """One review as a mail names it; ``turn`` tells its returns apart (``models.ReviewReminder``)."""

    id: int
    round_fi: str
    round_sv: str | None
    code: str
    title_fi: str
    title_sv: str | None
    due_on: dt.date
    comment: str | None
    turn: int


@dataclass(frozen=True, slots=True)
class PlannedMail:
    """One mail that is due: to whom, why, of which reviews."""

    user: User
    stage: ReminderStage
    reviews: Sequence[RemindedReview]


@dataclass(frozen=True, slots=True)
class Unreached:
    """Reviews whose post, or unit, has nobody who can be written to."""

    post: Post | None
    unit: Unit | None
    reviews: Sequence[RemindedReview]


@dataclass(frozen=True, slots=True)
class ReminderPlan:
    """What is due today: mails by the receiver's name, and what must be told by other means."""

    mails: Sequence[PlannedMail]
    unreached: Sequence[Unreached]


def plan_reminders(
    session: Session, municipality: Municipality, today: dt.date, *, round_id: int | None = None
) -> ReminderPlan:
    """Tell what is to be sent today of a municipality's open rounds, or of one; nothing is written.

    Nine statements, however many reviews.
    """
    place = municipality.id
    rows = _awaited(session, place, round_id)
    if not rows:
        return ReminderPlan((), ())
    parents = parents_of(session, place)
    later = extensions_by_round(session, place, {row.round_id for row in rows})
    due = {row.id: due_day(row.due_on, row.unit_id, later.get(row.round_id, {}), parents) for row in rows}
    turns = _turns(session, [row.id for row in rows if row.state is ReviewState.RETURNED])
    people = active_users(session, place, today)
    by_unit = reporters_by_unit(session, place, today, people)
    units = {row.unit_id for row in rows if row.unit_id is not None}
    posts = {row.owner_post_id for row in rows if row.owner_post_id is not None}
    held = users_of_posts(session, place, posts, people.values(), today)
    found = due_reminders(
        [Awaited(row.id, row.state, due[row.id], row.unit_id, row.owner_post_id, row.delegate_id) for row in rows],
        people,
        {post: [user.id for user in users] for post, users in held.items()},
        reporters_of(parents, units, by_unit),
        _told(session, due, turns),
        today,
    )
    told = {row.id: _named(row, due[row.id], turns.get(row.id, 0)) for row in rows}
    mails = [
        PlannedMail(people[user], stage, [told[one] for one in ids]) for (user, stage), ids in found.to_send.items()
    ]
    mails.sort(key=lambda mail: (sort_key(mail.user.name), mail.user.id, mail.stage))
    unreached = set(found.unreached)
    return ReminderPlan(mails, _unreached(session, place, [row for row in rows if row.id in unreached], told))


def _awaited(session: Session, municipality_id: int, round_id: int | None) -> Sequence[Any]:
    """Read the reviews of open rounds that have no answer, in the order in which mails name them."""
    narrowed: list[ColumnElement[bool]] = [Review.state.in_(UNANSWERED)]
    if round_id is not None:
        narrowed.append(Review.round_id == round_id)
    chosen = asked_in_open_rounds(municipality_id).add_columns(Initiative.owner_post_id)
    order = (ReviewRound.due_on, ReviewRound.id, Initiative.title_sort, Review.id)
    return session.execute(chosen.where(and_(*narrowed)).order_by(*order)).all()


def _turns(session: Session, review_ids: Collection[int]) -> dict[int, int]:
    """Read in which revision each of these was last returned; an undo that brings a return back is none of its own."""
    found: dict[int, int] = {}
    for chunk in chunks(list(review_ids)):
        returned = (
            *(Change.entity == Review.__tablename__, Change.entity_id.in_(chunk), Change.field == "state"),
            *(cast(Change.new, Text) == f'"{ReviewState.RETURNED}"', Revision.source != "undo"),
        )
        latest = select(Change.entity_id, func.max(Change.revision_id)).join(Revision).where(*returned)
        found |= dict(session.execute(latest.group_by(Change.entity_id)).all())
    return found


def _told(
    session: Session, review_ids: Collection[int], turns: Mapping[int, int]
) -> set[tuple[int, ReminderStage, int]]:
    """Read what has been sent, or may have been: everything claimed that the server did not refuse.

    What told of an earlier return tells nothing of this one.
    """
    found: set[tuple[int, ReminderStage, int]] = set()
    columns = (ReviewReminder.review_id, ReviewReminder.stage, ReviewReminder.user_id, ReviewReminder.turn)
    for chunk in chunks(list(review_ids)):
        mine = (ReviewReminder.review_id.in_(chunk), ReviewReminder.refused.is_(None))
        for review, stage, user, turn in session.execute(select(*columns).where(*mine)):
            if stage is not ReminderStage.RETURNED or turn == turns.get(review):
                found.add((review, stage, user))
    return found


def _unreached(
    session: Session, municipality_id: int, rows: Sequence[Any], told: Mapping[int, RemindedReview]
) -> Sequence[Unreached]:
    """Gather what nobody can be told of by the post, or where there is none, by the unit."""
    if not rows:
        return ()
    together: dict[tuple[int | None, int | None], list[RemindedReview]] = defaultdict(list)
    for row in rows:
        unit = row.unit_id if row.owner_post_id is None else None
        together[row.owner_post_id, unit].append(told[row.id])
    posts = {one.id: one for one in history.rows(session, Post, municipality_id, with_removed=True)}
    units = {one.id: one for one in history.rows(session, Unit, municipality_id, with_removed=True)}
    found = [Unreached(posts.get(post or 0), units.get(unit or 0), ones) for (post, unit), ones in together.items()]
    return sorted(found, key=_place)


def _place(one: Unreached) -> tuple[bool, str, bool, str]:
    unit, post = one.unit, one.post
    return unit is None, unit.name_sort if unit else "", post is None, post.title_sort if post else ""


def _named(row: Any, due_on: dt.date, turn: int) -> RemindedReview:
    return RemindedReview(
        row.id,
        row.name_fi,
        row.name_sv,
        row.code,
        row.title_fi,
        row.title_sv,
        due_on,
        row.comment or None,
        turn,
    )
