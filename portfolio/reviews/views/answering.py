"""Answering one review: submitted, kept as a draft, filled from last time; a colleague who answers instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for

from portfolio.accounts.queries import names_of_users
from portfolio.core.language import format_time
from portfolio.core.problem import Problem, Refusal
from portfolio.core.rights import Right
from portfolio.reviews import operations, queries
from portfolio.reviews.forms.answers import ReviewForm, typed
from portfolio.reviews.forms.judging import DelegationForm
from portfolio.reviews.models import Review
from portfolio.reviews.rules import STAYING, Verdict
from portfolio.reviews.views.review import DELEGATE, answer_form, page
from portfolio.reviews.views.room import blueprint, user_choices
from portfolio.reviews.views.sheet import Sheet
from portfolio.web.access import access
from portfolio.web.current import current
from portfolio.web.language import gettext, say_here

if TYPE_CHECKING:
    from collections.abc import Iterable

    from werkzeug.wrappers import Response


@blueprint.post("/<municipality>/reviews/answers/<int:review>")
@access(Right.READ, load={"review": queries.get_review})
def answer(review: Review) -> tuple[str, int] | str | Response:
    """Do what the button says: submit, submit as unchanged, keep as a draft, or fill in what was told last time."""
    sheet = Sheet(review)
    form = answer_form(sheet, sent=True)
    if "draft" in request.form:
        return _keep(sheet, form)
    if form.validate_on_submit():
        if {"copy", "unchanged"} & request.form.keys() and sheet.last is not None:
            form.fill(sheet.last, sheet.last_answers)
        if "copy" in request.form:
            return page(sheet, form, copied=True)
        if _submit(sheet, form):
            flash(gettext("The review was submitted. The development office goes on from here."), "ok")
            return redirect(url_for("reviews.review", review=review.id))
    return page(sheet, form), form.status


@blueprint.post("/<municipality>/reviews/answers/<int:review>/draft")
@access(Right.READ, load={"review": queries.get_review})
def keep_draft(review: Review) -> tuple[str, int]:
    """Keep what has been typed so far, and say when; the form stays as it is."""
    form = answer_form(Sheet(review), sent=True)
    problems: Iterable[Problem] = ()
    try:
        operations.save_draft(current.session, current.actor, review.id, typed(names_of(form), request.form))
    except Refusal as refusal:
        current.session.rollback()
        problems = refusal.problems
    words = [say_here(one) for one in problems]
    time = format_time(current.now, current.language)
    return render_template("reviews/draft.html", words=words, time=time), 200


@blueprint.post("/<municipality>/reviews/answers/<int:review>/draft/discard")
@access(Right.READ, load={"review": queries.get_review})
def discard_draft(review: Review) -> Response:
    """Throw away one's own draft: the page shows again what has been told."""
    operations.discard_draft(current.session, current.actor, review.id)
    flash(gettext("The draft was thrown away."), "ok")
    return redirect(url_for("reviews.review", review=review.id))


@blueprint.post("/<municipality>/reviews/answers/<int:review>/delegate")
@access(Right.READ, load={"review": queries.get_review})
def delegate(review: Review) -> tuple[str, int] | Response:
    """Ask a colleague to answer, or take that back."""
    form = DelegationForm(prefix=DELEGATE)
    form.delegate_id.choices = user_choices(gettext("nobody else"))
    if form.validate_on_submit():
        with form.refusals():
            user_id, version = form.delegate_id.data, form.version.data
            operations.delegate_review(current.session, current.actor, review.id, user_id, version=version)
            name = names_of_users(current.session, [user_id]).get(user_id or 0)
            flash(
                gettext("%(name)s may answer now.", name=name) if name else gettext("Nobody else answers any more."),
                "ok",
            )
            return redirect(url_for("reviews.review", review=review.id))
    sheet = Sheet(review)
    return page(sheet, answer_form(sheet) if sheet.may_answer else None, delegation=form), form.status


def names_of(form: ReviewForm) -> frozenset[str]:
    """Name what of a form belongs to a draft."""
    return frozenset(field.name for field in form) - {"csrf_token"}


def _keep(sheet: Sheet, form: ReviewForm) -> tuple[str, int] | Response:
    with form.refusals():
        texts = typed(names_of(form), request.form)
        operations.save_draft(current.session, current.actor, sheet.review.id, texts)
        flash(gettext("The draft was saved. Only you see it until you submit."), "ok")
        return redirect(url_for("reviews.review", review=sheet.review.id))
    return page(sheet, form), form.status


def _submit(sheet: Sheet, form: ReviewForm) -> bool:
    """Submit what was typed; what is refused stands beside the fields, and nothing typed is lost."""
    unchanged = "unchanged" in request.form
    if unchanged and form.verdict.data is None:
        form.verdict.data = STAYING.get(sheet.initiative.status, Verdict.CONTINUE)
    identity = sheet.review.id
    versions = {identity: form.version.data}
    with form.refusals():
        told = {**form.answer(), "unchanged": unchanged}
        operations.submit_reviews(
            current.session, current.actor, {identity: told}, today=current.today, versions=versions
        )
        return True
    return False
