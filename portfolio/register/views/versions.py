"""The version history of a programme, as its document has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, flash, redirect, render_template, url_for

from portfolio.core.rights import Right
from portfolio.register import operations, queries
from portfolio.register.forms.version import ProgrammeVersionForm
from portfolio.register.models import Portfolio, ProgrammeVersion
from portfolio.register.rules import in_force
from portfolio.register.views.room import blueprint
from portfolio.web.access import access
from portfolio.web.current import current
from portfolio.web.language import gettext, name_of

if TYPE_CHECKING:
    from werkzeug.wrappers import Response


@blueprint.get("/<municipality>/portfolios/<int:portfolio>/versions")
@access(Right.READ, load={"portfolio": queries.get_portfolio}, past=True)
def versions(portfolio: Portfolio) -> str:
    """Show a programme's versions in order, the one in force first said in words."""
    if portfolio.removed:
        abort(404)
    found = queries.versions(current.session, current.municipality.id, portfolio.id, at=current.at)
    return render_template(
        "register/versions.html",
        portfolio=portfolio,
        name=name_of(portfolio),
        versions=found,
        valid=in_force(found, current.shown_day),
        day=current.shown_day,
        may_manage=current.at is None and current.actor.may(Right.MANAGE),
    )


@blueprint.route("/<municipality>/portfolios/<int:portfolio>/versions/new", methods=["GET", "POST"])
@access(Right.MANAGE, load={"portfolio": queries.get_portfolio})
def new_version(portfolio: Portfolio) -> tuple[str, int] | Response:
    """Write a version down, and freeze the state that it speaks of."""
    form = ProgrammeVersionForm()
    if form.validate_on_submit():
        with form.refusals():
            draft = {**form.values(), "portfolio_id": portfolio.id}
            identity = operations.add_version(current.session, current.actor, draft, today=current.today)
            flash(_added_words(identity))
            return redirect(url_for("register.versions", portfolio=portfolio.id))
    return _page(gettext("New version"), form, portfolio), form.status


@blueprint.route("/<municipality>/versions/<int:version>/edit", methods=["GET", "POST"])
@access(Right.MANAGE, load={"version": queries.get_version})
def edit_version(version: ProgrammeVersion) -> tuple[str, int] | Response:
    """Change what a version tells."""
    form = ProgrammeVersionForm(obj=version)
    if form.validate_on_submit():
        with form.refusals():
            values, read = form.values(), form.version.data
            operations.update_version(current.session, current.actor, version.id, values, version=read)
            flash(gettext("The version was saved."))
            return redirect(url_for("register.versions", portfolio=version.portfolio_id))
    words = version.label or version.date_words
    title = gettext("Version %(words)s", words=words) if words else gettext("Version")
    return _page(title, form, _portfolio_of(version), version), form.status


@blueprint.post("/<municipality>/versions/<int:version>/remove")
@access(Right.MANAGE, load={"version": queries.get_version})
def remove_version(version: ProgrammeVersion) -> Response:
    """Remove a version and its baseline."""
    operations.remove_version(current.session, current.actor, version.id)
    flash(gettext("The version was removed."))
    return redirect(url_for("register.versions", portfolio=version.portfolio_id))


@blueprint.post("/<municipality>/versions/<int:version>/restore")
@access(Right.MANAGE, load={"version": queries.get_version})
def restore_version(version: ProgrammeVersion) -> Response:
    """Bring a removed version back."""
    operations.restore_version(current.session, current.actor, version.id)
    flash(gettext("The version is back."))
    return redirect(url_for("register.versions", portfolio=version.portfolio_id))


def _added_words(identity: int) -> str:
    row = queries.get_version(current.session, current.municipality.id, identity)
    if row is not None and row.baseline_id is not None:
        return gettext("The version was added. Everything can be seen as it was then.")
    return gettext("The version was added without a point in time: nothing recorded then can be shown.")


def _portfolio_of(version: ProgrammeVersion) -> Portfolio:
    return queries.get_portfolio(current.session, current.municipality.id, version.portfolio_id) or abort(404)


def _page(title: str, form: ProgrammeVersionForm, portfolio: Portfolio, version: ProgrammeVersion | None = None) -> str:
    back = url_for("register.versions", portfolio=portfolio.id)
    return render_template(
        "components/edit_page.html",
        title=title,
        form=form,
        back=back,
        crumbs=[
            {"label": gettext("Portfolios"), "url": url_for("register.portfolios")},
            {"label": name_of(portfolio), "url": url_for("register.portfolio", portfolio=portfolio.id)},
            {"label": gettext("Version history"), "url": back},
        ],
        purpose=gettext("A version names the state of everything at its time; the state itself stays as it was."),
        removed=version is not None and version.removed,
        remove=url_for("register.remove_version", version=version.id) if version else None,
        restore=url_for("register.restore_version", version=version.id) if version else None,
        remove_words=gettext("The baseline made with it is removed too. Both can be brought back."),
    )
