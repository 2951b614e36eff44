"""The users of a municipality: who has access, and giving it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import render_template, request

from portfolio.accounts import operations, queries
from portfolio.accounts.forms import ROLE_NAMES, AccessForm, NewUserForm
from portfolio.accounts.operations import NewUser
from portfolio.accounts.views.letters import link_address, send_welcome
from portfolio.accounts.views.room import blueprint
from portfolio.core.language import N_
from portfolio.core.rights import Right, Role
from portfolio.organisation import queries as organisation
from portfolio.web.access import access
from portfolio.web.current import current
from portfolio.web.frame import name_of
from portfolio.web.language import either, gettext
from portfolio.web.listing import column, cut_page, paging, pill
from portfolio.web.rail import Group, rail

if TYPE_CHECKING:
    from portfolio.organisation.models import Unit

PER_PAGE = 50
INDENT = "\N{NO-BREAK SPACE}" * 3
CREATED = 201


@blueprint.get("/<municipality>/users")
@access(Right.USERS)
@rail(N_("Users and rights"), Group.ADMINISTRATION, 80)
def users() -> str:
    """List who has access, filtered by text, role and unit."""
    text, role, unit_id = request.args.get("q", ""), _asked_role(), request.args.get("unit", type=int)
    names = unit_names()
    found = queries.users_of(current.session, current.municipality.id, text=text, role=role, unit_id=unit_id)
    return render_template(
        "accounts/users.html",
        users=cut_page(found, PER_PAGE),
        pages=paging(len(found), PER_PAGE),
        total=len(found),
        text=text,
        pills=[
            pill("role", gettext("Role"), [(one.value, gettext(words)) for one, words in ROLE_NAMES.items()]),
            pill("unit", gettext("Unit"), names.items()),
        ],
        columns=_columns(),
        units=names,
        role_names=ROLE_NAMES,
    )


@blueprint.route("/<municipality>/users/new", methods=["GET", "POST"])
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
    return render_template("accounts/link.html", user=new.user, link=link, mailed=_mails())


def offer_units(form: AccessForm) -> None:
    """Let the form choose among the municipality's units, in the order of the tree."""
    form.unit_id.choices = [
        ("", gettext("the whole municipality")),
        *((one.unit.id, INDENT * one.level + _name(one.unit)) for one in _units()),
    ]


def unit_names() -> dict[int, str]:
    """Give the units' names by id."""
    return {one.unit.id: _name(one.unit) for one in _units()}


def _mails() -> bool:
    return current.installation.settings.smtp is not None


def _units() -> list[Any]:
    return list(organisation.units(current.session, current.municipality.id))


def _name(unit: Unit) -> str:
    return either(unit.name_fi, unit.name_sv)


def _asked_role() -> Role | None:
    text = request.args.get("role", "")
    return Role(text) if text in set(Role) else None


def _columns() -> list[dict[str, Any]]:
    return [
        column("name", gettext("Person")),
        column("access", gettext("Access")),
        column("seen", gettext("Last here")),
    ]
