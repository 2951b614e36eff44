"""The money page: sums by portfolio, unit and year, sources, frames, and the plan against what was used."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import Response, jsonify, render_template, request, url_for

from portfolio.budgets.figure import Series, actual_figure, stacked_figure
from portfolio.budgets.forms.asked import FACES, PARAMETERS
from portfolio.budgets.rules import AMOUNT_WORDS, EURO_WORDS, PART_WORDS, together
from portfolio.budgets.views.room import blueprint
from portfolio.budgets.views.sheets import money_book
from portfolio.budgets.views.tables import (
    Money,
    Table,
    actual_table,
    frame_rows,
    main_table,
    read_money,
    source_table,
    year_words,
)
from portfolio.core.language import N_
from portfolio.core.money import format_money
from portfolio.core.rights import Right
from portfolio.files.workbook import write_book
from portfolio.register.forms.options import indented
from portfolio.web.access import access
from portfolio.web.current import current
from portfolio.web.downloads import attachment
from portfolio.web.language import gettext, name_of, ngettext, say_here
from portfolio.web.listing import address_with, kept_parameters, pill, same_list
from portfolio.web.rail import Group, rail


@blueprint.get("/<municipality>/money")
@access(Right.READ, past=True, charts=True)
@rail(N_("Finances"), Group.WORK, 25)
def money() -> str:
    """Show what is planned, forecast and used, with what is not known, and what is left of the frames."""
    return render_template("budgets/money.html", **_page(read_money(request.args)))


@blueprint.get("/<municipality>/money/<any(source, actual):name>.json")
@access(Right.READ, past=True, plain=("name",))
def money_figure(name: str) -> Response:
    """Give a chart to the page's script."""
    found = read_money(request.args)
    euros, language = found.asked.euros, current.language
    if name == "source":
        rows = [Series(row.words, row.cells) for row in source_table(found).rows]
        return jsonify(stacked_figure(year_words(found), rows, euros, language))
    rows = [Series(row.words, row.cells) for row in actual_table(found).rows]
    amounts = {name: [row.cells[place] for row in rows] for place, name in enumerate(AMOUNT_WORDS)}
    return jsonify(actual_figure([row.words for row in rows], amounts, euros, language))


@blueprint.get("/<municipality>/money.xlsx")
@access(Right.READ, past=True)
def money_workbook() -> Response:
    """Give every table of the page as a workbook of exactly what is shown."""
    found = read_money(request.args)
    tables = [main_table(found), source_table(found), actual_table(found)]
    about = " · ".join([name_of(current.municipality), *_narrowed(found)])
    title = gettext("Finances %(first)s–%(last)s", first=str(found.asked.years[0]), last=str(found.asked.years[-1]))
    book = money_book(found, tables, title, about)
    name = gettext("finances")
    return attachment(write_book(book), f"{name}-{current.municipality.code}-{found.asked.years.start}.xlsx")


def _page(found: Money) -> dict[str, Any]:
    """Give what the template draws."""
    main = main_table(found)
    may_manage = current.at is None and current.actor.may(Right.MANAGE)
    tables = {"source": source_table(found), "actual": actual_table(found)}
    return {
        "money": found,
        "euros": found.asked.euros,
        "main": main,
        "tables": tables,
        "summaries": {name: _summary(found, table) for name, table in tables.items()},
        "sentence": _sentence(found),
        "frames": frame_rows(found),
        "years": list(found.asked.years),
        "year_words": year_words(found),
        "tabs": _tabs(found),
        "pills": _pills(found),
        "euro_tabs": _euro_tabs(found),
        "keep": kept_parameters(*PARAMETERS - {"by", "year", "euros"}),
        "clear_url": _clear_url(found),
        "steps": {step: address_with(year=found.asked.years.start + step) for step in (-1, 1)},
        "figure_urls": {name: same_list("budgets.money_figure", name=name) for name in tables},
        "excel_url": same_list("budgets.money_workbook"),
        "notices": [say_here(problem) for problem in found.asked.problems],
        "may_manage": may_manage,
        "may_import": current.at is None and current.actor.may(Right.IMPORT),
        "frame_links": _frame_links(found) if may_manage else [],
    }


