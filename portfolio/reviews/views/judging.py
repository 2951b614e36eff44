"""What the office does with one review: approves it, returns it with a comment, rates it by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import flash, redirect, url_for

from portfolio.core.rights import Right
from portfolio.reviews import operations, queries
from portfolio.reviews.forms.judging import ApprovalForm, RatingForm, ReturnForm
from portfolio.reviews.models import Review
from portfolio.reviews.views.review import JUDGED, RATE, RETURN, answer_form, page
from portfolio.reviews.views.room import blueprint
from portfolio.reviews.views.sheet import Sheet
from portfolio.web.access import access
from portfolio.web.current import current
from portfolio.web.language import gettext

if TYPE_CHECKING:
    from werkzeug.wrappers import Response


@blueprint.post("/<municipality>/reviews/answers/<int:review>/approve")
@access(Right.MANAGE, load={"review": queries.get_review})
def approve(review: Review) -> tuple[str, int] | Response:
    """Approve one review: its verdict changes the initiative, with the review as the reason."""
    form = ApprovalForm()
    with form.refusals():
        read = {review.id: form.version.data}
        operations.approve_reviews(current.session, current.actor, [review.id], today=current.today, versions=read)
        flash(gettext("The review was approved, and its verdict was carried out."), "ok")
        return _back(review)
    return _again(review, problems=form.form_errors), form.status


@blueprint.post("/<municipality>/reviews/answers/<int:review>/return")
@access(Right.MANAGE, load={"review": queries.get_review})
def give_back(review: Review) -> tuple[str, int] | Response:
    """Return a review with a comment that says what to mend."""
    form = ReturnForm(prefix=RETURN)
    if form.validate_on_submit():
        with form.refusals():
            comment, version = form.comment.data or "", form.version.data
            operations.return_review(current.session, current.actor, review.id, comment, version=version)
            flash(gettext("The review was returned."), "ok")
            return _back(review)
    shown = review.state in JUDGED
    return _again(review, returning=form, problems=() if shown else form.form_errors), form.status


@blueprint.post("/<municipality>/reviews/answers/<int:review>/rate")
@access(Right.MANAGE, load={"review": queries.get_review})
def rate(review: Review) -> tuple[str, int] | Response:
    """Write the office's own rating; the owner's stays as it is."""
    form = RatingForm(prefix=RATE)
    if form.validate_on_submit():
        with form.refusals():
            operations.rate_review(
                current.session,
                current.actor,
                review.id,
                form.office_health.data,
                form.office_reason.data,
                today=current.today,
                version=form.version.data,
            )
            flash(gettext("The office's rating was saved."), "ok")
            return _back(review)
    return _again(review, rating=form), form.status


def _back(review: Review) -> Response:
    return redirect(url_for("reviews.review", review=review.id))


def _again(review: Review, **values: Any) -> str:
    sheet = Sheet(review)
    return page(sheet, answer_form(sheet) if sheet.may_answer else None, **values)
