"""The form of one classification."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, url_for

from portfolio.core.rights import Right
from portfolio.register import operations, queries
from portfolio.register.forms.classes import SchemeForm
from portfolio.register.models import CategoryScheme
from portfolio.register.views.room import blueprint, portfolio_choices
from portfolio.web.access import access
from portfolio.web.current import current
from portfolio.web.language import gettext, name_of

if TYPE_CHECKING:
    from werkzeug.wrappers import Response


@blueprint.route("/<municipality>/categories/schemes/new", methods=["GET", "POST"])
@access(Right.MANAGE)
def new_scheme() -> tuple[str, int] | Response:
    """Set up a way of classifying."""
    form = SchemeForm()
    form.portfolio_id.choices = portfolio_choices(gettext("all portfolios"))
    if form.validate_on_submit():
        with form.refusals():
            operations.create_scheme(current.session, current.actor, form.values())
            flash(gettext("The classification was set up. Add its classes next."))
            return redirect(url_for("register.categories"))
    return _page(gettext("New classification"), form), form.status


@blueprint.route("/<municipality>/categories/schemes/<int:scheme>", methods=["GET", "POST"])
@access(Right.MANAGE, load={"scheme": queries.get_scheme})
def edit_scheme(scheme: CategoryScheme) -> tuple[str, int] | Response:
    """Change a way of classifying."""
    form = SchemeForm(obj=scheme)
    form.portfolio_id.choices = portfolio_choices(gettext("all portfolios"))
    if form.validate_on_submit():
        with form.refusals():
            operations.update_scheme(
                current.session, current.actor, scheme.id, form.values(), version=form.version.data
            )
            flash(gettext("The classification was saved."))
            return redirect(url_for("register.categories"))
    return _page(name_of(scheme), form, scheme), form.status


@blueprint.post("/<municipality>/categories/schemes/<int:scheme>/remove")
@access(Right.MANAGE, load={"scheme": queries.get_scheme})
def remove_scheme(scheme: CategoryScheme) -> Response:
    """Remove a way of classifying; what it said is hidden with it."""
    operations.remove_scheme(current.session, current.actor, scheme.id)
    flash(gettext("%(name)s was removed.", name=name_of(scheme)))
    return redirect(url_for("register.categories"))


@blueprint.post("/<municipality>/categories/schemes/<int:scheme>/restore")
@access(Right.MANAGE, load={"scheme": queries.get_scheme})
def restore_scheme(scheme: CategoryScheme) -> Response:
    """Bring a removed way of classifying back."""
    operations.restore_scheme(current.session, current.actor, scheme.id)
    flash(gettext("%(name)s is back.", name=name_of(scheme)))
    return redirect(url_for("register.categories"))


def _page(title: str, form: SchemeForm, scheme: CategoryScheme | None = None) -> str:
    back = url_for("register.categories")
    return render_template(
        "components/edit_page.html",
        title=title,
        form=form,
        back=back,
        crumbs=[{"label": gettext("Classifications"), "url": back}],
        purpose=gettext(
            "A way of dividing items into classes: lists and the roadmap can be filtered and grouped by it."
        ),
        removed=scheme is not None and scheme.removed,
        remove=url_for("register.remove_scheme", scheme=scheme.id) if scheme else None,
        restore=url_for("register.restore_scheme", scheme=scheme.id) if scheme else None,
        remove_words=gettext("Its classes are hidden with it, and come back with it."),
    )
