"""Where money comes from: the municipality's funding sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, url_for

from portfolio.budgets import operations, queries
from portfolio.budgets.forms.sources import FundingSourceForm
from portfolio.budgets.models import FundingSource
from portfolio.budgets.views.room import blueprint
from portfolio.core import history
from portfolio.core.language import N_
from portfolio.core.rights import Right
from portfolio.web.access import access
from portfolio.web.current import current
from portfolio.web.language import gettext, name_of
from portfolio.web.rail import Group, rail

if TYPE_CHECKING:
    from werkzeug.wrappers import Response


@blueprint.get("/<municipality>/funding-sources")
@access(Right.MANAGE, past=True)
@rail(N_("Funding sources"), Group.ADMINISTRATION, 40)
def funding_sources() -> str:
    """List where money may come from."""
    place = current.municipality.id
    gone = history.rows(current.session, FundingSource, place, with_removed=True, removed=True)
    return render_template(
        "budgets/funding_sources.html",
        sources=queries.funding_sources(current.session, place, at=current.at),
        removed=gone if current.at is None else (),
        may_manage=current.at is None,
    )


@blueprint.route("/<municipality>/funding-sources/new", methods=["GET", "POST"])
@access(Right.MANAGE)
def new_funding_source() -> tuple[str, int] | Response:
    """Add a source of money."""
    form = FundingSourceForm()
    if form.validate_on_submit():
        with form.refusals():
            operations.create_funding_source(current.session, current.actor, form.values())
            flash(gettext("The funding source was added."))
            return redirect(url_for("budgets.funding_sources"))
    return _page(gettext("New funding source"), form), form.status


@blueprint.route("/<municipality>/funding-sources/<int:source>", methods=["GET", "POST"])
@access(Right.MANAGE, load={"source": queries.get_funding_source})
def edit_funding_source(source: FundingSource) -> tuple[str, int] | Response:
    """Change a source of money."""
    form = FundingSourceForm(obj=source)
    if form.validate_on_submit():
        with form.refusals():
            operations.update_funding_source(
                current.session, current.actor, source.id, form.values(), version=form.version.data
            )
            flash(gettext("The funding source was saved."))
            return redirect(url_for("budgets.funding_sources"))
    return _page(name_of(source), form, source), form.status


@blueprint.post("/<municipality>/funding-sources/<int:source>/remove")
@access(Right.MANAGE, load={"source": queries.get_funding_source})
def remove_funding_source(source: FundingSource) -> Response:
    """Remove a source from which no amounts come."""
    operations.remove_funding_source(current.session, current.actor, source.id)
    flash(gettext("%(name)s was removed.", name=name_of(source)))
    return redirect(url_for("budgets.funding_sources"))


@blueprint.post("/<municipality>/funding-sources/<int:source>/restore")
@access(Right.MANAGE, load={"source": queries.get_funding_source})
def restore_funding_source(source: FundingSource) -> Response:
    """Bring a removed source back."""
    operations.restore_funding_source(current.session, current.actor, source.id)
    flash(gettext("%(name)s is back.", name=name_of(source)))
    return redirect(url_for("budgets.funding_sources"))


def _page(title: str, form: FundingSourceForm, source: FundingSource | None = None) -> str:
    back = url_for("budgets.funding_sources")
    return render_template(
        "components/edit_page.html",
        title=title,
        form=form,
        back=back,
        crumbs=[{"label": gettext("Funding sources"), "url": back}],
        purpose=gettext("Where the money of initiatives comes from."),
        removed=source is not None and source.removed,
        remove=url_for("budgets.remove_funding_source", source=source.id) if source else None,
        restore=url_for("budgets.restore_funding_source", source=source.id) if source else None,
        remove_words=gettext("Only a source without amounts can be removed. It can be brought back."),
    )
