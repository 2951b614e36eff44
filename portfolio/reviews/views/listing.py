"""The list of rounds: filtered, sorted, page by page, and the same as a workbook."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from flask import Response, render_template, request

from portfolio.core.language import N_
from portfolio.core.rights import Right
from portfolio.core.text import sort_key
from portfolio.files.workbook import Format, TableColumn, write_table
from portfolio.register import queries as register
from portfolio.reviews import queries
from portfolio.reviews.models import ReviewRound
from portfolio.reviews.rules import ANSWERED, ROUND_WORDS, RoundState
from portfolio.reviews.views.room import blueprint
from portfolio.reviews.views.words import Words
from portfolio.web.access import access
from portfolio.web.current import current
from portfolio.web.downloads import attachment
from portfolio.web.language import gettext, name_of, ngettext
from portfolio.web.listing import column, cut_page, kept_parameters, paging, pill, same_list
from portfolio.web.rail import Group, rail

PER_PAGE = 50
FILTERS = ("portfolio", "state")
_STATES = {state: place for place, state in enumerate(RoundState)}


@dataclass(frozen=True, slots=True)
class RoundList:
    """The rounds that an address asks for, in its order; ``counts`` are (answered, asked) by round."""

    every: list[ReviewRound]
    rounds: list[ReviewRound]
    counts: Mapping[int, tuple[int, int]]
    portfolios: Mapping[int, str]

    @property
    def sentence(self) -> str:
        """Say how many rounds there are, and how many of them are open."""
        words = ngettext("%(num)s round", "%(num)s rounds", len(self.every))
        open_ones = sum(one.state is RoundState.OPEN for one in self.every)
        more = ngettext("%(num)s open", "%(num)s open", open_ones)
        return f"{words}, {more}" if open_ones else words


_Order = Callable[[ReviewRound, RoundList], Any]
ORDERS: Mapping[str, _Order] = MappingProxyType(
    {
        "name": lambda one, _: sort_key(name_of(one)),
        "state": lambda one, _: _STATES[one.state],
        "period": lambda one, _: (one.period_last, one.period_first),
        "due": lambda one, _: one.due_on,
        "answered": lambda one, shown: _share(*shown.counts.get(one.id, (0, 0))),
    }
)


@blueprint.get("/<municipality>/reviews")
@access(Right.READ, past=True)
@rail(N_("Review rounds"), Group.WORK, 25)
def rounds() -> str:
    """List the rounds, the latest period first unless another order is asked for."""
    shown = _read()
    return render_template(
        "reviews/rounds.html",
        shown=shown,
        rounds=cut_page(shown.rounds, PER_PAGE),
        columns=_columns(),
        words=Words,
        name_of=name_of,
        pills=_pills(shown),
        keep=kept_parameters(*FILTERS),
        narrowed=any(request.args.getlist(name) for name in FILTERS),
        pages=paging(len(shown.rounds), PER_PAGE),
        excel_url=same_list("reviews.rounds_workbook"),
        may_manage=current.actor.may(Right.MANAGE) and current.at is None,
    )


@blueprint.get("/<municipality>/reviews.xlsx")
@access(Right.READ, past=True)
def rounds_workbook() -> Response:
    """Give the list as a workbook of exactly what is shown, on all its pages."""
    shown = _read()
    columns = [
        TableColumn(gettext("Round"), Format.TEXT, 36),
        TableColumn(gettext("Portfolio"), Format.TEXT, 36),
        TableColumn(gettext("State"), Format.TEXT, 18),
        TableColumn(gettext("Period begins"), Format.DATE, 14),
        TableColumn(gettext("Period ends"), Format.DATE, 14),
        TableColumn(gettext("Due"), Format.DATE, 14),
        TableColumn(gettext("Reviews"), Format.NUMBER, 14),
        TableColumn(gettext("Answered"), Format.NUMBER, 10),
    ]
    about = [name_of(current.municipality), gettext("As of %(time)s", time=current.shown_time), shown.sentence]
    title = gettext("Review rounds")
    data = write_table(columns, [_cells(shown, one) for one in shown.rounds], title=title, above=[" · ".join(about)])
    file = "-".join((gettext("review-rounds"), current.municipality.code, current.shown_day.isoformat()))
    return attachment(data, f"{file}.xlsx")


def _read() -> RoundList:
    place, asked = current.municipality.id, request.args
    every = queries.rounds(current.session, place, at=current.at)
    chosen, states = asked.getlist("portfolio"), asked.getlist("state")
    kept = [
        one for one in every if (not chosen or str(one.portfolio_id) in chosen) and (not states or one.state in states)
    ]
    counts = {
        identity: (sum(number for state, number in found.items() if state in ANSWERED), sum(found.values()))
        for identity, found in queries.counts(current.session, place, at=current.at).items()
    }
    portfolios = register.portfolios(current.session, place, at=current.at)
    shown = RoundList(every, kept, counts, {one.portfolio.id: name_of(one.portfolio) for one in portfolios})
    sort = asked.get("sort", "")
    if order := ORDERS.get(sort.removeprefix("-")):
        kept.sort(key=lambda one: order(one, shown), reverse=sort.startswith("-"))
    return shown


def _share(answered: int, asked: int) -> tuple[float, int]:
    """Give what part is answered; a round that asks nobody yet comes first."""
    return (answered / asked if asked else -1.0, asked)


def _columns() -> list[dict[str, Any]]:
    return [
        column("name", gettext("Round"), sort="name"),
        column("state", gettext("State"), sort="state"),
        column("period", gettext("Period"), sort="period"),
        column("due", gettext("Due"), sort="due"),
        column("answered", gettext("Answered"), sort="answered", num=True),
    ]


def _cells(shown: RoundList, one: ReviewRound) -> list[str | int | dt.date | None]:
    answered, asked = shown.counts.get(one.id, (None, None))
    return [
        *(name_of(one), shown.portfolios.get(one.portfolio_id), gettext(ROUND_WORDS[one.state])),
        *(one.period_first, one.period_last, one.due_on, asked, answered),
    ]


def _pills(shown: RoundList) -> list[dict[str, Any]]:
    return [
        pill("portfolio", gettext("Portfolio"), shown.portfolios.items(), many=True),
        pill("state", gettext("State"), [(one, gettext(words)) for one, words in ROUND_WORDS.items()], many=True),
    ]
