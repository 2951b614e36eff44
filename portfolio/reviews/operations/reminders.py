"""Sending reminders once to each: by the command, by a job from a round's page, and again what was refused."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Sequence
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import select, update

from portfolio.core.claims import Claim, Claimed, Clock, Sent, claim_row, send_claimed
from portfolio.core.database import open_session
from portfolio.core.jobs import Job, create_job
from portfolio.core.language import N_
from portfolio.core.problem import Problem, Refusal
from portfolio.core.rights import Actor, Right, require
from portfolio.files.mail import Mail, send_each
from portfolio.organisation.models import Municipality
from portfolio.organisation.rules import today_in
from portfolio.reviews.models import Review, ReviewReminder
from portfolio.reviews.operations.reminder_mails import mail_of
from portfolio.reviews.queries.reminding import IN_DOUBT, PlannedMail, again, plan_reminders

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

    from portfolio.config import MailSettings, Smtp
    from portfolio.core.jobs import JobFacts, Progress

NO_SERVER = N_("There is no mail server, so nobody was reminded.")
NOT_IN_DOUBT = N_("It is known by now what became of this mail.")
IN_VAIN = N_("Nobody knew whether it went; it is sent again.")
SENDING = N_("Sending the reminders")

OF_ROUND = "reminders"
"""The kind of job that sends what is due in a round today; its subject is the round."""


def send_reminders(
    engine: Engine,
    smtp: Smtp,
    planned: Sequence[PlannedMail],
    municipality: Municipality,
    base: str | None,
    clock: Clock,
    tell: Callable[[int], None] | None = None,
) -> Sent:
    """Send mails that are due, each of what nobody has claimed or the server refused before; none goes out twice.

    ``tell`` is told how many are behind; it may raise to stop the work between two.
    """
    claims = [_claim(one, municipality, base, clock) for one in planned]
    return send_claimed(engine, ReviewReminder, claims, partial(send_each, smtp), clock, tell)


def remind_soon(session: Session, actor: Actor, round_id: int) -> Job:
    """Make the job that sends what is due in a round today, and what was refused before."""
    place = require(actor, Right.MANAGE)
    return create_job(session, OF_ROUND, round_id, municipality_id=place, user_id=actor.user_id, at=actor.at)


def post_reminders(engine: Engine, job: JobFacts, progress: Progress, mail: MailSettings, clock: Clock) -> None:
    """Send the reminders of a round; the handler of the jobs of :data:`OF_ROUND`. Run again it sends what is left."""
    if mail.smtp is None:
        raise Refusal(Problem(NO_SERVER))
    with open_session(engine, write=False) as session:
        municipality = session.get_one(Municipality, job.municipality_id)
        today = today_in(municipality.demo_day, job.made_at)
        due = list(plan_reminders(session, municipality, today, round_id=job.subject_id).mails)
        refused = again(session, municipality, _refused_in(session, job.subject_id))
    fresh = {(mail.user.id, mail.stage) for mail in due}
    mails = due + [one for one in refused if (one.user.id, one.stage) not in fresh]
    send_reminders(
        engine,
        mail.smtp,
        mails,
        municipality,
        mail.public_url,
        clock,
        lambda done: progress(SENDING, done, len(mails)),
    )


def get_sending(session: Session, municipality_id: int, key: int, *, at: int | None = None) -> Job | None:
    """Find a job of reminders of a municipality by its id (a loader); jobs have no history."""
    job = session.get(Job, key) if at is None else None
    return job if job is not None and job.municipality_id == municipality_id and job.kind == OF_ROUND else None


def settle_reminders(session: Session, actor: Actor, round_id: int, ids: Collection[int], *, went: bool) -> None:
    """Say for a mail without a known outcome that it went, or that it did not: then it may be sent again.

    Refuses where the outcome is known by now, or the mail may still be on its way.
    """
    place = require(actor, Right.MANAGE)
    reviews = select(Review.id).where(Review.municipality_id == place, Review.round_id == round_id)
    unknown = (
        ReviewReminder.id.in_(list(ids)),
        ReviewReminder.review_id.in_(reviews),
        ReviewReminder.sent_at.is_(None),
        ReviewReminder.refused.is_(None),
        ReviewReminder.claimed_at < actor.at - IN_DOUBT,
    )
    fate = {"sent_at": ReviewReminder.claimed_at} if went else {"refused": IN_VAIN}
    settled = session.scalars(update(ReviewReminder).where(*unknown).values(fate).returning(ReviewReminder.id)).all()
    if not settled:
        raise Refusal(Problem(NOT_IN_DOUBT))


def outcome(session: Session, job: Job) -> Sent:
    """Count what became of a job's mails since it was made: taken and refused."""
    reviews = select(Review.id).where(Review.round_id == job.subject_id)
    mails: dict[tuple[int, str, dt.datetime], bool] = {}
    mine = (ReviewReminder.review_id.in_(reviews), ReviewReminder.claimed_at >= job.made_at)
    for row in session.scalars(select(ReviewReminder).where(*mine)):
        mails[row.user_id, row.stage, row.claimed_at] = row.refused is not None
    refused = sum(mails.values())
    return Sent(len(mails) - refused, refused)


def _refused_in(session: Session, round_id: int) -> list[int]:
    reviews = select(Review.id).where(Review.round_id == round_id)
    mine = (ReviewReminder.review_id.in_(reviews), ReviewReminder.refused.is_not(None))
    return list(session.scalars(select(ReviewReminder.id).where(*mine)))


def _claim(planned: PlannedMail, municipality: Municipality, base: str | None, clock: Clock) -> Claim[Mail]:
    """Claim the reviews of one mail together; those that somebody else took up are left out of it."""

    def claim(session: Session) -> Claimed[Mail] | None:
        mine: dict[int, int] = {}
        at = clock()
        for one in sorted(
            planned.reviews, key=lambda review: review.id
        ):  # in one order, so that two never wait in a ring
            key = {"review_id": one.id, "stage": planned.stage, "user_id": planned.user.id}
            identity = claim_row(session, ReviewReminder, key, at)
            if identity is not None:
                mine[one.id] = identity
        told = [one for one in planned.reviews if one.id in mine]
        return Claimed(tuple(mine.values()), mail_of(planned, told, municipality, base)) if told else None

    return claim
