"""The deadlines that come back every year in a whole portfolio."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, flash, redirect, render_template, url_for

from portfolio.core.rights import Right
from portfolio.register import operations, queries
from portfolio.register.forms.portfolio import DeadlineForm
from portfolio.register.models import Portfolio, RecurringDeadline
from portfolio.register.views.room import blueprint, post_choices
from portfolio.web.access import access
from portfolio.web.current import current
from portfolio.web.language import gettext, name_of, title_of

if TYPE_CHECKING:
    from werkzeug.wrappers import Response


@blueprint.route("/<municipality>/portfolios/<int:portfolio>/deadlines/new", methods=["GET", "POST"])
@access(Right.MANAGE, load={"portfolio": queries.get_portfolio})
def new_deadline(portfolio: Portfolio) -> tuple[str, int] | Response:
    """Add a deadline to a portfolio."""
    form = DeadlineForm()
    form.receiver_post_id.choices = post_choices(gettext("no receiver"))
    if form.validate_on_submit():
        with form.refusals():
            draft = {**form.cells(), "portfolio_id": portfolio.id, "initiative_id": None}
            operations.add_parts(current.session, current.actor, RecurringDeadline, [draft])
            flash(gettext("The deadline was added."))
            return redirect(url_for("register.portfolio", portfolio=portfolio.id))
    return _page(gettext("New deadline"), form, portfolio), form.status


@blueprint.route("/<municipality>/deadlines/<int:deadline>", methods=["GET", "POST"])
@access(Right.MANAGE, load={"deadline": queries.portfolio_deadline})
def edit_deadline(deadline: RecurringDeadline) -> tuple[str, int] | Response:
    """Change a deadline of a portfolio."""
    form = DeadlineForm(obj=deadline, data={"due": (deadline.month, deadline.day)})
    form.receiver_post_id.choices = post_choices(gettext("no receiver"))
    if form.validate_on_submit():
        with form.refusals():
            versions = {deadline.id: form.version.data}
            changes = {deadline.id: form.cells()}
            operations.update_parts(current.session, current.actor, RecurringDeadline, changes, versions=versions)
            flash(gettext("The deadline was saved."))
            return redirect(url_for("register.portfolio", portfolio=deadline.portfolio_id))
    return _page(_name(deadline), form, _portfolio_of(deadline), deadline), form.status


@blueprint.post("/<municipality>/deadlines/<int:deadline>/remove")
@access(Right.MANAGE, load={"deadline": queries.portfolio_deadline})
def remove_deadline(deadline: RecurringDeadline) -> Response:
    """Remove a deadline of a portfolio."""
    operations.remove_parts(current.session, current.actor, RecurringDeadline, [deadline.id])
    flash(gettext("%(name)s was removed.", name=_name(deadline)))
    return redirect(url_for("register.portfolio", portfolio=deadline.portfolio_id))


@blueprint.post("/<municipality>/deadlines/<int:deadline>/restore")
@access(Right.MANAGE, load={"deadline": queries.portfolio_deadline})
def restore_deadline(deadline: RecurringDeadline) -> Response:
    """Bring a removed deadline back."""
    operations.restore_parts(current.session, current.actor, RecurringDeadline, [deadline.id])
    flash(gettext("%(name)s is back.", name=_name(deadline)))
    return redirect(url_for("register.portfolio", portfolio=deadline.portfolio_id))


def _name(deadline: RecurringDeadline) -> str:
    return title_of(deadline)


def _portfolio_of(deadline: RecurringDeadline) -> Portfolio:
    found = queries.get_portfolio(current.session, current.municipality.id, deadline.portfolio_id or 0)
    return found or abort(404)


def _page(title: str, form: DeadlineForm, portfolio: Portfolio, deadline: RecurringDeadline | None = None) -> str:
    back = url_for("register.portfolio", portfolio=portfolio.id)
    return render_template(
        "components/edit_page.html",
        title=title,
        form=form,
        back=back,
        crumbs=[
            {"label": gettext("Portfolios"), "url": url_for("register.portfolios")},
            {"label": name_of(portfolio), "url": back},
        ],
        purpose=gettext("A duty of the whole portfolio that comes back every year on the same day."),
        removed=deadline is not None and deadline.removed,
        remove=url_for("register.remove_deadline", deadline=deadline.id) if deadline else None,
        restore=url_for("register.restore_deadline", deadline=deadline.id) if deadline else None,
        remove_words=gettext("A duty that has ended gets a last year. Remove only what was added by mistake."),
    )
