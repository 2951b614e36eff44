"""What goes to this year's handling of the budget, as a page and as a workbook."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Response, render_template, request, url_for

from portfolio.budgets import queries
from portfolio.budgets.forms.handling import PARAMETERS, AskedHandling, read_handling_asked
from portfolio.budgets.queries import Handled, News
from portfolio.budgets.rules import PART_WORDS, BudgetPart, Sum, handling_year, together
from portfolio.budgets.views import tables
from portfolio.budgets.views.room import blueprint
from portfolio.core.history import Baseline
from portfolio.core.language import N_
from portfolio.core.money import format_money
from portfolio.core.rights import Right
from portfolio.files.workbook import Format, TableColumn, write_table
from portfolio.register import queries as register
from portfolio.web.access import access
from portfolio.web.current import current
from portfolio.web.downloads import attachment
from portfolio.web.language import gettext, name_of, ngettext, title_of
from portfolio.web.listing import address_with, column, cut_page, kept_parameters, paging, pill, same_list

PER_PAGE = 100
NEWS_WORDS = {News.NEW: N_("New"), News.CHANGED: N_("Changed"), News.GONE: N_("No longer"), News.SAME: N_("As before")}
NEWS_LOOKS = {
    News.NEW: ("approved", "dot"),
    News.CHANGED: ("way", "half"),
    News.GONE: ("plain", "cross"),
    News.SAME: ("plain", "ring"),
}


@dataclass(frozen=True, slots=True)
class HandlingPage:
    """The list as an address asks for it: what may be chosen, what is named, and its rows."""

    asked: AskedHandling
    baselines: list[Baseline]
    known: tables.MoneyNames
    rows: list[Handled]


@blueprint.get("/<municipality>/money/handling")
@access(Right.READ, past=True)
def handling() -> str:
    """List what goes to the handling of the budget that has not been approved yet."""
    shown = _read()
    asked, rows = shown.asked, shown.rows
    return render_template(
        "budgets/handling.html",
        asked=asked,
        locked=shown.known.locks.get(asked.year),
        rows=[_row(one, shown.known) for one in cut_page(rows, PER_PAGE)],
        columns=_columns(),
        sums={name: together(one.part(part) for one in rows) for name, part in _PARTS.items()}
        | {"whole": together(one.whole for one in rows)},
        sentence=_sentence(rows),
        pills=_pills(shown),
        keep=kept_parameters(*PARAMETERS),
        clear_url=url_for("budgets.handling", year=asked.year) if asked.narrows else None,
        steps={step: address_with(year=asked.year + step) for step in (-1, 1)},
        paging=paging(len(rows), PER_PAGE),
        excel_url=same_list("budgets.handling_workbook"),
    )


@blueprint.get("/<municipality>/money/handling.xlsx")
@access(Right.READ, past=True)
def handling_workbook() -> Response:
    """Give the whole list as a workbook."""
    shown = _read()
    year = str(shown.asked.year)
    title = gettext("To the budget handling of %(year)s", year=year)
    about = " · ".join([name_of(current.municipality), *_since_words(shown.asked)])
    lines = [_line(one, shown.known) for one in shown.rows]
    data = write_table(_sheet_columns(), lines, title=title, above=[title, about])
    name = "-".join((gettext("budget-handling"), current.municipality.code, str(year)))
    return attachment(data, f"{name}.xlsx")


_PARTS = {part.value: part for part in BudgetPart}


def _read() -> HandlingPage:
    """Read what an address asks for; the usual year is the one whose budget is handled now."""
    session, place, at = current.session, current.municipality.id, current.at
    known = tables.read_known()
    found = [one.baseline for one in register.baselines(session, place)]
    baselines = [one for one in found if at is None or one.revision_id <= at]
    asked = read_handling_asked(request.args, baselines, handling_year(current.shown_day.year, known.locks))
    rows = queries.read_handling(session, place, asked.year, asked.since, at=at)
    return HandlingPage(asked, baselines, known, [one for one in rows if asked.keeps(one)])


def _row(one: Handled, known: tables.MoneyNames) -> dict[str, Any]:
    """Give a row as the page draws it."""
    tone, shape = NEWS_LOOKS[one.news]
    whose = _portfolio(one, known) if len(known.portfolios) > 1 else None
    under = (one.initiative.code, whose, known.unit_names.get(one.initiative.unit_id or 0))
    return {
        "title": title_of(one.initiative),
        "under": " · ".join(filter(None, under)),
        "url": url_for("pages.card", initiative=one.initiative.id, _anchor="money"),
        "parts": {name: one.part(part) for name, part in _PARTS.items()},
        "whole": one.whole,
        "news": {"words": gettext(NEWS_WORDS[one.news]), "tone": tone, "shape": shape},
        "before": _before(one),
    }


def _before(one: Handled) -> str | None:
    """Say what was planned before, where it was something else."""
    if one.before is None:
        return None
    return gettext("before %(amount)s", amount=format_money(one.before.known, current.language))


def _portfolio(one: Handled, known: tables.MoneyNames) -> str | None:
    """Name an initiative's portfolio; one that has been removed with what it held has no name here."""
    found = known.portfolios.get(one.initiative.portfolio_id)
    return name_of(found) if found else None


