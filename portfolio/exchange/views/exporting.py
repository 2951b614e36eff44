"""Taking items out to be edited: what, in which language and layout; and the workbook itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, make_response, redirect, render_template, request, url_for
from wtforms import SelectChoice  # type: ignore[attr-defined] # newer than the type stubs

from portfolio.core.rights import Right
from portfolio.exchange.export import TEMPLATE, ExportScope, create_export, make_workbook
from portfolio.exchange.forms.exporting import WORDS, ExportContent, ExportForm
from portfolio.exchange.models import Export
from portfolio.exchange.profile.folders import profiles_of
from portfolio.exchange.queries.collecting import answering
from portfolio.exchange.views.collecting import open_export
from portfolio.exchange.views.room import ANSWERS, FILES, blueprint
from portfolio.organisation.models import Municipality
from portfolio.register.forms import FilterChoice, filter_words
from portfolio.register.forms.options import indented
from portfolio.reviews.forms.filtering import read_filter
from portfolio.web.access import access
from portfolio.web.current import current
from portfolio.web.downloads import attachment
from portfolio.web.language import gettext, name_of
from portfolio.web.limits import limiter

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

ASKED = "what"


@blueprint.route("/<municipality>/exchange/exports/new", methods=["GET", "POST"])
@access(Right.EDIT)
def new_export() -> Response:
    """Ask what is to be taken out, and record it; the workbook is made each time it is fetched."""
    chosen = read_filter(request.args, current.session, current.municipality.id, current.actor)
    layouts = _layouts()
    form = ExportForm(what=_usual(chosen), tongue=current.language, portfolio=_only_portfolio(chosen), unit=_own_unit())
    _offer(form, chosen, layouts)
    if form.validate_on_submit() and form.asks_right(layouts, _code(chosen, form.portfolio.data)):
        with form.refusals():
            layout = form.layout.data or None
            export = create_export(
                current.session, current.actor, _scope(form, chosen), form.tongue.data, layout=layout
            )
            flash(gettext("The workbook is ready to be fetched."))
            return redirect(url_for("exchange.export", export=export.id))
    page = render_template("exchange/new_export.html", form=form, filters=filter_words(chosen))
    return make_response(page, form.status)


@blueprint.get("/<municipality>/exchange/exports/<int:export>.xlsx")
@access(Right.EDIT, also=ANSWERS, load={"export": open_export})
@limiter.limit(FILES)
def export_file(export: Export) -> Response:
    """Give the workbook of an export, made afresh as of the time it was asked for."""
    actor = answering(current.session, export, current.actor)
    profiles = {one.name: one for one in profiles_of(current.municipality.code)} if export.layout else {}
    data = make_workbook(current.session, export, actor, current.today, profiles.get(export.layout or ""))
    current.record("export", export.file_name)
    return attachment(data, export.file_name)


def _usual(chosen: FilterChoice) -> str:
    """Tell what is offered first: what the link asked for, the filtered list, a reporter's own unit, or a portfolio."""
    asked = request.args.get(ASKED)
    if asked in set(ExportContent):
        return str(asked)
    if not chosen.is_empty:
        return (
            ExportContent.PORTFOLIO
            if set(chosen.asked) == {"portfolio"} and _only_portfolio(chosen)
            else ExportContent.LIST
        )
    return ExportContent.PORTFOLIO if current.actor.may(Right.IMPORT) or _own_unit() is None else ExportContent.UNIT


def _offer(form: ExportForm, chosen: FilterChoice, layouts: dict[str, frozenset[str]]) -> None:
    """Set what may be chosen."""
    kinds = [one for one in ExportContent if one is not ExportContent.LIST or not chosen.is_empty]
    form.what.choices = [SelectChoice(one.value, gettext(WORDS[one])) for one in kinds]
    none = ("", gettext("– choose –"))
    form.portfolio.choices = [none, *((one.id, name_of(one)) for one in chosen.options.portfolios)]
    form.unit.choices = [none, *((one.unit.id, indented(one)) for one in chosen.options.units)]
    own = ("", gettext("Our own layout"))
    place = current.loaded(Municipality)
    whose = name_of(place)
    words = gettext("As in the workbooks of %(municipality)s", municipality=whose)
    several = len(layouts) > 1
    form.layout.choices = [own, *((name, f"{words} ({name})" if several else words) for name in layouts)]


def _scope(form: ExportForm, chosen: FilterChoice) -> ExportScope:
    match ExportContent(form.what.data):
        case ExportContent.LIST:
            return ExportScope(portfolio_id=_only_portfolio(chosen), chosen=chosen.filter, asked=chosen.asked)
        case ExportContent.PORTFOLIO:
            return ExportScope(portfolio_id=form.portfolio.data)
        case ExportContent.UNIT:
            return ExportScope(unit_id=form.unit.data, portfolio_id=form.portfolio.data)
        case ExportContent.TEMPLATE:
            return ExportScope(portfolio_id=form.portfolio.data, item_ids=TEMPLATE)


def _layouts() -> dict[str, frozenset[str]]:
    """Give the layouts of the municipality's own profiles, with the portfolios for which each has sheets."""
    found = profiles_of(current.municipality.code)
    return {one.name: frozenset(sheet.portfolio for sheet in one.sheets if sheet.portfolio) for one in found}


def _only_portfolio(chosen: FilterChoice) -> int | None:
    ids = chosen.filter.portfolio_ids or frozenset(one.id for one in chosen.options.portfolios)
    return next(iter(ids)) if len(ids) == 1 else None


def _own_unit() -> int | None:
    """Give the uppermost unit of what this person edits, where it is not the whole municipality."""
    units = [min(grant.unit_ids) for grant in current.actor.grants if grant.unit_ids]
    return units[0] if units else None


def _code(chosen: FilterChoice, portfolio_id: int | None) -> str | None:
    return next((one.code for one in chosen.options.portfolios if one.id == portfolio_id), None)
