"""Frames of a portfolio, and years that are locked once their budget has been approved."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from flask import abort, flash, redirect, render_template, request, url_for

from portfolio.budgets import operations, queries
from portfolio.budgets.forms.grid import Cell, MoneyGrid, field_name, money_grid, plain
from portfolio.budgets.forms.locks import LockForm
from portfolio.budgets.models import Frame
from portfolio.budgets.rules import FIRST_YEAR, LAST_YEAR, PART_WORDS, budget_years, together
from portfolio.budgets.views.room import blueprint
from portfolio.core import history
from portfolio.core.rights import Right
from portfolio.organisation.models import Municipality
from portfolio.register import queries as register
from portfolio.register.models import Portfolio
from portfolio.web.access import access
from portfolio.web.current import current
from portfolio.web.forms import BaseForm
from portfolio.web.language import gettext, name_of

if TYPE_CHECKING:
    from werkzeug.wrappers import Response


@blueprint.route("/<municipality>/money/frames/<int:portfolio>", methods=["GET", "POST"])
@access(Right.MANAGE, load={"portfolio": register.get_portfolio})
def frames(portfolio: Portfolio) -> tuple[str, int] | Response:
    """Set what a portfolio may use each year: all years and parts in one form."""
    if portfolio.removed:
        abort(404)
    form, grid = _open(portfolio)
    if form.validate_on_submit() and form.agrees_with(_amounts(portfolio, None)):
        changed = form.changes
        with form.refusals_of(list(changed)):
            rows = {(portfolio.id, *cell): {"amount": amount} for cell, amount in changed.items()}
            operations.put_frames(current.session, current.actor, rows)
            flash(gettext("The frames were saved."), "ok")
            return redirect(url_for("budgets.money", _anchor="frames"))
    shown = {**grid, "form": form, "name": name_of(portfolio)}
    return render_template("budgets/frames.html", **shown), form.status


@blueprint.route("/<municipality>/money/years/<int:year>/lock", methods=["GET", "POST"])
@access(Right.MANAGE, plain=("year",))
def lock(year: int) -> tuple[str, int] | Response:
    """Ask before a year is locked, and tell what is fixed by it."""
    _real(year)
    form = LockForm()
    if form.validate_on_submit():
        with form.refusals():
            operations.lock_year(current.session, current.actor, year, form.approved_on.data, form.note.data)
            flash(gettext("The planned amounts of %(year)s are locked.", year=str(year)), "ok")
            return redirect(url_for("budgets.money", _anchor="years"))
    return _lock_page(year, form, is_open=True), form.status


@blueprint.route("/<municipality>/money/years/<int:year>/unlock", methods=["GET", "POST"])
@access(Right.MANAGE, plain=("year",))
def unlock(year: int) -> tuple[str, int] | Response:
    """Ask before a locked year is opened again."""
    _real(year)
    form = BaseForm()
    if form.validate_on_submit():
        with form.refusals():
            operations.unlock_year(current.session, current.actor, year)
            flash(gettext("The planned amounts of %(year)s can be changed again.", year=str(year)), "ok")
            return redirect(url_for("budgets.money", _anchor="years"))
    return _lock_page(year, form, is_open=False), form.status


def _lock_page(year: int, form: BaseForm, *, is_open: bool) -> str:
    slices = queries.read_slices(current.session, current.municipality.id, [year], queries.MoneyFilter())
    plans = together(one.planned for one in slices)
    return render_template("budgets/lock.html", form=form, year=str(year), is_open=is_open, plans=plans)


def _open(portfolio: Portfolio) -> tuple[MoneyGrid, dict[str, Any]]:
    """Open the form as it was when the person opened it, and the grid in which its fields stand."""
    if request.method == "POST":
        history.take_turn(current.session)
    latest = history.latest_revision(current.session)
    before = _amounts(portfolio, min(request.form.get("seen", latest, type=int), latest))
    planned = budget_years(current.today.year, current.loaded(Municipality).plan_horizon)
    years = sorted({*planned, *(year for year, _ in before)})
    locked = queries.locked_years(current.session, current.municipality.id)
    labels: dict[Cell, str] = {
        (year, part): f"{gettext(words)} {year}" for part, words in PART_WORDS.items() for year in years
    }
    form = money_grid(labels, before)()
    form.seen.data = latest
    rows = [
        {"words": gettext(words), "fields": [form[field_name((year, part))] for year in years]}
        for part, words in PART_WORDS.items()
    ]
    return form, {
        "rows": rows,
        "year_columns": [
            {"key": str(year), "label": str(year), "num": True, "locked": year in locked} for year in years
        ],
    }


def _amounts(portfolio: Portfolio, at: int | None) -> dict[Cell, Decimal | None]:
    """Give the frames of a portfolio, now or after a revision."""
    found = history.few(current.session, Frame, current.municipality.id, at, portfolio_id=portfolio.id)
    return {(one.year, one.part): plain(one.amount) for one in found}


def _real(year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        abort(404)
