"""Changing, proposing, copying, removing and restoring initiatives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response, abort, flash, jsonify, redirect, render_template, request, url_for

from portfolio.core import history
from portfolio.core.language import N_
from portfolio.core.rights import Right
from portfolio.pages.forms.initiative import CopyForm
from portfolio.pages.views.choices import unit_choices
from portfolio.pages.views.conflict import show_conflict
from portfolio.pages.views.creating import Creating, portfolio_to_choose
from portfolio.pages.views.editing import Editing
from portfolio.pages.views.rights import open_to
from portfolio.pages.views.room import blueprint
from portfolio.register import operations
from portfolio.register import queries as register
from portfolio.register.models import Initiative
from portfolio.register.rules import may_propose
from portfolio.web.access import access
from portfolio.web.current import current
from portfolio.web.language import gettext
from portfolio.web.timespan import preview

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as Redirect

Answer = tuple[str, int]
NOTHING_CHANGED = N_("Nothing was changed: everything was already so.")


@blueprint.route("/<municipality>/initiatives/<int:initiative>/edit", methods=["GET", "POST"])
@access(Right.EDIT, load={"initiative": register.get_initiative})
def edit_initiative(initiative: Initiative) -> Answer | Redirect:
    """Change an initiative; what others saved meanwhile is merged, or shown beside what was typed."""
    if not open_to(initiative).edit:
        abort(403)
    editing = Editing(initiative)
    if editing.form.validate_on_submit():
        merged = editing.merged
        if not editing.is_settled(merged):
            return show_conflict(editing, merged), 409
        with editing.form.refusals():
            return to_card(initiative.id, editing.save(merged))
    return render_template("pages/initiative_edit.html", editing=editing, form=editing.form), editing.form.answer


@blueprint.route("/<municipality>/initiatives/new", methods=["GET", "POST"])
@access(Right.PROPOSE)
def new_initiative() -> str | Answer | Redirect:
    """Propose a new initiative in one of the portfolios."""
    portfolio = portfolio_to_choose()
    if portfolio is None:
        found = register.portfolios(current.session, current.municipality.id)
        may_manage = current.actor.may(Right.MANAGE)
        return render_template("pages/initiative_portfolio.html", portfolios=found, may_manage=may_manage)
    creating = Creating(portfolio)
    if creating.form.validate_on_submit():
        with creating.form.refusals():
            identity = creating.save()
            return to_card(identity, history.take_revision(current.session, current.actor).id)
    return render_template("pages/initiative_new.html", creating=creating, form=creating.form), creating.form.answer


@blueprint.route("/<municipality>/initiatives/<int:initiative>/copy", methods=["GET", "POST"])
@access(Right.PROPOSE, load={"initiative": register.get_initiative})
def copy_initiative(initiative: Initiative) -> Answer | Redirect:
    """Make a proposal after an initiative."""
    if initiative.removed:
        abort(404)
    form = CopyForm(
        data={"title_fi": gettext("%(title)s (copy)", title=initiative.title_fi), "unit_id": initiative.unit_id}
    )
    form.unit_id.choices = unit_choices((), may=lambda unit_id: may_propose(current.actor, unit_id))
    if form.validate_on_submit():
        with form.refusals():
            identity = operations.copy_initiative(current.session, current.actor, initiative.id, form.values())
            return to_card(identity, history.take_revision(current.session, current.actor).id)
    return render_template("pages/initiative_copy.html", form=form, initiative=initiative), form.status


@blueprint.route("/<municipality>/initiatives/<int:initiative>/remove", methods=["GET", "POST"])
@access(Right.EDIT, load={"initiative": register.get_initiative})
def remove_initiative(initiative: Initiative) -> str | Redirect:
    """Ask whether to remove an initiative, and remove it."""
    if not open_to(initiative).remove:
        abort(403)
    if request.method == "POST":
        written = operations.remove_initiatives(current.session, current.actor, [initiative.id])
        return to_card(initiative.id, written.revision_id)
    return render_template("pages/initiative_remove.html", initiative=initiative)


@blueprint.post("/<municipality>/initiatives/<int:initiative>/restore")
@access(Right.EDIT, load={"initiative": register.get_initiative})
def restore_initiative(initiative: Initiative) -> Redirect:
    """Bring a removed initiative back."""
    written = operations.restore_initiatives(current.session, current.actor, [initiative.id])
    return to_card(initiative.id, written.revision_id)


@blueprint.get("/<municipality>/timespan")
@access(Right.READ)
def timespan_preview() -> Response:
    """Say what words about time are understood as, while they are written."""
    return jsonify(preview(request.args.get("words", "")))


def to_card(identity: int, revision_id: int | None, part: str | None = None) -> Redirect:
    """Go to a card on which what was saved can be undone; ``part`` is where on it."""
    if revision_id is None:
        flash(gettext(NOTHING_CHANGED), "info")
    return redirect(url_for("pages.card", initiative=identity, saved=revision_id, _anchor=part))
