"""A round's steps, each asked about before it is taken; later due days, and what is asked about besides."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, request, url_for

from portfolio.core.rights import Right
from portfolio.organisation import queries as organisation
from portfolio.register import queries as register
from portfolio.register.views.room import unit_choices
from portfolio.reviews import operations, queries
from portfolio.reviews.forms.rounds import AlsoForm, ExtensionForm, ReopenForm
from portfolio.reviews.models import ReviewRound, RoundExtension
from portfolio.reviews.rules import ReviewState, RoundStep, check_standing, check_step
from portfolio.reviews.views.room import blueprint
from portfolio.web.access import access
from portfolio.web.current import current
from portfolio.web.language import gettext, name_of, ngettext, say_here

if TYPE_CHECKING:
    from collections.abc import Iterable

    from werkzeug.wrappers import Response

SCOPE = ("portfolio_id", "unit_id", "statuses", "interval_months", "due_on")


@blueprint.route("/<municipality>/reviews/<int:asked>/open", methods=["GET", "POST"])
@access(Right.MANAGE, load={"asked": queries.get_round})
def open_round(asked: ReviewRound) -> str | Response:
    """Ask how many are due and whose before the round is opened."""
    if request.method == "POST":
        count = operations.open_round(current.session, current.actor, asked.id)
        words = ngettext("The round asks about %(num)s initiative.", "The round asks about %(num)s initiatives.", count)
        flash(words, "ok")
        return redirect(_url(asked))
    due = queries.due_in(current.session, asked.municipality_id, {name: getattr(asked, name) for name in SCOPE})
    items = register.titles_of(current.session, asked.municipality_id, due)
    return _ask(
        "reviews/open.html",
        asked,
        refused=check_step(asked.state, RoundStep.OPEN),
        due=len(due),
        units=_by_unit(asked.municipality_id, (items[one].unit_id for one in due)),
        without_owner=sum(items[one].owner_post_id is None for one in due),
    )


@blueprint.route("/<municipality>/reviews/<int:asked>/close", methods=["GET", "POST"])
@access(Right.MANAGE, load={"asked": queries.get_round})
def close_round(asked: ReviewRound) -> str | Response:
    """Ask what is missing, and say what is frozen, before the round is closed."""
    if request.method == "POST":
        operations.close_round(current.session, current.actor, asked.id)
        flash(gettext("The round is closed. It is shown from now on as it was at this moment."), "ok")
        return redirect(_url(asked))
    found = queries.follow(current.session, asked, today=current.shown_day)
    return _ask(
        "reviews/close.html",
        asked,
        refused=check_step(asked.state, RoundStep.CLOSE),
        missing=found.count(ReviewState.WAITING, ReviewState.RETURNED),
        unapproved=found.count(ReviewState.SUBMITTED),
        approved=found.count(ReviewState.APPROVED),
        units=[(_unit_name(one.unit), one.asked - one.answered) for one in found.units if one.asked > one.answered],
    )


@blueprint.route("/<municipality>/reviews/<int:asked>/reopen", methods=["GET", "POST"])
@access(Right.MANAGE, load={"asked": queries.get_round})
def reopen_round(asked: ReviewRound) -> tuple[str, int] | Response:
    """Open a closed round again, with a reason that stays in the history."""
    form = ReopenForm()
    if form.validate_on_submit():
        with form.refusals():
            operations.reopen_round(current.session, replace(current.actor, note=form.reason.data), asked.id)
            flash(gettext("The round is open again. The baseline of its closing stays."), "ok")
            return redirect(_url(asked))
    refused = check_step(asked.state, RoundStep.REOPEN)
    return _ask("reviews/reopen.html", asked, form=form, refused=refused), form.status


@blueprint.route("/<municipality>/reviews/<int:asked>/extensions", methods=["GET", "POST"])
@access(Right.MANAGE, load={"asked": queries.get_round})
def extensions(asked: ReviewRound) -> tuple[str, int] | Response:
    """Give a unit and those below it a later due day, and list those given."""
    form = ExtensionForm(unit_id=request.args.get("unit", type=int))
    form.unit_id.choices = unit_choices(gettext("Choose"))
    if form.validate_on_submit():
        with form.refusals():
            values: dict[str, Any] = form.values()
            operations.extend_due_day(current.session, current.actor, asked.id, **values)
            flash(gettext("The unit has more time."), "ok")
            return redirect(url_for("reviews.extensions", asked=asked.id))
    given = queries.extensions_of(current.session, asked.municipality_id, asked.id)
    names = {one.unit.id: _unit_name(one.unit) for one in organisation.units(current.session, asked.municipality_id)}
    return _ask("reviews/extensions.html", asked, form=form, given=given, names=names), form.status


@blueprint.post("/<municipality>/reviews/extensions/<int:extension>/remove")
@access(Right.MANAGE, load={"extension": queries.get_extension})
def remove_extension(extension: RoundExtension) -> Response:
    """Take a later due day back."""
    operations.remove_extension(current.session, current.actor, extension.id)
    flash(gettext("The later day was taken back."))
    return redirect(url_for("reviews.extensions", asked=extension.round_id))


@blueprint.route("/<municipality>/reviews/<int:asked>/also", methods=["GET", "POST"])
@access(Right.MANAGE, load={"asked": queries.get_round})
def ask_also(asked: ReviewRound) -> tuple[str, int] | Response:
    """Ask an open round about more initiatives."""
    form = AlsoForm()
    if form.validate_on_submit():
        with form.refusals():
            made = operations.ask_also(current.session, current.actor, asked.id, form.codes.data)
            flash(ngettext("%(num)s more is asked about.", "%(num)s more are asked about.", len(made)), "ok")
            return redirect(_url(asked))
    refused = check_standing(asked.state, ReviewState.WAITING)
    return _ask("reviews/also.html", asked, form=form, refused=refused), form.status


def _ask(template: str, asked: ReviewRound, **values: Any) -> str:
    refused = [say_here(one) for one in values.pop("refused", ())]
    return render_template(template, asked=asked, name=name_of(asked), back=_url(asked), refused=refused, **values)


def _url(asked: ReviewRound) -> str:
    return url_for("reviews.follow", asked=asked.id)


def _by_unit(municipality_id: int, units: Iterable[int | None]) -> list[tuple[str, int]]:
    """Count by unit, in the order of the tree; what has no unit comes last."""
    count = Counter(units)
    tree = [one.unit for one in organisation.units(current.session, municipality_id)]
    rows = [(_unit_name(unit), count.pop(unit.id)) for unit in tree if unit.id in count]
    return [*rows, *((gettext("no unit"), number) for number in [sum(count.values())] if number)]


def _unit_name(unit: Any) -> str:
    return gettext("no unit") if unit is None else name_of(unit)
