"""Help, the accessibility statement and feedback."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, flash, redirect, render_template, request, url_for

from portfolio.accounts.models import Feedback
from portfolio.core.language import N_
from portfolio.core.rights import Right
from portfolio.organisation.models import Municipality
from portfolio.pages.forms.feedback import FeedbackForm
from portfolio.pages.operations import feedback as operations
from portfolio.pages.queries import feedback as feedback_queries
from portfolio.pages.views.room import blueprint
from portfolio.web.access import access, public
from portfolio.web.current import current
from portfolio.web.language import gettext
from portfolio.web.limits import limiter
from portfolio.web.rail import Group, rail
from portfolio.web.session import brief_write

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from portfolio.web.current import Current


def _waiting(now: Current) -> int | None:
    return feedback_queries.waiting_feedback(now.session, now.municipality.id) or None


@blueprint.get("/<municipality>/help")
@access(Right.READ)
def help() -> str:  # noqa: A001 -- the endpoint is pages.help
    """Explain what the person can do here."""
    rights = {right.value: current.actor.may(right) for right in Right}
    return render_template("pages/help.html", may=rights)


@blueprint.get("/<municipality>/accessibility")
@public()
def statement() -> str:
    """Show the accessibility statement: the municipality's own words, or ours."""
    own = current.loaded(Municipality).accessibility_statement
    return render_template("pages/statement.html", own=own, answer_days=feedback_queries.ANSWER_DAYS)


@blueprint.route("/<municipality>/feedback", methods=["GET", "POST"])
@public(writes=False)
@limiter.limit("10 per hour", methods=["POST"])
def feedback() -> tuple[str, int] | Response:
    """Take feedback from anyone."""
    form = FeedbackForm(page=request.args.get("page"))
    if form.validate_on_submit():
        with brief_write() as session:
            place, page = current.municipality.id, form.page.data
            operations.send_feedback(session, place, current.now, **form.values(), page=page)
        flash(gettext("Thank you. Your message was sent."))
        return redirect(url_for("pages.feedback"))
    return render_template("pages/feedback.html", form=form, answer_days=feedback_queries.ANSWER_DAYS), form.status


@blueprint.get("/<municipality>/feedback/list")
@access(Right.USERS)
@rail(N_("Feedback"), Group.ADMINISTRATION, 90, _waiting)
def feedback_list() -> str:
    """List the messages and how long they have waited."""
    found = feedback_queries.feedback_list(current.session, current.municipality.id)
    return render_template("pages/feedback_list.html", messages=found, answer_days=feedback_queries.ANSWER_DAYS)


@blueprint.post("/<municipality>/feedback/<int:message>/answered")
@access(Right.USERS, load={"message": feedback_queries.get_feedback})
def answer_feedback(message: Feedback) -> Response:
    """Mark a message as answered."""
    if message.answered_at is not None:
        abort(409)
    operations.answer_feedback(current.session, message, current.now)
    flash(gettext("The message is marked as answered."))
    return redirect(url_for("pages.feedback_list"))
