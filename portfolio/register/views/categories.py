"""The classifications with their classes, and the form of one class."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, flash, redirect, render_template, url_for

from portfolio.core import history
from portfolio.core.language import N_
from portfolio.core.rights import Right
from portfolio.register import operations, queries
from portfolio.register.forms.classes import CategoryForm
from portfolio.register.forms.options import NO_BREAK
from portfolio.register.models import Category, CategoryScheme
from portfolio.register.queries import SchemeCounts
from portfolio.register.views.room import blueprint
from portfolio.web.access import access
from portfolio.web.current import current
from portfolio.web.language import gettext, name_of
from portfolio.web.rail import Group, rail

if TYPE_CHECKING:
    from werkzeug.wrappers import Response


@blueprint.get("/<municipality>/categories")
@access(Right.READ, past=True)
@rail(N_("Classifications"), Group.ADMINISTRATION, 30)
def categories() -> str:
    """Show each classification with its classes in order."""
    place = current.municipality.id
    portfolios = queries.portfolios(current.session, place, at=current.at)
    return render_template(
        "register/categories.html",
        schemes=queries.counted_schemes(current.session, place, at=current.at),
        portfolio_names={one.portfolio.id: name_of(one.portfolio) for one in portfolios},
        removed=_removed() if current.at is None else (),
        may_manage=current.at is None and current.actor.may(Right.MANAGE),
    )


@blueprint.route("/<municipality>/categories/schemes/<int:scheme>/classes/new", methods=["GET", "POST"])
@access(Right.MANAGE, load={"scheme": queries.get_scheme})
def new_category(scheme: CategoryScheme) -> tuple[str, int] | Response:
    """Add a class to a classification, after those that it has."""
    present = _present(scheme.id)
    form = CategoryForm(data={"position": max((one.category.position for one in present.classes), default=0) + 1})
    form.parent_id.choices = _above(present, None)
    if form.validate_on_submit():
        with form.refusals():
            operations.create_category(current.session, current.actor, {**form.values(), "scheme_id": scheme.id})
            flash(gettext("The class was added."))
            return redirect(url_for("register.categories"))
    return _page(gettext("New class"), form, scheme), form.status


@blueprint.route("/<municipality>/categories/<int:category>", methods=["GET", "POST"])
@access(Right.MANAGE, load={"category": queries.get_category})
def edit_category(category: Category) -> tuple[str, int] | Response:
    """Change a class, its place or what stands above it."""
    form = CategoryForm(obj=category)
    form.parent_id.choices = _above(_present(category.scheme_id), category)
    if form.validate_on_submit():
        with form.refusals():
            operations.update_category(
                current.session, current.actor, category.id, form.values(), version=form.version.data
            )
            flash(gettext("The class was saved."))
            return redirect(url_for("register.categories"))
    scheme = queries.get_scheme(current.session, current.municipality.id, category.scheme_id) or abort(404)
    return _page(name_of(category), form, scheme, category), form.status


@blueprint.post("/<municipality>/categories/<int:category>/remove")
@access(Right.MANAGE, load={"category": queries.get_category})
def remove_category(category: Category) -> Response:
    """Remove a class; initiatives in it are out of it until it comes back."""
    operations.remove_category(current.session, current.actor, category.id)
    flash(gettext("%(name)s was removed.", name=name_of(category)))
    return redirect(url_for("register.categories"))


@blueprint.post("/<municipality>/categories/<int:category>/restore")
@access(Right.MANAGE, load={"category": queries.get_category})
def restore_category(category: Category) -> Response:
    """Bring a removed class back, with the initiatives that were in it."""
    operations.restore_category(current.session, current.actor, category.id)
    flash(gettext("%(name)s is back.", name=name_of(category)))
    return redirect(url_for("register.categories"))


def _present(scheme_id: int) -> SchemeCounts:
    found = queries.counted_schemes(current.session, current.municipality.id)
    return next((one for one in found if one.scheme.id == scheme_id), None) or abort(404)


def _above(scheme: SchemeCounts, category: Category | None) -> list[tuple[int | str, str]]:
    """Offer the classes of the same classification as the one above, but not the class itself."""
    rows = [one for one in scheme.classes if category is None or one.category.id != category.id]
    choices = ((one.category.id, NO_BREAK * 3 * one.level + name_of(one.category)) for one in rows)
    return [("", gettext("none: at the top")), *choices]


def _removed() -> list[tuple[str, str]]:
    """List what was removed: its name and where it can be brought back."""
    place, session = current.municipality.id, current.session
    schemes = history.rows(session, CategoryScheme, place, with_removed=True, removed=True)
    classes = history.rows(session, Category, place, with_removed=True, removed=True)
    return [
        *((name_of(one), url_for("register.edit_scheme", scheme=one.id)) for one in schemes),
        *((name_of(one), url_for("register.edit_category", category=one.id)) for one in classes),
    ]


def _page(title: str, form: CategoryForm, scheme: CategoryScheme, category: Category | None = None) -> str:
    back = url_for("register.categories")
    return render_template(
        "components/edit_page.html",
        title=title,
        form=form,
        back=back,
        crumbs=[{"label": gettext("Classifications"), "url": back}, {"label": name_of(scheme), "url": None}],
        purpose=gettext("A class of the classification %(scheme)s.", scheme=name_of(scheme)),
        removed=category is not None and category.removed,
        remove=url_for("register.remove_category", category=category.id) if category else None,
        restore=url_for("register.restore_category", category=category.id) if category else None,
        remove_words=gettext("Items in it are out of it until it is brought back."),
    )
