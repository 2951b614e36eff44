"""One user of a municipality: roles, sign-ins, a new link, the end of access."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, flash, redirect, render_template, request, url_for

from portfolio.accounts import operations, queries
from portfolio.accounts.forms import ROLE_NAMES, AccessForm
from portfolio.accounts.models import Access
from portfolio.accounts.operations import NewUser
from portfolio.accounts.queries import UserAccess
from portfolio.accounts.rules import LINK_LASTS
from portfolio.accounts.views.new_user import show_link
from portfolio.accounts.views.room import blueprint
from portfolio.accounts.views.session import sign_in_limits
from portfolio.accounts.views.units import offer_units, unit_names
from portfolio.core.rights import Right
from portfolio.web.access import access
from portfolio.web.current import current
from portfolio.web.language import gettext

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

USER = {"user": queries.get_user}
USER_ACCESS = {"user": queries.get_user, "access_row": queries.get_access}


@blueprint.get("/<municipality>/users/<int:user>")
@access(Right.USERS, load=USER)
def user(user: UserAccess) -> str:
    """Show one user: access here, and where the user is signed in."""
    going = queries.sign_ins_of(current.session, user.user.id, current.now, **sign_in_limits())
    return render_template("accounts/user.html", one=user, sign_ins=going, units=unit_names(), role_names=ROLE_NAMES)


@blueprint.route("/<municipality>/users/<int:user>/access/new", methods=["GET", "POST"])
@access(Right.USERS, load=USER)
def give_access(user: UserAccess) -> tuple[str, int] | Response:
    """Give one more role."""
    form = AccessForm()
    offer_units(form)
    if form.validate_on_submit():
        with form.refusals():
            operations.give_access(current.session, current.actor, user.user.id, form.values())
            flash(gettext("The role was given."))
            return redirect(url_for("accounts.user", user=user.user.id))
    return render_template("accounts/access.html", form=form, one=user, row=None), form.status


@blueprint.route("/<municipality>/users/<int:user>/access/<int:access_row>", methods=["GET", "POST"])
@access(Right.USERS, load=USER_ACCESS)
def change_access(user: UserAccess, access_row: Access) -> tuple[str, int] | Response:
    """Change one role, its unit or its last day."""
    row = _of_user(access_row, user)
    form = AccessForm(obj=row)
    offer_units(form)
    if form.validate_on_submit():
        with form.refusals():
            version = form.version.data
            operations.change_access(current.session, current.actor, row.id, form.values(), version=version)
            flash(gettext("The access was saved."))
            return redirect(url_for("accounts.user", user=user.user.id))
    return render_template("accounts/access.html", form=form, one=user, row=row), form.status


@blueprint.post("/<municipality>/users/<int:user>/access/<int:access_row>/end")
@access(Right.USERS, load=USER_ACCESS)
def end_role(user: UserAccess, access_row: Access) -> Response:
    """Take one role away."""
    row = _of_user(access_row, user)
    operations.end_access(current.session, current.actor, user.user.id, {row.id})
    flash(gettext("The role was taken away and the person was signed out."))
    return redirect(url_for("accounts.user", user=user.user.id))


@blueprint.route("/<municipality>/users/<int:user>/end", methods=["GET", "POST"])
@access(Right.USERS, load=USER)
def end_user(user: UserAccess) -> str | Response:
    """Take all access here away, after asking: every sign-in of the person ends with the next page."""
    if request.method != "POST":
        return render_template("accounts/end.html", one=user)
    operations.end_access(current.session, current.actor, user.user.id)
    current.record("access ended", f"user {user.user.id}")
    flash(gettext("The access of %(name)s has ended.", name=user.user.name))
    return redirect(url_for("accounts.users"))


@blueprint.post("/<municipality>/users/<int:user>/sign-ins/end")
@access(Right.USERS, load=USER)
def end_sign_ins(user: UserAccess) -> Response:
    """Sign a user out everywhere."""
    operations.end_sign_ins(current.session, user.user.id, current.now)
    current.record("signed out by an administrator", f"user {user.user.id}")
    flash(gettext("%(name)s was signed out everywhere.", name=user.user.name))
    return redirect(url_for("accounts.user", user=user.user.id))


@blueprint.post("/<municipality>/users/<int:user>/link")
@access(Right.USERS, load=USER)
def new_link(user: UserAccess) -> str:
    """Make a new one-time link for someone whose first one was lost, or who cannot sign in."""
    if not user.access:
        abort(404)
    token = operations.make_link(current.session, user.user.id, current.now, LINK_LASTS)
    current.record("link made", f"user {user.user.id}")
    return show_link(NewUser(user.user, token))


def _of_user(row: Access, user: UserAccess) -> Access:
    """Give the access row if it is this user's and holds, else 404."""
    return row if row.user_id == user.user.id and not row.removed else abort(404)
