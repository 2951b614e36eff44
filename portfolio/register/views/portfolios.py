"""The list of portfolios, and a portfolio's own page."""

from __future__ import annotations

from typing import Any

from flask import abort, render_template, url_for

from portfolio.core import history
from portfolio.core.language import N_
from portfolio.core.rights import Right
from portfolio.register import queries
from portfolio.register.models import Portfolio
from portfolio.register.rules import Status, next_day
from portfolio.register.rules.words import PORTFOLIO_KIND_WORDS, STATUS_WORDS
from portfolio.register.views.room import blueprint
from portfolio.web.access import access
from portfolio.web.current import current
from portfolio.web.language import gettext, name_of, ngettext
from portfolio.web.listing import column
from portfolio.web.rail import Group, rail


@blueprint.get("/<municipality>/portfolios")
@access(Right.READ, past=True)
@rail(N_("Portfolios"), Group.WORK, 30)
def portfolios() -> str:
    """List the portfolios with their counts and rules."""
    found = queries.portfolios(current.session, current.municipality.id, at=current.at)
    return render_template(
        "register/portfolios.html",
        portfolios=found,
        columns=_columns(),
        kind_words=kind_words,
        quota_words=quota_words,
        next_day=lambda day: next_day(day, current.shown_day),
        under_way=Status.UNDER_WAY,
        removed=_removed() if current.at is None else (),
        may_manage=may_manage(),
    )


@blueprint.get("/<municipality>/portfolios/<int:portfolio>")
@access(Right.READ, load={"portfolio": queries.get_portfolio}, past=True)
def portfolio(portfolio: Portfolio) -> str:
    """Show what a portfolio is, its rules, its counts and its deadlines."""
    if portfolio.removed:
        abort(404)
    found = queries.overview(
        current.session, current.municipality.id, portfolio, today=current.shown_day, at=current.at
    )
    return render_template(
        "register/portfolio.html",
        portfolio=portfolio,
        name=name_of(portfolio),
        overview=found,
        tiles=_tiles(portfolio, found),
        kind_words=kind_words,
        quota_words=quota_words,
        may_manage=may_manage(),
    )


def may_manage() -> bool:
    """Tell whether the page offers to change things: never in the past."""
    return current.at is None and current.actor.may(Right.MANAGE)


def kind_words(portfolio: Portfolio) -> str:
    """Say what kind of portfolio it is."""
    return gettext(PORTFOLIO_KIND_WORDS[portfolio.kind])


def quota_words(portfolio: Portfolio) -> str | None:
    """Say how many measures each unit is to carry out a year; None where there is no range."""
    least, most = portfolio.quota_min, portfolio.quota_max
    if least is not None and most is not None and least != most:
        return gettext("%(least)s–%(most)s measures a year in each unit", least=least, most=most)
    if least is not None and most is None:
        return ngettext(
            "at least %(num)s measure a year in each unit", "at least %(num)s measures a year in each unit", least
        )
    if most is not None and least is None:
        return ngettext(
            "at most %(num)s measure a year in each unit", "at most %(num)s measures a year in each unit", most
        )
    if most is not None:
        return ngettext("%(num)s measure a year in each unit", "%(num)s measures a year in each unit", most)
    return None


def _columns() -> list[dict[str, Any]]:
    return [
        column("name", gettext("Portfolio")),
        column("initiatives", gettext("Initiatives"), num=True),
        column("under_way", gettext("Under way"), num=True),
        column("rules", gettext("Range a year")),
        column("due", gettext("Report due")),
    ]


def _tiles(portfolio: Portfolio, found: queries.Overview) -> list[dict[str, Any]]:
    def address(**filters: Any) -> str:
        return url_for("pages.initiatives", portfolio=portfolio.id, **filters)

    counts = [
        {"number": count, "label": gettext(STATUS_WORDS[status]), "url": address(status=status.value)}
        for status, count in found.by_status.items()
    ]
    late = {"number": found.late, "label": gettext("Late"), "url": address(only="late"), "tone": "bad"}
    return [*counts, late] if found.late else counts


def _removed() -> list[tuple[str, str]]:
    """List the portfolios that were removed: the name and where it can be brought back."""
    rows = history.rows(current.session, Portfolio, current.municipality.id, with_removed=True, removed=True)
    return [(name_of(row), url_for("register.edit_portfolio", portfolio=row.id)) for row in rows]
