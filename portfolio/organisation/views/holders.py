"""Who holds a post and when; a person can be erased, the post's history stays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from flask import abort, flash, redirect, render_template, url_for

from portfolio.core.rights import Right
from portfolio.organisation import operations, queries
from portfolio.organisation.forms import HolderForm, HoldingForm
from portfolio.organisation.models import Holding, Post
from portfolio.organisation.views.room import blueprint
from portfolio.web.access import access
from portfolio.web.current import current
from portfolio.web.language import gettext, title_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session
    from werkzeug.wrappers import Response


def _holding(session: Session, municipality_id: int, key: int, /, *, at: int | None = None) -> Holding | None:
    return queries.get_holding(session, municipality_id, key) if at is None else None


@blueprint.route("/<municipality>/posts/<int:post>/holders/new", methods=["GET", "POST"])
@access(Right.MANAGE, load={"post": queries.get_post})
def add_holder(post: Post) -> tuple[str, int] | Response:
    """Tell who comes into a post."""
    form = HolderForm()
    form.person_id.choices = _people()
    if form.validate_on_submit():
        with form.refusals():
            _hold(post, form)
            flash(gettext("The holder was added."))
            return redirect(url_for("organisation.edit_post", post=post.id))
    groups = [
        (gettext("Who"), None, ("person_id", "name", "email")),
        (gettext("When"), None, ("valid_from", "valid_to")),
    ]
    return _page(gettext("New holder"), form, post, groups=groups), form.status


@blueprint.route("/<municipality>/holdings/<int:holding>", methods=["GET", "POST"])
@access(Right.MANAGE, load={"holding": _holding})
def edit_holding(holding: Holding) -> tuple[str, int] | Response:
    """Change when a person holds a post."""
    form, back = HoldingForm(obj=holding), url_for("organisation.edit_post", post=holding.post_id)
    if form.validate_on_submit():
        with form.refusals():
            operations.update_holding(
                current.session, current.actor, holding.id, form.values(), version=form.version.data
            )
            flash(gettext("The times were saved."))
            return redirect(back)
    post = queries.get_post(current.session, current.municipality.id, holding.post_id) or abort(404)
    person = queries.get_person(current.session, current.municipality.id, holding.person_id) or abort(404)
    return _page(person.name or gettext("name erased"), form, post, holding), form.status


@blueprint.post("/<municipality>/holdings/<int:holding>/remove")
@access(Right.MANAGE, load={"holding": _holding})
def remove_holding(holding: Holding) -> Response:
    """Take back that a person held a post."""
    operations.remove_holding(current.session, current.actor, holding.id)
    flash(gettext("The holder was removed from the post."))
    return redirect(url_for("organisation.edit_post", post=holding.post_id))


@blueprint.post("/<municipality>/holdings/<int:holding>/restore")
@access(Right.MANAGE, load={"holding": _holding})
def restore_holding(holding: Holding) -> Response:
    """Bring a removed holder of a post back."""
    operations.restore_holding(current.session, current.actor, holding.id)
    flash(gettext("The holder is back."))
    return redirect(url_for("organisation.edit_post", post=holding.post_id))


def _hold(post: Post, form: HolderForm) -> None:
    """Put the chosen person, or a new one, into the post."""
    person = form.person_id.data
    if person is None:
        person = operations.create_person(current.session, current.actor, form.name.data or "", form.email.data)
    times = form.values(["valid_from", "valid_to"])
    operations.add_holding(current.session, current.actor, {"post_id": post.id, "person_id": person, **times})


def _people() -> list[tuple[int | str, str]]:
    """Offer those who hold posts or have held them."""
    known = [one for one in queries.people(current.session, current.municipality.id) if one.name]
    words = ((one.id, f"{one.name} · {one.email}" if one.email else one.name) for one in known)
    return [("", gettext("somebody new")), *words]


def _page(
    title: str, form: HoldingForm, post: Post, holding: Holding | None = None, groups: Sequence[object] = ()
) -> str:
    name, back = title_of(post), url_for("organisation.edit_post", post=post.id)
    return render_template(
        "components/edit_page.html",
        title=title,
        form=form,
        groups=groups,
        back=back,
        crumbs=[
            {"label": gettext("Organisation"), "url": url_for("organisation.units")},
            {"label": name, "url": back},
        ],
        purpose=gettext("Holder of the post %(post)s.", post=name),
        removed=holding is not None and holding.removed,
        remove=url_for("organisation.remove_holding", holding=holding.id) if holding is not None else None,
        restore=url_for("organisation.restore_holding", holding=holding.id) if holding is not None else None,
        remove_words=gettext("Only when it was told by mistake. When somebody leaves the post, give the last day."),
    )
