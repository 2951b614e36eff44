"""The page of one review: the form for the one who answers, else what was told; and its printed form."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, url_for
from werkzeug.datastructures import MultiDict

from portfolio.core.rights import Right
from portfolio.register.rules.words import STATUS_WORDS
from portfolio.register.views.room import post_choices
from portfolio.reviews import queries
from portfolio.reviews.forms.answers import ReviewForm, review_form, told_in
from portfolio.reviews.forms.judging import DelegationForm, RatingForm, ReturnForm
from portfolio.reviews.models import Review, ReviewDraft
from portfolio.reviews.rules import (
    HEALTH_WORDS,
    STAYING,
    VERDICT_WORDS,
    ReviewState,
    Verdict,
    check_standing,
    possible_verdicts,
    resumed,
)
from portfolio.reviews.views.room import blueprint, user_choices
from portfolio.reviews.views.sheet import Sheet
from portfolio.reviews.views.words import Words
from portfolio.web.access import access
from portfolio.web.current import current
from portfolio.web.language import gettext, name_of, say_here

RETURN, RATE, DELEGATE = "return", "rate", "delegate"
"""What the names of the small forms begin with: all stand on one page."""
JUDGED = frozenset({ReviewState.SUBMITTED, ReviewState.APPROVED})


@blueprint.get("/<municipality>/reviews/answers/<int:review>")
@access(Right.READ, load={"review": queries.get_review}, past=True)
def review(review: Review) -> str:
    """Show one review; the one who may answer it gets the form, with what was typed and not submitted.

    What has been submitted is read first; ``?edit`` opens the form again.
    """
    sheet = Sheet(review)
    draft = _draft(sheet)
    if draft is not None and _is_behind(draft, sheet.review):
        form = answer_form(sheet, draft)
        form.version.data = sheet.review.version  # what was saved meanwhile stands on the page
        return page(sheet, form, draft=draft, behind=True)
    reads = sheet.review.state is ReviewState.SUBMITTED and draft is None and "edit" not in request.args
    return page(sheet, answer_form(sheet, draft) if sheet.may_answer and not reads else None, draft=draft)


@blueprint.get("/<municipality>/reviews/answers/<int:review>/paper")
@access(Right.READ, load={"review": queries.get_review}, past=True)
def paper(review: Review) -> str:
    """Show a review as a form to print: empty, to be filled in by hand, or with what has been told."""
    sheet = Sheet(review)
    possible = possible_verdicts(sheet.initiative.status)
    return render_template(
        "reviews/paper.html",
        **_common(sheet),
        form=answer_form(sheet),
        healths=[(one, gettext(words)) for one, words in HEALTH_WORDS.items()],
        verdicts=[(one, gettext(VERDICT_WORDS[one])) for one in possible],
        empty="empty" in request.args,
    )


def answer_form(sheet: Sheet, draft: ReviewDraft | None = None, *, sent: bool = False) -> ReviewForm:
    """Open the form: what was ``sent``, else the draft as it was typed, else what was told before."""
    kind = review_form(sheet.questions, sheet.indicators)
    began = told_in(sheet.review, sheet.answers, sheet.measured)
    typed_so_far = MultiDict(draft.texts) if draft is not None else None
    form: ReviewForm = kind(data=began) if sent else kind(typed_so_far, data=began)
    form.new_owner_post_id.choices = post_choices(gettext("stays as it is"))
    return form


def page(sheet: Sheet, form: ReviewForm | None, **values: Any) -> str:
    """Draw a review's page; small forms that came back with something to mend are given by name."""
    review = sheet.review
    small: dict[str, Any] = {}
    if sheet.may_judge:
        small["returning"] = ReturnForm(None, prefix=RETURN, version=review.version)
        small["rating"] = RatingForm(None, prefix=RATE, obj=review)
    if sheet.may_answer:
        small["delegation"] = DelegationForm(None, prefix=DELEGATE, obj=review)
    small |= {name: values.pop(name) for name in ("returning", "rating", "delegation") if name in values}
    if "delegation" in small:
        small["delegation"].delegate_id.choices = user_choices(gettext("nobody else"))
    possible = possible_verdicts(sheet.initiative.status)
    return render_template(
        "reviews/review.html",
        **_common(sheet),
        **{
            "returning": None,
            "rating": None,
            "delegation": None,
            "draft": None,
            "problems": (),
            "copied": False,
            "behind": form is not None and form.stale,
            **small,
            **values,
        },
        form=form,
        possible={one.value for one in possible},
        leads=_leads(sheet),
        status_words=gettext(STATUS_WORDS[sheet.initiative.status]),
        closed=[say_here(one) for one in check_standing(sheet.asked.state, review.state)] if sheet.allowed else [],
        judged=review.state in JUDGED,
        preview_url=url_for("pages.timespan_preview"),
    )


def _common(sheet: Sheet) -> dict[str, Any]:
    return {
        "sheet": sheet,
        "review": sheet.review,
        "asked": sheet.asked,
        "it": sheet.initiative,
        "round_name": name_of(sheet.asked),
        "last": sheet.last,
        "last_name": name_of(sheet.last_round) if sheet.last_round else None,
        "words": Words,
    }


def _leads(sheet: Sheet) -> dict[str, str]:
    """Tell of halted work where the verdicts lead that do not say it: going on, and staying as it is."""
    status, identity = sheet.initiative.status, sheet.initiative.id
    if status not in STAYING:
        return {}
    came_from = queries.statuses_before(current.session, [identity], at=sheet.at).get(identity)
    goes_on = gettext(STATUS_WORDS[resumed(status, came_from)])
    return {
        Verdict.RESUME.value: gettext("the status becomes %(status)s", status=goes_on),
        STAYING[status].value: gettext("the status stays %(status)s", status=gettext(STATUS_WORDS[status])),
    }


def _is_behind(draft: ReviewDraft, review: Review) -> bool:
    """Tell whether somebody has saved the review since the draft was begun."""
    return str(draft.texts.get("version", review.version)) != str(review.version)


def _draft(sheet: Sheet) -> ReviewDraft | None:
    user_id = current.actor.user_id
    if user_id is None or not sheet.may_answer:
        return None
    return queries.draft_of(current.session, sheet.review.id, user_id)
