"""The reminders of a round: who was told when, what was refused or is in doubt, who has no e-mail; sending them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, flash, redirect, render_template, request, url_for

from portfolio.core.columns import read_id
from portfolio.core.jobs import Job, JobState, ask_to_cancel, state_of, try_again
from portfolio.core.rights import Right
from portfolio.organisation.models import Municipality
from portfolio.reviews import queries
from portfolio.reviews.models import ReviewRound
from portfolio.reviews.operations.reminders import IN_VAIN, remind_soon, settle_reminders
from portfolio.reviews.queries.reminded import get_sending, past_mails, sent_by
from portfolio.reviews.queries.reminding import ReminderPlan, plan_reminders
from portfolio.reviews.rules import STAGE_WORDS, RoundState
from portfolio.reviews.views.room import blueprint
from portfolio.web.access import access
from portfolio.web.current import current
from portfolio.web.jobs import progress_answer, start_after_commit
from portfolio.web.language import gettext, name_of
from portfolio.web.limits import limiter
from portfolio.web.mailing import mail_settings, tell_sent
from portfolio.web.session import brief_write

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as Answer


@blueprint.get("/<municipality>/reviews/<int:asked>/reminders")
@access(Right.MANAGE, load={"asked": queries.get_round})
def reminders(asked: ReviewRound) -> str:
    """Show what is to be sent today, and what became of what was sent."""
    session, place = current.session, asked.municipality_id
    is_open = asked.state is RoundState.OPEN and not asked.removed
    town = current.loaded(Municipality)
    plan = plan_reminders(session, town, current.today, round_id=asked.id) if is_open else ReminderPlan((), ())
    mails = past_mails(session, place, asked.id)
    return render_template(
        "reviews/reminders.html",
        asked=asked,
        name=name_of(asked),
        plan=plan,
        mails=mails,
        refused=any(one.refused for one in mails),
        is_open=is_open,
        may_mail=current.installation.settings.smtp is not None,
        in_vain=IN_VAIN,
        now=current.now,
        stage_words=STAGE_WORDS,
    )


@blueprint.post("/<municipality>/reviews/<int:asked>/reminders")
@access(Right.MANAGE, load={"asked": queries.get_round}, writes=False)
@limiter.limit("60 per hour")
def send_reminders(asked: ReviewRound) -> Answer:
    """Have what is due today sent, and what was refused before; each gets each mail once."""
    if current.installation.settings.smtp is None or asked.state is not RoundState.OPEN or asked.removed:
        abort(409)
    with brief_write() as session:  # a transaction of its own, since hits are counted in another one
        job_id = remind_soon(session, current.actor, asked.id).id
    start_after_commit(job_id, mail_settings().environment)
    return redirect(url_for("reviews.sending", job=job_id))


@blueprint.post("/<municipality>/reviews/<int:asked>/reminders/settle")
@access(Right.MANAGE, load={"asked": queries.get_round})
def settle_reminder(asked: ReviewRound) -> Answer:
    """Say of a mail whose outcome nobody knows that it went, or that it goes again with the next sending."""
    ids = frozenset(filter(None, map(read_id, request.form.getlist("reminder"))))
    went = request.form.get("outcome") == "sent"
    settle_reminders(current.session, current.actor, asked.id, ids, went=went)
    flash(
        gettext("The mail is marked as sent.") if went else gettext("The mail goes again with the next sending."), "ok"
    )
    return redirect(url_for("reviews.reminders", asked=asked.id))


@blueprint.get("/<municipality>/reviews/sendings/<int:job>")
@access(Right.MANAGE, load={"job": get_sending})
def sending(job: Job) -> Answer:
    """Show how far the sending is; when it is done, the reminders' page tells what became of each."""
    back = url_for("reviews.reminders", asked=job.subject_id)
    if state_of(job, current.now) is JobState.DONE:
        nobody = gettext("There was nobody to remind: all have been told already.")
        tell_sent(sent_by(current.session, job), nobody=nobody)
    return progress_answer(
        job,
        title=gettext("Sending the reminders"),
        done_url=back,
        back_url=back,
        cancel_url=url_for("reviews.stop_sending", job=job.id),
        again_url=url_for("reviews.sending_again", job=job.id),
        crumbs=[{"label": gettext("Review rounds"), "url": url_for("reviews.rounds")}],
    )


@blueprint.post("/<municipality>/reviews/sendings/<int:job>/stop")
@access(Right.MANAGE, load={"job": get_sending})
def stop_sending(job: Job) -> Answer:
    """Stop sending: what has gone has gone."""
    ask_to_cancel(current.session, job)
    return redirect(url_for("reviews.sending", job=job.id))


@blueprint.post("/<municipality>/reviews/sendings/<int:job>/again")
@access(Right.MANAGE, load={"job": get_sending})
def sending_again(job: Job) -> Answer:
    """Go on with a sending that broke off: nobody is told twice."""
    if try_again(current.session, job, current.now):
        start_after_commit(job.id, mail_settings().environment)
    return redirect(url_for("reviews.sending", job=job.id))
