"""The reminders of a round: who was told when, what was refused or is in doubt, who has no e-mail; sending them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, flash, redirect, render_template, request, url_for

from portfolio.core.columns import read_id
from portfolio.core.jobs import Job
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
from portfolio.web.language import gettext, name_of
from portfolio.web.limits import limiter
from portfolio.web.mailing import Sending, add_sending, begin_sending, may_mail

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
        may_mail=may_mail(),
        in_vain=IN_VAIN,
        now=current.now,
        stage_words=STAGE_WORDS,
    )


@blueprint.post("/<municipality>/reviews/<int:asked>/reminders")
@access(Right.MANAGE, load={"asked": queries.get_round}, writes=False)
@limiter.limit("60 per hour")
def send_reminders(asked: ReviewRound) -> Answer:
    """Have what is due today sent, and what was refused before; each gets each mail once."""
    if asked.state is not RoundState.OPEN or asked.removed:
        abort(409)
    actor, identity = current.actor, asked.id
    return begin_sending(blueprint, lambda session: remind_soon(session, actor, identity))


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


def _sending(job: Job) -> Sending:
    return Sending(
        title=gettext("Sending the reminders"),
        back_url=url_for("reviews.reminders", asked=job.subject_id),
        sent=lambda: sent_by(current.session, job),
        nobody=gettext("There was nobody to remind: all have been told already."),
        crumbs=[{"label": gettext("Review rounds"), "url": url_for("reviews.rounds")}],
    )


add_sending(blueprint, "/reviews/sendings", Right.MANAGE, get_sending, _sending)
