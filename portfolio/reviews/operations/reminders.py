"""Sending reminders once to each: by the command, by a job from a round's page, and again what was refused."""

from __future__ import annotations

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
from portfolio.reviews.queries.reminded import IN_DOUBT, OF_ROUND
from portfolio.reviews.queries.reminding import PlannedMail, plan_reminders
from portfolio.reviews.rules import ReminderStage

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

    from portfolio.config import MailSettings, Smtp
    from portfolio.core.jobs import JobFacts, Progress

NO_SERVER = N_("There is no mail server, so nobody was reminded.")
NOT_IN_DOUBT = N_("It is known by now what became of this mail.")
IN_VAIN = N_("Nobody knew whether it went; it is sent again.")
SENDING = N_("Sending the reminders")


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
    """Make the job that sends what is due in a round today; what was refused is due again."""
    place = require(actor, Right.MANAGE)
    return create_job(session, OF_ROUND, round_id, municipality_id=place, user_id=actor.user_id, at=actor.at)


def post_reminders(engine: Engine, job: JobFacts, progress: Progress, mail: MailSettings, clock: Clock) -> None:
    """Send the reminders of a round; the handler of the jobs of :data:`OF_ROUND`. Run again it sends what is left."""
    if mail.smtp is None:
        raise Refusal(Problem(NO_SERVER))
    with open_session(engine, write=False) as session:
        municipality = session.get_one(Municipality, job.municipality_id)
        today = today_in(municipality.demo_day, job.made_at)
        mails = plan_reminders(session, municipality, today, round_id=job.subject_id).mails
    send_reminders(
        engine,
        mail.smtp,
        mails,
        municipality,
        mail.public_url,
        clock,
        lambda done: progress(SENDING, done, len(mails)),
    )


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


def _claim(planned: PlannedMail, municipality: Municipality, base: str | None, clock: Clock) -> Claim[Mail]:
    """Claim the reviews of one mail together; those that somebody else took up are left out of it."""

    def claim(session: Session) -> Claimed[Mail] | None:
        mine: dict[int, int] = {}
        at = clock()
        in_order = sorted(planned.reviews, key=lambda review: review.id)  # in one, so that two never wait in a ring
        for one in in_order:
            turn = one.turn if planned.stage is ReminderStage.RETURNED else 0
            key = {"review_id": one.id, "stage": planned.stage, "turn": turn, "user_id": planned.user.id}
            identity = claim_row(session, ReviewReminder, key, at)
            if identity is not None:
                mine[one.id] = identity
        told = [one for one in planned.reviews if one.id in mine]
        return Claimed(tuple(mine.values()), mail_of(planned, told, municipality, base)) if told else None

    return claim
