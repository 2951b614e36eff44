"""Home: what waits for me, what is late, what changed last."""

from __future__ import annotations

from flask import render_template

from portfolio.core.language import N_
from portfolio.core.rights import Right
from portfolio.pages.queries.home import home as gather_home
from portfolio.pages.views.room import blueprint
from portfolio.web.access import access
from portfolio.web.current import current
from portfolio.web.rail import Group, rail


@blueprint.get("/<municipality>/")
@access(Right.READ)
@rail(N_("Home"), Group.WORK, 0)
def home() -> str:
    """Show the person's own items, the late ones and the latest changes."""
    found = gather_home(current.session, current.actor, current.municipality.id, current.today, current.language)
    return render_template(
        "pages/home.html",
        home=found,
        may_propose=current.actor.may(Right.PROPOSE),
        may_edit=current.actor.may(Right.EDIT),
        may_manage=current.actor.may(Right.MANAGE),
    )
