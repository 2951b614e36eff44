"""Saved views of the roadmap: their list, saving what is shown, renaming, sharing, removing with undo."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import abort, flash, redirect, render_template, request, url_for

from portfolio.accounts import operations as accounts
from portfolio.accounts.models import SavedView
from portfolio.accounts.queries import ViewOf, get_view, saved_views
from portfolio.accounts.rules import may_change_view, may_see_view, may_share_views
from portfolio.core import history
from portfolio.core.rights import Right
from portfolio.forums.operations import open_forum_with_view
from portfolio.forums.queries import forum_views, forums
from portfolio.roadmap.forms.saved import PAGE, NewViewForm, ViewForm, canonical, has_time
from portfolio.roadmap.views.opening import address_of
from portfolio.roadmap.views.room import blueprint
from portfolio.web.access import access
from portfolio.web.current import current
from portfolio.web.language import gettext, name_of

if TYPE_CHECKING:
    from werkzeug.wrappers import Response


@blueprint.get("/<municipality>/roadmap/views")
@access(Right.READ)
def views() -> str:
    """List the views that one sees, with the forums that open with them; ``?removed=`` offers one back."""
    found = _seen()
    return render_template(
        "roadmap/views.html",
        own=[one for one in found if one.view.user_id == current.actor.user_id],
        others=[one for one in found if one.view.user_id != current.actor.user_id],
        forums=_forum_names(),
        address_of=address_of,
        may_change=lambda view: may_change_view(current.actor, view),
        keeps_time=lambda view: has_time(view.query),
        removed=_removed_asked(),
    )


@blueprint.route("/<municipality>/roadmap/views/new", methods=["GET", "POST"])
@access(Right.READ)
def new_view() -> tuple[str, int] | Response:
    """Save what ``?query=`` shows as a view, or in place of one."""
    query = request.args.get("query", "")
    form = NewViewForm(seen=history.latest_revision(current.session))
    _prepare(form)
    changeable = [one.view for one in _seen() if may_change_view(current.actor, one.view)]
    form.replaces.choices = [("", gettext("a new view")), *((view.id, view.name) for view in changeable)]
    if not changeable and not request.form.get("replaces"):  # one that is gone since is told beside the field
        del form.replaces
    if not has_time(query):
        del form.keep_time
    if form.validate_on_submit():
        with form.refusals():
            kept = canonical(query, keep_time=bool(form.chosen("keep_time")))
            view = _save(form, kept)
            flash(gettext('The view "%(name)s" was saved.', name=view.name))
            return redirect(address_of(view))
        form.seen.data = history.latest_revision(current.session)
    return _page(gettext("Save this view"), form), form.status


@blueprint.route("/<municipality>/roadmap/views/<int:view>/edit", methods=["GET", "POST"])
@access(Right.READ, load={"view": get_view})
def edit_view(view: SavedView) -> tuple[str, int] | Response:
    """Rename a view, share it, or let a forum open with it."""
    _let_in(view)
    opened = {one.id: forum_id for forum_id, one in forum_views(current.session, current.municipality.id).items()}
    form = ViewForm(obj=view, forum_id=opened.get(view.id))
    _prepare(form, view)
    if form.validate_on_submit():
        with form.refusals():
            values = form.values([name for name in ("name", "shared") if name in form])
            accounts.update_view(current.session, current.actor, view.id, values, version=form.version.data)
            _open_forum(form, view.id)
            flash(gettext('The view "%(name)s" was saved.', name=values["name"]))
            return redirect(url_for("roadmap.views"))
    return _page(view.name, form, view), form.status


@blueprint.post("/<municipality>/roadmap/views/<int:view>/remove")
@access(Right.READ, load={"view": get_view})
def remove_view(view: SavedView) -> Response:
    """Remove a view; the list offers it back."""
    _let_in(view)
    accounts.remove_view(current.session, current.actor, view.id)
    return redirect(url_for("roadmap.views", removed=view.id))


@blueprint.post("/<municipality>/roadmap/views/<int:view>/restore")
@access(Right.READ, load={"view": get_view})
def restore_view(view: SavedView) -> Response:
    """Bring a removed view back."""
    _let_in(view)
    accounts.restore_view(current.session, current.actor, view.id)
    flash(gettext("%(name)s is back.", name=view.name))
    return redirect(url_for("roadmap.views"))


def _let_in(view: SavedView) -> None:
    """Hide what is another's own, and refuse what the person sees but may not change."""
    if not may_see_view(current.actor, view):
        abort(404)
    if not may_change_view(current.actor, view):
        abort(403)


def _removed_asked() -> SavedView | None:
    """Give the removed view that ``?removed=`` names, to those who may bring it back."""
    asked = request.args.get("removed", 0, type=int)
    found = get_view(current.session, current.municipality.id, asked)
    return found if found is not None and found.removed and may_change_view(current.actor, found) else None


def _seen() -> list[ViewOf]:
    return saved_views(current.session, current.municipality.id, current.actor.user_id, PAGE)


def _forum_names() -> dict[int, list[str]]:
    """Give, by view, the names of the forums that open with it."""
    session, place = current.session, current.municipality.id
    opened = forum_views(session, place)
    found: dict[int, list[str]] = {}
    for forum in forums(session, place):
        if forum.id in opened:
            found.setdefault(opened[forum.id].id, []).append(name_of(forum))
    return found


def _prepare(form: ViewForm, view: SavedView | None = None) -> None:
    """Leave in the form what this person may choose; whoever sees to a shared view may keep it to its owner."""
    manages = current.actor.may(Right.MANAGE)
    offered = forums(current.session, current.municipality.id) if manages else []
    form.allow(
        may_share=may_share_views(current.actor) or (view is not None and view.shared),
        forums=[(one.id, name_of(one)) for one in offered],
    )


def _save(form: NewViewForm, query: str) -> SavedView:
    """Write a new view, or what another shows from now on; a name that is given is its new one."""
    values: dict[str, Any] = {"query": query}
    replaced = form.chosen("replaces")
    if form.name.data or not replaced:
        values["name"] = form.name.data
    if replaced:
        accounts.update_view(current.session, current.actor, replaced, values, seen=form.seen.data)
        view_id = replaced
    else:
        shared = bool(form.chosen("shared"))
        view_id = accounts.save_view(current.session, current.actor, PAGE, {**values, "shared": shared})
        _open_forum(form, view_id)
    return current.session.get_one(SavedView, view_id, populate_existing=True)


def _open_forum(form: ViewForm, view_id: int) -> None:
    if "forum_id" in form:
        open_forum_with_view(current.session, current.actor, view_id, form.forum_id.data)


def _page(title: str, form: ViewForm, view: SavedView | None = None) -> str:
    back = url_for("roadmap.views")
    groups = [
        (gettext("The view"), None, ("name", "replaces", "keep_time")),
        (gettext("Who sees it"), None, ("shared", "forum_id")),
    ]
    return render_template(
        "components/edit_page.html",
        title=title,
        form=form,
        back=back,
        groups=[group for group in groups if any(name in form for name in group[2])],
        crumbs=[
            {"label": gettext("Roadmap"), "url": url_for("roadmap.grid")},
            {"label": gettext("Views"), "url": back},
        ],
        purpose=gettext("A view keeps the filters, lanes, colours, order and length of time under a name."),
        removed=view is not None and view.removed,
        remove=url_for("roadmap.remove_view", view=view.id) if view else None,
        restore=url_for("roadmap.restore_view", view=view.id) if view else None,
        remove_words=gettext("The view leaves the lists of all who saw it. It can be brought back."),
    )
