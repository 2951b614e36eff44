"""Who has access to a municipality: the list, and the same as a workbook."""

from __future__ import annotations

from typing import Any

from flask import Response, render_template, request

from portfolio.accounts import queries
from portfolio.accounts.forms import ROLE_NAMES
from portfolio.accounts.queries import UserAccess, UserFilter
from portfolio.accounts.views.room import blueprint
from portfolio.accounts.views.units import unit_names
from portfolio.core.language import N_
from portfolio.core.rights import Right, Role
from portfolio.files.workbook import Format, TableColumn, write_table
from portfolio.web.access import access
from portfolio.web.current import current
from portfolio.web.downloads import attachment
from portfolio.web.language import gettext
from portfolio.web.listing import column, cut_page, kept_parameters, paging, pill, same_list
from portfolio.web.rail import Group, rail

PER_PAGE = 50


@blueprint.get("/<municipality>/users")
@access(Right.USERS, past=True)
@rail(N_("Users and rights"), Group.ADMINISTRATION, 80)
def users() -> str:
    """List who has access, filtered by text, role and unit."""
    wanted = _asked_filter()
    found = _asked_users(wanted)
    return render_template(
        "accounts/users.html",
        users=cut_page(found, PER_PAGE),
        pages=paging(len(found), PER_PAGE),
        total=len(found),
        text=wanted.text,
        pills=_pills(),
        columns=_columns(),
        kept=kept_parameters("q", "role", "unit"),
        units=unit_names(),
        role_names=ROLE_NAMES,
        workbook=same_list("accounts.users_workbook"),
    )


@blueprint.get("/<municipality>/users.xlsx")
@access(Right.USERS, past=True)
def users_workbook() -> Response:
    """Give the same list as a workbook: a row for each role of each user."""
    rows = _sheet_rows(_asked_users(_asked_filter()))
    data = write_table(_sheet_columns(), rows, title=gettext("Users and rights"))
    name = gettext("users")
    file_name = f"{name}-{current.municipality.code}-{current.today}.xlsx"
    return attachment(data, file_name)


def _asked_users(wanted: UserFilter) -> list[UserAccess]:
    sort = request.args.get("sort", "name")
    return queries.users_of(current.session, current.municipality.id, wanted, sort=sort, at=current.at)


def _asked_filter() -> UserFilter:
    role = request.args.get("role", "")
    chosen = Role(role) if role in set(Role) else None
    return UserFilter(request.args.get("q", ""), chosen, request.args.get("unit", type=int))


def _pills() -> list[dict[str, Any]]:
    return [
        pill("role", gettext("Role"), [(one.value, gettext(words)) for one, words in ROLE_NAMES.items()]),
        pill("unit", gettext("Unit"), unit_names().items()),
    ]


def _columns() -> list[dict[str, Any]]:
    return [
        column("name", gettext("Person"), sort="name"),
        column("access", gettext("Access")),
        column("seen", gettext("Last here"), sort="seen"),
    ]


def _sheet_columns() -> list[TableColumn]:
    return [
        TableColumn(gettext("Name"), width=30),
        TableColumn(gettext("E-mail"), width=34),
        TableColumn(gettext("Role"), width=26),
        TableColumn(gettext("Unit"), width=30),
        TableColumn(gettext("Last day"), Format.DATE),
        TableColumn(gettext("Last here"), Format.DATE),
    ]


def _sheet_rows(found: list[UserAccess]) -> list[tuple[Any, ...]]:
    units = unit_names()
    return [
        (user.name, user.email, gettext(ROLE_NAMES[row.role]), units.get(row.unit_id or 0), row.valid_to, one.seen_at)
        for one in found
        for user in (one.user,)
        for row in one.access
    ]