def _line(one: Handled, known: tables.MoneyNames) -> list[Any]:
    whole: Sum = one.whole
    return [
        title_of(one.initiative),
        one.initiative.code,
        _portfolio(one, known),
        known.unit_names.get(one.initiative.unit_id or 0),
        *(one.part(part).known for part in PART_WORDS),
        whole.known,
        f"{whole.unknown}/{whole.of}" if whole.unknown else None,
        gettext(NEWS_WORDS[one.news]),
        one.before.known if one.before else None,
    ]


def _sheet_columns() -> list[TableColumn]:
    return [
        TableColumn(gettext("Initiative"), Format.TEXT, 50),
        TableColumn(gettext("Code"), Format.TEXT, 14),
        TableColumn(gettext("Portfolio"), Format.TEXT, 30),
        TableColumn(gettext("Unit"), Format.TEXT, 30),
        *(TableColumn(gettext(words), Format.MONEY, 18) for words in PART_WORDS.values()),
        TableColumn(gettext("Together"), Format.MONEY, 18),
        TableColumn(gettext("Amounts not known"), Format.TEXT, 12),
        TableColumn(gettext("News"), Format.TEXT, 14),
        TableColumn(gettext("Planned before"), Format.MONEY, 18),
    ]


def _columns() -> list[dict[str, Any]]:
    return [
        column("title", gettext("Initiative")),
        *(column(part.value, gettext(words), num=True) for part, words in PART_WORDS.items()),
        column("whole", gettext("Together"), num=True),
        column("news", gettext("News")),
    ]


def _sentence(rows: list[Handled]) -> str:
    """Count what is on the list: "12 kehittämiskohdetta: 3 uutta, 2 muuttunutta"."""
    words = ngettext("%(num)s initiative", "%(num)s initiatives", len(rows))
    counts = {news: sum(one.news is news for one in rows) for news in NEWS_WORDS}
    told = [f"{gettext(NEWS_WORDS[news]).lower()} {count}" for news, count in counts.items() if count]
    return f"{words} ({', '.join(told)})" if told else words


def _since_words(asked: AskedHandling) -> list[str]:
    past = [current.past.words] if current.past else []
    return [*past, gettext("news since %(baseline)s", baseline=asked.baseline.name)] if asked.baseline else past


def _pills(shown: HandlingPage) -> list[dict[str, Any]]:
    chosen = shown.asked.baseline
    return [
        pill(
            "portfolio",
            gettext("Portfolio"),
            [(key, name_of(one)) for key, one in shown.known.portfolios.items()],
            many=True,
        ),
        pill("news", gettext("News"), [(news, gettext(words)) for news, words in NEWS_WORDS.items()], many=True),
        pill("since", gettext("News since"), [(one.id, one.name) for one in shown.baselines])
        | {"words": chosen.name if chosen else gettext("no baseline"), "remove_url": None},
    ]
