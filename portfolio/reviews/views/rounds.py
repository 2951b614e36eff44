"""Preparing a round, changing it, taking it away and bringing it back."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, request, url_for

from portfolio.core.language import N_
from portfolio.core.rights import Right
from portfolio.register import queries as register
from portfolio.register.rules import next_day
from portfolio.register.views.room import portfolio_choices, unit_choices
from portfolio.reviews import operations, queries
from portfolio.reviews.forms.rounds import RoundForm
from portfolio.reviews.models import ReviewRound
from portfolio.reviews.operations.rounds import SCOPE
from portfolio.reviews.rules import REVIEWED, RoundState
from portfolio.reviews.views.room import blueprint, forum_choices, template_choices
from portfolio.web.access import access
from portfolio.web.current import current
from portfolio.web.language import gettext, name_of

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

GROUPS = (
    (
        N_("What and when"),
        N_("The period is what is reported on; answering is open between the two days."),
        ("portfolio_id", "name_fi", "name_sv", "period_first", "period_last", "opens_on", "due_on"),
    ),
    (
        N_("Who is asked"),
        N_("When the round opens, these initiatives get a review. More can be asked afterwards."),
        ("unit_id", "statuses", "interval_months"),
    ),
    (N_("Who receives"), None, ("receiving_forum_id", "coordinating_forum_id")),
    (N_("Questions and instruction"), None, ("template_id", "instruction_fi", "instruction_sv")),
)


@blueprint.route("/<municipality>/reviews/new", methods=["GET", "POST"])
@access(Right.MANAGE)
def new_round() -> tuple[str, int] | Response:
    """Prepare a round; it is opened from its own page."""
    form = RoundForm(data=_usual())
    _offer(form)
    form.portfolio_id.choices = portfolio_choices(gettext("Choose"))
    if form.validate_on_submit():
        with form.refusals():
            identity = operations.create_round(current.session, current.actor, _values(form))
            flash(gettext("The round was saved. Open it when everything is in place."), "ok")
            return redirect(url_for("reviews.follow", asked=identity))
    return _page(gettext("New review round"), form), form.status


@blueprint.route("/<municipality>/reviews/<int:asked>/edit", methods=["GET", "POST"])
@access(Right.MANAGE, load={"asked": queries.get_round})
def edit_round(asked: ReviewRound) -> tuple[str, int] | Response:
    """Change a round; what it asks about only while it is being prepared."""
    form = RoundForm(obj=asked)
    _offer(form)
    closed = {"portfolio_id"} | (SCOPE if asked.state is not RoundState.DRAFT else frozenset())
    form.keep_only({field.short_name for field in form} - closed)
    if form.validate_on_submit():
        with form.refusals():
            values, version = _values(form), form.version.data
            operations.update_round(current.session, current.actor, asked.id, values, version=version)
            flash(gettext("The round was saved."), "ok")
            return redirect(url_for("reviews.follow", asked=asked.id))
    return _page(name_of(asked), form, asked), form.status


@blueprint.post("/<municipality>/reviews/<int:asked>/remove")
@access(Right.MANAGE, load={"asked": queries.get_round})
def remove_round(asked: ReviewRound) -> Response:
    """Remove a round that is still being prepared."""
    operations.remove_round(current.session, current.actor, asked.id)
    flash(gettext("%(name)s was removed.", name=name_of(asked)))
    return redirect(url_for("reviews.rounds"))


@blueprint.post("/<municipality>/reviews/<int:asked>/restore")
@access(Right.MANAGE, load={"asked": queries.get_round})
def restore_round(asked: ReviewRound) -> Response:
    """Bring a removed round back."""
    operations.restore_round(current.session, current.actor, asked.id)
    flash(gettext("%(name)s is back.", name=name_of(asked)))
    return redirect(url_for("reviews.follow", asked=asked.id))


def _page(title: str, form: RoundForm, asked: ReviewRound | None = None) -> str:
    draft = asked is not None and asked.state is RoundState.DRAFT
    return render_template(
        "components/edit_page.html",
        title=title,
        form=form,
        crumbs=[{"label": gettext("Review rounds"), "url": url_for("reviews.rounds")}],
        back=url_for("reviews.follow", asked=asked.id) if asked else url_for("reviews.rounds"),
        purpose=None
        if asked is None or draft
        else gettext("The round has been opened, so what it asks about stays as it is."),
        groups=[
            (gettext(title), gettext(why) if why else None, names)
            for title, why, names in GROUPS
            if any(name in form for name in names)
        ],
        remove=url_for("reviews.remove_round", asked=asked.id) if asked and draft else None,
        restore=url_for("reviews.restore_round", asked=asked.id) if asked else None,
        removed=asked is not None and asked.removed,
    )


def _usual() -> dict[str, Any]:
    """Give what a new round mostly is: of this year, open from today until the portfolio's yearly deadline."""
    found = register.portfolios(current.session, current.municipality.id)
    asked = request.args.get("portfolio", 0, type=int)
    chosen = next((one.portfolio for one in found if one.portfolio.id == asked or len(found) == 1), None)
    today = current.today
    return {
        "portfolio_id": chosen.id if chosen else None,
        "period_first": dt.date(today.year, 1, 1),
        "period_last": dt.date(today.year, 12, 31),
        "opens_on": today,
        "due_on": next_day(chosen.report_deadline, today) if chosen else None,
        "statuses": REVIEWED,
        "interval_months": None,
    }


def _offer(form: RoundForm) -> None:
    form.unit_id.choices = unit_choices(gettext("all units"))
    form.receiving_forum_id.choices = forum_choices(gettext("Not named"))
    form.coordinating_forum_id.choices = forum_choices(gettext("Not named"))
    form.template_id.choices = template_choices(gettext("only those that are always asked"))


def _values(form: RoundForm) -> dict[str, Any]:
    values = form.values()
    if "statuses" in values:
        values["statuses"] = frozenset(values["statuses"]) or frozenset(map(str, REVIEWED))
    return values
