"""The municipality's settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, url_for

from portfolio.core.language import N_
from portfolio.core.rights import Right
from portfolio.organisation import operations
from portfolio.organisation.forms import SettingsForm
from portfolio.organisation.models import Municipality
from portfolio.organisation.views.room import blueprint
from portfolio.web.access import access
from portfolio.web.current import current
from portfolio.web.language import gettext
from portfolio.web.rail import Group, rail

if TYPE_CHECKING:
    from werkzeug.wrappers import Response


@blueprint.route("/<municipality>/settings", methods=["GET", "POST"])
@access(Right.SETTINGS)
@rail(N_("Settings"), Group.ADMINISTRATION, 70)
def settings() -> tuple[str, int] | Response:
    """Change the municipality's settings."""
    form = SettingsForm(obj=current.loaded(Municipality))
    if form.validate_on_submit():
        with form.refusals():
            operations.update_municipality(current.session, current.actor, form.values(), version=form.version.data)
            flash(gettext("The settings were saved."))
            return redirect(url_for("organisation.settings"))
    page = render_template(
        "components/edit_page.html",
        title=gettext("Settings"),
        form=form,
        crumbs=[],
        back=None,
        purpose=gettext("What holds for the whole municipality."),
    )
    return page, form.status
