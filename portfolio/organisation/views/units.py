"""The unit tree with its posts and holders, and the form of one unit."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, url_for

from portfolio.core import history
from portfolio.core.language import N_
from portfolio.core.rights import Right
from portfolio.organisation import operations, queries
from portfolio.organisation.forms import UnitForm
from portfolio.organisation.models import Municipality, Post, Unit
from portfolio.organisation.rules import is_valid, level_name
from portfolio.organisation.views.room import blueprint, unit_choices
from portfolio.web.access import access
from portfolio.web.current import current
from portfolio.web.language import current_language, gettext, name_of, title_of
from portfolio.web.rail import Group, rail

if TYPE_CHECKING:
    from werkzeug.wrappers import Response


@blueprint.get("/<municipality>/units")
@access(Right.READ, past=True)
@rail(N_("Organisation"), Group.ADMINISTRATION, 20)
def units() -> str:
    """Show the unit tree, each unit with its posts and who holds them today."""
    place, day = current.municipality.id, current.shown_day
    posts: dict[int | None, list[Post]] = defaultdict(list)
    for post in queries.posts(current.session, place, at=current.at):
        posts[post.unit_id].append(post)
    names = current.loaded(Municipality).unit_level_names
    return render_template(
        "organisation/units.html",
        tree=queries.units(current.session, place, at=current.at),
        posts=posts,
        holders=queries.holders(current.session, place, day, at=current.at),
        level=lambda number: level_name(names, number, current_language()),
        ended=lambda item: not is_valid(item, day),
        removed=_removed() if current.at is None else (),
        may_manage=current.at is None and current.actor.may(Right.MANAGE),
    )


@blueprint.route("/<municipality>/units/new", methods=["GET", "POST"])
@access(Right.MANAGE)
def new_unit() -> tuple[str, int] | Response:
    """Add a unit."""
    form = UnitForm()
    form.parent_id.choices = unit_choices(gettext("none: at the top"))
    if form.validate_on_submit():
        with form.refusals():
            operations.create_unit(current.session, current.actor, form.values())
            flash(gettext("The unit was added."))
            return redirect(url_for("organisation.units"))
    return _page(gettext("New unit"), form), form.status


@blueprint.route("/<municipality>/units/<int:unit>", methods=["GET", "POST"])
@access(Right.MANAGE, load={"unit": queries.get_unit})
def edit_unit(unit: Unit) -> tuple[str, int] | Response:
    """Change one unit."""
    form = UnitForm(obj=unit)
    form.parent_id.choices = unit_choices(gettext("none: at the top"), but=unit.id)
    if form.validate_on_submit():
        with form.refusals():
            operations.update_unit(current.session, current.actor, unit.id, form.values(), version=form.version.data)
            flash(gettext("The unit was saved."))
            return redirect(url_for("organisation.units"))
    return _page(name_of(unit), form, unit), form.status


@blueprint.post("/<municipality>/units/<int:unit>/remove")
@access(Right.MANAGE, load={"unit": queries.get_unit})
def remove_unit(unit: Unit) -> Response:
    """Remove a unit; it stays in the history."""
    operations.remove_unit(current.session, current.actor, unit.id)
    flash(gettext("%(name)s was removed.", name=name_of(unit)))
    return redirect(url_for("organisation.units"))


@blueprint.post("/<municipality>/units/<int:unit>/restore")
@access(Right.MANAGE, load={"unit": queries.get_unit})
def restore_unit(unit: Unit) -> Response:
    """Bring a removed unit back."""
    operations.restore_unit(current.session, current.actor, unit.id)
    flash(gettext("%(name)s is back.", name=name_of(unit)))
    return redirect(url_for("organisation.units"))


def _removed() -> list[tuple[str, str]]:
    """List what was removed: its name and where it can be brought back."""
    place, session = current.municipality.id, current.session
    units = history.rows(session, Unit, place, with_removed=True, removed=True)
    posts = history.rows(session, Post, place, with_removed=True, removed=True)
    return [
        *((name_of(one), url_for("organisation.edit_unit", unit=one.id)) for one in units),
        *((title_of(one), url_for("organisation.edit_post", post=one.id)) for one in posts),
    ]


def _page(title: str, form: UnitForm, unit: Unit | None = None) -> str:
    back = url_for("organisation.units")
    return render_template(
        "components/edit_page.html",
        title=title,
        form=form,
        back=back,
        crumbs=[{"label": gettext("Organisation"), "url": back}],
        purpose=gettext("Lists, filters and rights follow the tree of units."),
        removed=unit is not None and unit.removed,
        remove=url_for("organisation.remove_unit", unit=unit.id) if unit is not None else None,
        restore=url_for("organisation.restore_unit", unit=unit.id) if unit is not None else None,
    )
