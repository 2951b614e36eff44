"""The form of one post, with its holders of all times."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, url_for

from portfolio.core.rights import Right
from portfolio.organisation import operations, queries
from portfolio.organisation.forms import PostForm
from portfolio.organisation.models import Post
from portfolio.organisation.views.room import blueprint, unit_choices
from portfolio.web.access import access
from portfolio.web.current import current
from portfolio.web.language import gettext, title_of

if TYPE_CHECKING:
    from werkzeug.wrappers import Response


@blueprint.route("/<municipality>/posts/new", methods=["GET", "POST"])
@access(Right.MANAGE)
def new_post() -> tuple[str, int] | Response:
    """Add a post."""
    form = PostForm()
    form.unit_id.choices = unit_choices(gettext("no unit"))
    if form.validate_on_submit():
        with form.refusals():
            identity = operations.create_post(current.session, current.actor, form.values())
            flash(gettext("The post was added."))
            return redirect(url_for("organisation.edit_post", post=identity))
    return _page(gettext("New post"), form, None), form.status


@blueprint.route("/<municipality>/posts/<int:post>", methods=["GET", "POST"])
@access(Right.MANAGE, load={"post": queries.get_post})
def edit_post(post: Post) -> tuple[str, int] | Response:
    """Change one post."""
    form = PostForm(obj=post)
    form.unit_id.choices = unit_choices(gettext("no unit"))
    if form.validate_on_submit():
        with form.refusals():
            operations.update_post(current.session, current.actor, post.id, form.values(), version=form.version.data)
            flash(gettext("The post was saved."))
            return redirect(url_for("organisation.units"))
    return _page(title_of(post), form, post), form.status


@blueprint.post("/<municipality>/posts/<int:post>/remove")
@access(Right.MANAGE, load={"post": queries.get_post})
def remove_post(post: Post) -> Response:
    """Remove a post; what it owned keeps its name in the history."""
    operations.remove_post(current.session, current.actor, post.id)
    flash(gettext("%(name)s was removed.", name=title_of(post)))
    return redirect(url_for("organisation.units"))


@blueprint.post("/<municipality>/posts/<int:post>/restore")
@access(Right.MANAGE, load={"post": queries.get_post})
def restore_post(post: Post) -> Response:
    """Bring a removed post back."""
    operations.restore_post(current.session, current.actor, post.id)
    flash(gettext("%(name)s is back.", name=title_of(post)))
    return redirect(url_for("organisation.units"))


def _page(title: str, form: PostForm, post: Post | None) -> str:
    back = url_for("organisation.units")
    holders = queries.holdings_of_post(current.session, current.municipality.id, post.id) if post is not None else ()
    return render_template(
        "organisation/post.html",
        title=title,
        form=form,
        back=back,
        crumbs=[{"label": gettext("Organisation"), "url": back}],
        purpose=gettext("Ownership is by post: when the holder changes, nothing else does."),
        removed=post is not None and post.removed,
        remove=url_for("organisation.remove_post", post=post.id) if post is not None else None,
        restore=url_for("organisation.restore_post", post=post.id) if post is not None else None,
        post=post,
        holders=holders,
    )
