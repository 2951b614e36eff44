"""Who pays what share of an initiative (requirement 136)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from flask import abort, flash, redirect, render_template, url_for

from portfolio.budgets import operations, queries
from portfolio.budgets.forms.shares import FIELDS, SharesForm, not_whole, shares_form
from portfolio.budgets.models import FundingShare, FundingSource
from portfolio.budgets.rules import editable_amounts
from portfolio.budgets.views.room import blueprint
from portfolio.core.rights import Right
from portfolio.register import queries as register
from portfolio.register.models import Initiative
from portfolio.web.access import access
from portfolio.web.current import current
from portfolio.web.language import gettext, name_of, title_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from werkzeug.wrappers import Response


@blueprint.route("/<municipality>/initiatives/<int:initiative>/shares", methods=["GET", "POST"])
@access(Right.EDIT, load={"initiative": register.get_initiative})
def shares(initiative: Initiative) -> tuple[str, int] | Response:
    """Tell who pays what share of an initiative; that they do not make the whole is told and saved all the same."""
    if initiative.removed or "planned" not in _open(initiative):
        abort(403)
    sources = queries.funding_sources(current.session, current.municipality.id)
    held = {one.source_id: one for one in queries.shares_of(current.session, current.municipality.id, initiative.id)}
    form = shares_form(sources, held)()
    if form.validate_on_submit():
        with form.refusals():
            told = _save(initiative, form, held)
            flash(gettext("The funding shares were saved."), "ok")
            if told:
                flash(told, "warn")
            return redirect(url_for("pages.budget", initiative=initiative.id, _anchor="shares"))
    page = {"form": form, "rows": _rows(form, sources), "initiative": initiative, "name": title_of(initiative)}
    return render_template("budgets/shares.html", **page), form.status


def _rows(form: SharesForm, sources: Iterable[FundingSource]) -> list[dict[str, Any]]:
    """Give a row of fields for each source."""
    return [
        {"words": name_of(one), "external": one.external, "fields": [form[f"{name}-{one.id}"] for name in FIELDS]}
        for one in sources
    ]


def _open(initiative: Initiative) -> frozenset[str]:
    return editable_amounts(current.actor, initiative.unit_id, initiative.owner_post_id)


def _save(initiative: Initiative, form: SharesForm, held: Mapping[int, FundingShare]) -> str | None:
    """Write what was told and remove what was emptied; gives what is to be said of the sum."""
    given = form.shares()
    changed = {
        (initiative.id, source): values
        for source, values in given.items()
        if source not in held or any(getattr(held[source], name) != value for name, value in values.items())
    }
    operations.put_funding_shares(current.session, current.actor, changed)
    for source, share in held.items():
        if source in form.sources and source not in given:
            operations.remove_funding_share(current.session, current.actor, share.id)
    percents: list[Decimal | None] = [values["percent"] for values in given.values()]
    return not_whole(percents)
