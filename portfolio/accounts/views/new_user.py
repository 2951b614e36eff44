"""Giving a person access, with a one-time link."""

from __future__ import annotations

from flask import render_template

from portfolio.accounts import operations, queries
from portfolio.accounts.forms import NewUserForm
from portfolio.accounts.operations import NewUser
from portfolio.accounts.views.letters import link_address, send_welcome
from portfolio.accounts.views.room import blueprint
from portfolio.accounts.views.units import offer_units
from portfolio.core.rights import Right
from portfolio.web.access import access
from portfolio.web.current import current
from portfolio.web.language import name_of
from portfolio.web.mailing import may_mail

CREATED = 201


@blueprint.route("/<municipality>/new-user", methods=["GET", "POST"])
@access(Right.USERS)
def new_user() -> tuple[str, int]:
    """Give a person access; the one-time link is shown once and mailed."""
    form = NewUserForm()
    offer_units(form)
    if form.validate_on_submit():
        with form.refusals():
            new = operations.add_user(current.session, current.actor, form.values())
            return show_link(new), CREATED
    return render_template("accounts/new_user.html", form=form), form.status


def show_link(new: NewUser) -> str:
    """Mail the one-time link, and show it once to the one who gave access.

    Not shown when the person works in another municipality too: the link would open that access as well.
    """
    link = None
    if new.token is not None:
        send_welcome(new.user, new.token, name_of(current.municipality))
        if not queries.has_access_elsewhere(current.session, new.user.id, current.municipality.id):
            link = link_address(new.token)
    mailed = may_mail()
    return render_template("accounts/link.html", user=new.user, link=link, mailed=mailed)
