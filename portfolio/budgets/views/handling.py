"""What goes to this year's handling of the budget, as a page and as a workbook."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Response, render_template, request, url_for

from portfolio.budgets import queries
from portfolio.budgets.queries import Handled, News
from portfolio.budgets.rules import FIRST_YEAR, LAST_YEAR, PART_WORDS, BudgetPart, Tally, handling_year, together
from portfolio.budgets.views import tables
from portfolio.budgets.views.room import blueprint
from portfolio.core.columns import read_id
from portfolio.core.history import Baseline
from portfolio.core.language import N_
from portfolio.core.money import format_money
from portfolio.core.rights import Right
from portfolio.files.workbook import Format, TableColumn, write_table
from portfolio.organisation.models import Unit
from portfolio.register import queries as register
from portfolio.web.access import access
from portfolio.web.current import current
from portfolio.web.downloads import attachment
from portfolio.web.frame import name_of as municipality_name
from portfolio.web.language import either, gettext, ngettext
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
class Asked:
    """What the address asks for: the budget year, and the baseline from which news are counted."""

    year: int
    baseline: Baseline | None
    baselines: list[Baseline]


@blueprint.get("/<municipality>/money/handling")
@access(Right.READ, past=True)
def handling() -> str:
    """List what goes to the handling of the budget that has not been approved yet."""
    asked = _asked()
    known = tables.read_known()
    rows = _rows(asked)
    return render_template(
        "budgets/handling.html",
        asked=asked,
        locked=known.locks.get(asked.year),
        rows=[_shown(one, known) for one in cut_page(rows, PER_PAGE)],
        columns=_columns(),
        sums={name: together(one.part(part) for one in rows) for name, part in _PARTS.items()}
        | {"whole": together(one.whole for one in rows)},
        sentence=_sentence(rows),
        pills=_pills(asked, known),
        keep=kept_parameters("portfolio", "news", "since"),
        clear_url=url_for("budgets.handling", year=asked.year) if _is_narrowed() else None,
        steps={step: address_with(year=asked.year + step) for step in (-1, 1)},
        paging=paging(len(rows), PER_PAGE),
        excel_url=same_list("budgets.handling_workbook"),
    )


@blueprint.get("/<municipality>/money/handling.xlsx")
@access(Right.READ, past=True)
def handling_workbook() -> Response:
    """Give the whole list as a workbook."""
    asked, known = _asked(), tables.read_known()
    columns = [
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
    title = gettext("To the budget handling of %(year)s", year=str(asked.year))
    about = " · ".join([municipality_name(current.municipality), *_since_words(asked)])
    data = write_table(columns, [_line(one, known) for one in _rows(asked)], title=title, above=[title, about])
    name = f"{gettext('budget-handling')}-{current.municipality.code}-{asked.year}.xlsx"
    return attachment(data, name)


_PARTS = {part.value: part for part in BudgetPart}


def _asked() -> Asked:
    """Read the year, by default the one that is handled now, and the latest baseline or the one asked for."""
    session, place = current.session, current.municipality.id
    year = read_id(request.args.get("year", "")) or 0
    if not FIRST_YEAR <= year <= LAST_YEAR:
        year = handling_year(current.shown_day.year, queries.locked_years(session, place, at=current.at))
    found = [one.baseline for one in register.baselines(session, place)]
    baselines = [one for one in found if current.at is None or one.revision_id <= current.at]
    wanted = request.args.get("since", "")
    chosen = next((one for one in baselines if str(one.id) == wanted), baselines[0] if baselines else None)
    return Asked(year, chosen, baselines)


def _rows(asked: Asked) -> list[Handled]:
    since = asked.baseline.revision_id if asked.baseline else None
    found = queries.read_handling(current.session, current.municipality.id, asked.year, since, at=current.at)
    portfolios, news = (frozenset(request.args.getlist(name)) for name in ("portfolio", "news"))
    return [
        one
        for one in found
        if (not portfolios or str(one.initiative.portfolio_id) in portfolios) and (not news or one.news in news)
    ]


def _is_narrowed() -> bool:
    return any(request.args.getlist(name) for name in ("portfolio", "news", "since"))


def _shown(one: Handled, known: tables.Known) -> dict[str, Any]:
    """Give a row as the page draws it."""
    tone, shape = NEWS_LOOKS[one.news]
    whose = [tables.name_of(known.portfolios[one.initiative.portfolio_id])] if len(known.portfolios) > 1 else []
    under = [one.initiative.code, *whose]
    return {
        "title": either(one.initiative.title_fi, one.initiative.title_sv),
        "under": " · ".join([*under, *_unit(one, known)]),
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


def _unit(one: Handled, known: tables.Known) -> list[str]:
    units: dict[int, Unit] = {row.unit.id: row.unit for row in known.units}
    unit = units.get(one.initiative.unit_id or 0)
    return [either(unit.name_fi, unit.name_sv)] if unit else []


def _line(one: Handled, known: tables.Known) -> list[Any]:
    whole: Tally = one.whole
    return [
        either(one.initiative.title_fi, one.initiative.title_sv),
        one.initiative.code,
        tables.name_of(known.portfolios[one.initiative.portfolio_id]),
        next(iter(_unit(one, known)), None),
        *(one.part(part).known for part in PART_WORDS),
        whole.known,
        f"{whole.unknown}/{whole.of}" if whole.unknown else None,
        gettext(NEWS_WORDS[one.news]),
        one.before.known if one.before else None,
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


def _since_words(asked: Asked) -> list[str]:
    past = [current.past.words] if current.past else []
    return [*past, gettext("news since %(baseline)s", baseline=asked.baseline.name)] if asked.baseline else past


def _pills(asked: Asked, known: tables.Known) -> list[dict[str, Any]]:
    return [
        pill(
            "portfolio",
            gettext("Portfolio"),
            [(key, tables.name_of(one)) for key, one in known.portfolios.items()],
            many=True,
        ),
        pill("news", gettext("News"), [(news, gettext(words)) for news, words in NEWS_WORDS.items()], many=True),
        pill("since", gettext("News since"), [(one.id, one.name) for one in asked.baselines])
        | {"words": asked.baseline.name if asked.baseline else gettext("no baseline"), "remove_url": None},
    ]
