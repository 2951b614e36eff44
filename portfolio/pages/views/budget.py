"""The money of one initiative as a grid: years × part × source, one amount of three at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from flask import abort, render_template, request, url_for

from portfolio.budgets import operations
from portfolio.budgets.forms.grid import Cell, MoneyGrid, field_name, money_grid, plain
from portfolio.budgets.forms.shares import not_whole
from portfolio.budgets.models import BudgetLine
from portfolio.budgets.queries import funding_sources, locked_years, shares_of
from portfolio.budgets.rules import BudgetPart
from portfolio.core import history
from portfolio.core.rights import Right
from portfolio.exchange.columns import AMOUNTS
from portfolio.exchange.columns import words as closed
from portfolio.organisation.models import Municipality
from portfolio.pages.views.initiative import Answer, to_card
from portfolio.pages.views.rights import open_amounts
from portfolio.pages.views.room import blueprint
from portfolio.register import queries as register
from portfolio.register.models import Initiative
from portfolio.web.access import access
from portfolio.web.current import current
from portfolio.web.language import gettext, name_of

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

Amounts = dict[Cell, Any]


@blueprint.route("/<municipality>/initiatives/<int:initiative>/budget", methods=["GET", "POST"])
@access(Right.EDIT, load={"initiative": register.get_initiative})
def budget(initiative: Initiative) -> Answer | Response:
    """Change what is planned, forecast or used each year."""
    amount = request.args.get("amount", "planned")
    if amount not in open_amounts(initiative):
        abort(403 if amount in AMOUNTS else 404)
    form, grid = _open(initiative, amount)
    if form.validate_on_submit() and form.agrees_with(_amounts(initiative, amount, None)):
        changed = form.changes
        with form.refusals_of(list(changed)):
            cells = {(initiative.id, *cell): {amount: value} for cell, value in changed.items()}
            written = operations.set_budget_cells(current.session, current.actor, cells)
            return to_card(initiative.id, written.revision_id if cells else None, "money")
    shown = {**grid, "tabs": _tabs(initiative, amount), **_shares(initiative)}
    return render_template("pages/budget.html", initiative=initiative, form=form, **shown), form.status


def _open(initiative: Initiative, amount: str) -> tuple[MoneyGrid, dict[str, Any]]:
    """Open the form as it was when the person opened it, and the grid in which its fields stand."""
    if request.method == "POST":
        history.take_turn(current.session)
    latest = history.latest_revision(current.session)
    seen = min(request.form.get("seen", 0, type=int), latest) if request.method == "POST" else latest
    before = _amounts(initiative, amount, seen)
    years = _years(before)
    rows = list(_rows(years))
    locked = locked_years(current.session, current.municipality.id) if amount == "planned" else {}
    labels = {cell: f"{words} {cell[0]}" for words, cells in rows for cell in cells}
    form = money_grid(labels, before)()
    form.seen.data = latest
    return form, {
        "rows": [{"words": words, "fields": [form[field_name(cell)] for cell in cells]} for words, cells in rows],
        "year_columns": [
            {"key": str(year), "label": str(year), "num": True, "locked": year in locked} for year in years
        ],
    }


def _amounts(initiative: Initiative, amount: str, at: int | None) -> Amounts:
    """Give one kind of the initiative's amounts, now or after a revision."""
    lines = history.few(current.session, BudgetLine, current.municipality.id, at, initiative_id=initiative.id)
    return {(line.year, line.part, line.source_id): plain(getattr(line, amount)) for line in lines}


def _years(amounts: Amounts) -> list[int]:
    """Give the years of the plan, and those of which something is told."""
    first = current.today.year
    planned = range(first, first + current.loaded(Municipality).plan_horizon)
    return sorted({*planned, *(year for year, _, _ in amounts)})


def _rows(years: list[int]) -> Iterator[tuple[str, list[Cell]]]:
    """Give a row for each part and source: its words, and its cells by year."""
    for part in BudgetPart:
        for source in funding_sources(current.session, current.municipality.id):
            words = f"{gettext(closed.BUDGET_PART[part])}, {name_of(source)}"
            yield words, [(year, part, source.id) for year in years]


def _shares(initiative: Initiative) -> dict[str, Any]:
    """Give who pays what share, with the names of the sources, and what is to be said of the sum."""
    place = current.municipality.id
    names = {one.id: name_of(one) for one in funding_sources(current.session, place)}
    found = shares_of(current.session, place, initiative.id)
    return {
        "shares": [{"share": one, "name": names.get(one.source_id, "")} for one in found],
        "shares_told": not_whole([one.percent for one in found]),
    }


def _tabs(initiative: Initiative, shown: str) -> list[dict[str, Any]]:
    """Give the three kinds of amounts, each a page of its own."""
    return [
        {
            "label": gettext(label),
            "url": url_for("pages.budget", initiative=initiative.id, amount=amount),
            "current": amount == shown,
        }
        for amount, label in AMOUNTS.items()
    ]
