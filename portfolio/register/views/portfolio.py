"""The form of one portfolio."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, url_for

from portfolio.core.rights import Right
from portfolio.register import operations, queries
from portfolio.register.forms.portfolio import NewPortfolioForm, PortfolioForm
from portfolio.register.models import Portfolio
from portfolio.register.views.room import blueprint, unit_choices
from portfolio.web.access import access
from portfolio.web.current import current
from portfolio.web.language import gettext, name_of

if TYPE_CHECKING:
    from werkzeug.wrappers import Response


@blueprint.route("/<municipality>/portfolios/new", methods=["GET", "POST"])
@access(Right.MANAGE)
def new_portfolio() -> tuple[str, int] | Response:
    """Set up a portfolio."""
    form = NewPortfolioForm()
    form.unit_id.choices = unit_choices(gettext("no unit"))
    if form.validate_on_submit():
        with form.refusals():
            identity = operations.create_portfolio(current.session, current.actor, form.values())
            flash(gettext("The portfolio was set up."))
            return redirect(url_for("register.portfolio", portfolio=identity))
    return _page(gettext("New portfolio"), form), form.status


@blueprint.route("/<municipality>/portfolios/<int:portfolio>/edit", methods=["GET", "POST"])
@access(Right.MANAGE, load={"portfolio": queries.get_portfolio})
def edit_portfolio(portfolio: Portfolio) -> tuple[str, int] | Response:
    """Change a portfolio and its rules."""
    form = PortfolioForm(obj=portfolio)
    form.unit_id.choices = unit_choices(gettext("no unit"))
    if form.validate_on_submit():
        with form.refusals():
            operations.update_portfolio(
                current.session, current.actor, portfolio.id, form.values(), version=form.version.data
            )
            flash(gettext("The portfolio was saved."))
            return redirect(url_for("register.portfolio", portfolio=portfolio.id))
    return _page(name_of(portfolio), form, portfolio), form.status


@blueprint.post("/<municipality>/portfolios/<int:portfolio>/remove")
@access(Right.MANAGE, load={"portfolio": queries.get_portfolio})
def remove_portfolio(portfolio: Portfolio) -> Response:
    """Remove an empty portfolio."""
    operations.remove_portfolio(current.session, current.actor, portfolio.id)
    flash(gettext("%(name)s was removed.", name=name_of(portfolio)))
    return redirect(url_for("register.portfolios"))


@blueprint.post("/<municipality>/portfolios/<int:portfolio>/restore")
@access(Right.MANAGE, load={"portfolio": queries.get_portfolio})
def restore_portfolio(portfolio: Portfolio) -> Response:
    """Bring a removed portfolio back."""
    operations.restore_portfolio(current.session, current.actor, portfolio.id)
    flash(gettext("%(name)s is back.", name=name_of(portfolio)))
    return redirect(url_for("register.portfolio", portfolio=portfolio.id))


def _page(title: str, form: PortfolioForm, portfolio: Portfolio | None = None) -> str:
    crumbs = [{"label": gettext("Portfolios"), "url": url_for("register.portfolios")}]
    there = portfolio is not None and not portfolio.removed
    return render_template(
        "components/edit_page.html",
        title=title,
        form=form,
        groups=_groups(),
        back=url_for("register.portfolio", portfolio=portfolio.id) if portfolio and there else crumbs[0]["url"],
        crumbs=crumbs,
        purpose=gettext("What the portfolio is, and the rules that hold in it."),
        removed=portfolio is not None and portfolio.removed,
        remove=url_for("register.remove_portfolio", portfolio=portfolio.id) if portfolio else None,
        restore=url_for("register.restore_portfolio", portfolio=portfolio.id) if portfolio else None,
        remove_words=gettext(
            "Only an empty portfolio can be removed. It stays in the history and can be brought back."
        ),
    )


def _groups() -> Sequence[tuple[str, str | None, tuple[str, ...]]]:
    return [
        (
            gettext("What it is"),
            None,
            ("name_fi", "name_sv", "kind", "unit_id", "description_fi", "description_sv", "prefix", "code"),
        ),
        (
            gettext("Yearly range"),
            gettext("What falls outside the range is said in words; nothing is refused for it."),
            ("quota_min", "quota_max"),
        ),
        (
            gettext("Rhythm"),
            None,
            ("review_interval_months", "report_deadline", "proposal_deadline"),
        ),
    ]
