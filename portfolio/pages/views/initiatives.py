"""The register list: a page of initiatives, and the same as a workbook."""

from __future__ import annotations

from flask import Response, render_template

from portfolio.core.language import N_
from portfolio.core.rights import Right
from portfolio.files.workbook import write_table
from portfolio.pages.queries.values import Values
from portfolio.pages.views.list_page import asked_list, page_of, sentence
from portfolio.pages.views.room import blueprint
from portfolio.pages.views.sheet import sheet_columns, sheet_rows
from portfolio.register.forms import filter_words
from portfolio.web.access import access
from portfolio.web.current import current
from portfolio.web.downloads import attachment
from portfolio.web.language import gettext, name_of
from portfolio.web.rail import Group, rail


@blueprint.get("/<municipality>/initiatives")
@access(Right.READ, past=True)
@rail(N_("Initiatives"), Group.WORK, 10)
def initiatives() -> str:
    """List the initiatives that the address asks for."""
    asked = asked_list()
    return render_template("pages/initiatives.html", **page_of(asked, asked.read()))


@blueprint.get("/<municipality>/initiatives.xlsx")
@access(Right.READ, past=True)
def initiatives_workbook() -> Response:
    """Give the list as a workbook: the same filter, order and columns, and every row."""
    asked = asked_list()
    listing = asked.read(whole=True)
    columns = sheet_columns(asked.list)
    rows = sheet_rows(Values(listing, current.shown_day, current.language), tuple(columns))
    time = gettext("As of %(time)s", time=current.shown_time)
    about = [name_of(current.municipality), time, sentence(asked, listing)]
    lines = [" · ".join(about), *filter_words(asked.filter)]
    data = write_table([*columns.values()], rows, title=gettext("Initiatives"), above=lines)
    name = "-".join((gettext("initiatives"), current.municipality.code, current.shown_day.isoformat()))
    return attachment(data, f"{name}.xlsx")