def _sentence(found: Money) -> str:
    """Say the whole in words: "Talousarvio 2023–2025: 4 200 000 €. 12 määrärahasta 3 ei ole tiedossa."."""
    whole = together(one.amount(found.asked.amount) for one in found.shown)
    parts = [gettext("no amounts have been told")]
    if whole.is_told:
        parts = [format_money(whole.known, current.language, found.asked.euros)]
    if whole.unknown:
        parts.append(gettext("Of %(of)s amounts %(unknown)s are not known", unknown=whole.unknown, of=whole.of))
    if count := sum(found.counts.silent.values()):
        parts.append(ngettext("%(num)s initiative has no amount", "%(num)s initiatives have no amount", count))
    words = gettext(AMOUNT_WORDS[found.asked.amount])
    return f"{words} {found.asked.years[0]}–{found.asked.years[-1]}: {'. '.join(parts)}."


def _summary(found: Money, table: Table) -> str:
    """Say in a sentence what a chart shows, row by row."""
    rows = [f"{row.words}: {', '.join(_said(found, table, row.cells))}" for row in table.rows]
    return f"{table.title}. " + (". ".join(rows) or gettext("Nothing to show")) + "."


def _said(found: Money, table: Table, cells: Any) -> Iterator[str]:
    for words, cell in zip(table.columns, cells, strict=True):
        if cell.is_told:
            amount = format_money(cell.known, current.language, found.asked.euros)
            leaves = gettext("%(unknown)s/%(of)s not known", unknown=cell.unknown, of=cell.of)
            yield f"{words} {amount}" + (f" ({leaves})" if cell.unknown and cell.known is not None else "")


def _tabs(found: Money) -> list[dict[str, Any]]:
    return [
        {"label": gettext(words), "url": address_with(by=face), "current": face == found.asked.face}
        for face, words in FACES.items()
    ]


def _frame_links(found: Money) -> list[dict[str, str]]:
    return [
        {"label": name_of(one), "url": url_for("budgets.frames", portfolio=key)}
        for key, one in found.known.portfolios.items()
    ]


def _euro_tabs(found: Money) -> list[dict[str, Any]]:
    return [
        {"label": gettext(words), "url": address_with(euros=unit), "current": unit == found.asked.euros}
        for unit, words in EURO_WORDS.items()
    ]


def _clear_url(found: Money) -> str | None:
    asked = found.asked
    narrowed = any(request.args.getlist(name) for name in ("portfolio", "unit", "source", "part", "amount"))
    return url_for("budgets.money", by=asked.face, year=asked.years.start, euros=asked.euros) if narrowed else None


def _pills(found: Money) -> list[dict[str, Any]]:
    known = found.known
    return [
        pill("amount", gettext("Amount"), [(name, gettext(words)) for name, words in AMOUNT_WORDS.items()])
        | {"words": gettext(AMOUNT_WORDS[found.asked.amount]), "remove_url": None},
        pill(
            "portfolio", gettext("Portfolio"), [(key, name_of(one)) for key, one in known.portfolios.items()], many=True
        ),
        pill("unit", gettext("Unit"), [(one.unit.id, indented(one)) for one in known.units], many=True),
        pill("part", gettext("Part"), [(part, gettext(words)) for part, words in PART_WORDS.items()]),
        pill("source", gettext("Source"), [(key, name_of(one)) for key, one in known.sources.items()], many=True),
    ]


def _narrowed(found: Money) -> list[str]:
    """Say how the page is narrowed, as its pills do, and in which unit its amounts are."""
    chosen = [f"{one['label']}: {one['words']}" for one in _pills(found) if one["words"]]
    past = [current.past.words] if current.past else []
    return [*past, *chosen, gettext(EURO_WORDS[found.asked.euros])]
