"""The year as a circle and as a list: the page, its figure, and the list as a workbook."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import Response, jsonify, render_template, request, url_for

from portfolio.core.language import N_, format_date, month_name, say_plural
from portfolio.core.rights import Right
from portfolio.files.workbook import Format, TableColumn, write_table
from portfolio.web.access import access
from portfolio.web.current import current
from portfolio.web.downloads import attachment
from portfolio.web.language import gettext, name_of, say_here
from portfolio.web.listing import address_with, kept_parameters, pill, same_list
from portfolio.web.rail import Group, rail
from portfolio.yearclock import queries
from portfolio.yearclock.figure import year_figure
from portfolio.yearclock.forms import PARAMETERS, AskedClock, read_asked
from portfolio.yearclock.rules import (
    KIND_WORDS,
    Clash,
    Clock,
    ClockHead,
    Event,
    EventKind,
    Target,
    by_month,
    clashes,
    in_order,
    make_clocks,
)
from portfolio.yearclock.views.room import blueprint
from portfolio.yearclock.views.words import narrowed

PAGES = {
    Target.PORTFOLIO: ("register.portfolio", "portfolio"),
    Target.INITIATIVE: ("pages.card", "initiative"),
    Target.ROUND: ("reviews.follow", "asked"),
    Target.BUDGET: ("budgets.handling", "year"),
}
"""The page that tells more of an event; a forum has none of its own yet."""


@dataclass(frozen=True, slots=True)
class ClockPage:
    """What an address shows: the choice, what may be chosen, the clocks and where they clash."""

    asked: AskedClock
    offered: list[ClockHead]
    clocks: list[Clock]
    clashes: list[Clash]

    @property
    def events(self) -> list[Event]:
        """Every event once, in order of day."""
        return in_order(event for clock in self.clocks for event in clock.events)


@blueprint.get("/<municipality>/yearclock")
@access(Right.READ, past=True, charts=True)
@rail(N_("Year clock"), Group.WORK, 30)
def year() -> str:
    """Show the year: the circle, the list by month, and the days on which clocks clash."""
    shown = _read()
    return render_template(
        "yearclock/year.html",
        shown=shown,
        sentence=_sentence(shown),
        months=list(_months(shown)),
        clashes=[{"day": one.day, "events": [_row(event) for _, event in one.events]} for one in shown.clashes],
        pills=_pills(shown),
        keep=kept_parameters(*PARAMETERS - {"year"}),
        clear_url=url_for("yearclock.year", year=shown.asked.year) if shown.asked.heads or shown.asked.kinds else None,
        years={step: address_with(year=shown.asked.year + step) for step in (-1, 1)},
        figure_url=same_list("yearclock.figure"),
        excel_url=same_list("yearclock.workbook"),
        feed_url=url_for("yearclock.feeds") + (f"?{query}" if (query := shown.asked.query()) else ""),
        notices=[say_here(problem) for problem in shown.asked.problems],
    )


@blueprint.get("/<municipality>/yearclock.json")
@access(Right.READ, past=True)
def figure() -> Response:
    """Give the circle to the page's script."""
    shown = _read()
    return jsonify(year_figure(shown.clocks, shown.asked.year, current.shown_day, current.language))


@blueprint.get("/<municipality>/yearclock.xlsx")
@access(Right.READ, past=True)
def workbook() -> Response:
    """Give the list as a workbook of exactly what is shown."""
    shown = _read()
    columns = [
        TableColumn(gettext("Day"), Format.DATE, 13),
        TableColumn(gettext("Time"), Format.TEXT, 26),
        TableColumn(gettext("What"), Format.TEXT, 46),
        TableColumn(gettext("Kind"), Format.TEXT, 18),
        TableColumn(gettext("Belongs to"), Format.TEXT, 46),
    ]
    rows = [
        [one.day, one.words or None, one.title, gettext(KIND_WORDS[one.kind]), one.about or None]
        for one in shown.events
    ]
    title = gettext("Year clock %(year)s", year=str(shown.asked.year))
    about = " · ".join([name_of(current.municipality), *narrowed(shown.asked)])
    data = write_table(columns, rows, title=title, above=[title, about])
    name = "-".join((gettext("year-clock"), current.municipality.code, str(shown.asked.year)))
    return attachment(data, f"{name}.xlsx")


def _read() -> ClockPage:
    place, language = current.municipality.id, current.language
    around = queries.read_around(current.session, place, language, at=current.at)
    offered = around.heads
    asked = read_asked(request.args, offered, current.shown_day.year)
    events = asked.chosen(queries.read_events(current.session, around, asked.year))
    if not asked.heads:
        whole = ClockHead("", name_of(current.municipality))
        return ClockPage(asked, offered, [Clock(whole, tuple(events))], [])
    clocks = make_clocks(events, asked.heads)
    return ClockPage(asked, offered, clocks, clashes(clocks))


def _sentence(shown: ClockPage) -> str:
    """Count what falls in the year and say what is next: "14 tapahtumaa, 2 kelloa. Seuraavaksi 16.5.2023: …"."""

    def ngettext(one: str, many: str, count: int) -> str:  # a name by which texts are collected for translation
        return say_plural(one, many, count, current.language) if count else ""

    parts = [
        ngettext("%(num)s event", "%(num)s events", len(shown.events)) or gettext("Nothing falls in this year"),
        ngettext("%(num)s clock", "%(num)s clocks", len(shown.asked.heads)),
        ngettext("%(num)s day on which clocks clash", "%(num)s days on which clocks clash", len(shown.clashes)),
    ]
    words = ", ".join(filter(None, parts))
    today = current.shown_day
    following = next((one for one in shown.events if one.day >= today and one.day.year == today.year), None)
    if following is None:
        return words
    time = following.words or format_date(following.day, current.language)
    then = gettext("Next, %(time)s: %(title)s", time=time, title=following.title)
    return f"{words}. {then}"


def _months(shown: ClockPage) -> Iterator[dict[str, Any]]:
    """Give the months that hold something, each with its rows."""
    for month, events in by_month(shown.events).items():
        yield {"name": month_name(month, current.language).capitalize(), "rows": [_row(event) for event in events]}


def _row(event: Event) -> dict[str, Any]:
    time = event.words or format_date(event.day, current.language)
    return {
        "time": time,
        "title": event.title,
        "kind": event.kind,
        "kind_words": gettext(KIND_WORDS[event.kind]),
        "about": event.about,
        "past": event.day < current.shown_day,
        "url": _url(event),
    }


def _url(event: Event) -> str | None:
    page = PAGES.get(event.target)
    if page is None or not event.target_id:
        return None
    endpoint, name = page
    variables: dict[str, Any] = {name: event.target_id}
    return url_for(endpoint, **variables)


def _pills(shown: ClockPage) -> list[dict[str, Any]]:
    kinds = [(kind, gettext(KIND_WORDS[kind])) for kind in EventKind]
    heads = [(head.key, head.title) for head in shown.offered]
    return [
        pill("clock", gettext("Clocks"), heads, many=True),
        pill("kind", gettext("Kind"), kinds, many=True),
    ]
