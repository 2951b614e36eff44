"""What changed between two times: the page, and the same as slides, PDF and a workbook."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from flask import Response, render_template, request, send_file, url_for

from portfolio.core.language import format_date
from portfolio.core.problem import Problem
from portfolio.core.rights import Right
from portfolio.forums.queries import forums
from portfolio.pages.forms.changes import AskedChanges, ends_offered, read_changes
from portfolio.pages.views.list_page import flat
from portfolio.pages.views.room import blueprint
from portfolio.register.forms import Calendar, FilterChoice, calendar_here, filter_pills, filter_words
from portfolio.register.queries import NamedPoint, baselines, difference_names
from portfolio.register.rules import (
    Aspect,
    CellWords,
    Difference,
    ItemDifference,
    aspect_counts,
    cells_of,
    difference_sentence,
    fate_words,
    say_aspect,
)
from portfolio.reviews.forms.filtering import filter_at, read_filter
from portfolio.roadmap import queries
from portfolio.roadmap.forms.asked import LONGEST_SHOWN, NO_GROUPING
from portfolio.roadmap.queries import Grouping, Placed, groupings
from portfolio.roadmap.takeout import MIME_TYPES
from portfolio.roadmap.takeout.changes import ChangedItem, ChangedLane, Report, make_changes
from portfolio.web.access import access
from portfolio.web.current import current
from portfolio.web.language import gettext, name_of, say_here, title_of
from portfolio.web.listing import cut_page, paging, same_list

PER_PAGE = 100
ENDPOINT = "pages.changes"


@dataclass(frozen=True, slots=True)
class ChangesPage:
    """What an address asks for, and the difference of it: each initiative beside the name of its lane."""

    asked: AskedChanges
    choice: FilterChoice
    calendar: Calendar
    points: list[NamedPoint]
    ways: list[Grouping]
    grouping: Grouping
    difference: Difference
    placed: list[Placed]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What of the address was not understood."""
        problems = (*self.choice.problems, *self.asked.problems)
        asked = request.args.get("group", "").strip()
        if asked in {"", self.grouping.key}:
            return problems
        return *problems, Problem(NO_GROUPING, {"value": asked[:LONGEST_SHOWN]})

    def address(self, **changes: Any) -> str:
        """Give this page with only these parameters of the filter; times, grouping and kinds stay."""
        return url_for(ENDPOINT, **{**self.asked.parameters(), "group": self.grouping.key, **changes})


@blueprint.get("/<municipality>/changes")
@access(Right.READ)
def changes() -> str:
    """Show what changed between two times, in lanes."""
    return render_template("pages/changes.html", **_page(_read()))


@blueprint.get("/<municipality>/changes.xlsx")
@access(Right.READ)
def changes_workbook() -> Response:
    """Give what the page shows as a workbook: the same times, filters and lanes, a row for each thing that differs."""
    return _sent("xlsx")


@blueprint.get("/<municipality>/changes.pptx")
@access(Right.READ)
def changes_slides() -> Response:
    """Give what the page shows as slides to edit."""
    return _sent("pptx")


@blueprint.get("/<municipality>/changes.pdf")
@access(Right.READ)
def changes_document() -> Response:
    """Give what the page shows as tagged PDF."""
    return _sent("pdf")


def _page(shown: ChangesPage) -> dict[str, Any]:
    """Give what the template draws."""
    page = list(cut_page(shown.placed, PER_PAGE))
    words = _cells([one.item for one in page])
    return {
        "shown": shown,
        "sentence": difference_sentence(shown.difference, current.language),
        "lanes": list(_lanes(page, words, shown.asked)),
        "paging": paging(len(shown.placed), PER_PAGE),
        "aspects": [_aspect_tile(shown, *counted) for counted in aspect_counts(shown.difference)],
        "pills": [_group_pill(shown), *filter_pills(shown.choice, shown.address)],
        "keep": flat(shown.asked.parameters()),
        "clear_url": None if shown.choice.is_empty else shown.address(),
        "ends": {
            "from": ends_offered(shown.asked.first, shown.points, current.language),
            "to": ends_offered(shown.asked.second, shown.points, current.language),
        },
        "ends_keep": flat({**shown.choice.asked, "group": (shown.grouping.key,), "aspect": _aspects(shown)}),
        "problems": list(map(say_here, shown.problems)),
        "files": [{"label": words, "url": same_list(endpoint)} for endpoint, words in _files()],
        "latest": shown.calendar.latest,
    }


def _files() -> Iterator[tuple[str, str]]:
    yield "pages.changes_slides", gettext("PowerPoint, to edit")
    yield "pages.changes_document", gettext("PDF, A4")
    yield "pages.changes_workbook", gettext("Excel, the same as a table")


def _sent(kind: str) -> Response:
    shown = _read()
    data = make_changes(kind, _report(shown))
    return send_file(io.BytesIO(data), MIME_TYPES[kind], as_attachment=True, download_name=_file_name(shown, kind))


def _file_name(shown: ChangesPage, kind: str) -> str:
    return "-".join((gettext("changes"), current.municipality.code, shown.asked.second.day.isoformat())) + f".{kind}"


def _report(shown: ChangesPage) -> Report:
    """Give the whole difference in words, in the page's language."""
    cells = _cells([one.item for one in shown.placed])
    lanes: dict[str, list[ChangedItem]] = {}
    for one, told in zip(shown.placed, cells, strict=True):
        row = one.item.row
        title = title_of(row)
        foreign = None if current.language == "fi" or title != row.title_fi else "fi"
        fate = fate_words(one.item, current.language)
        changed = ChangedItem(title=title, code=row.code, fate=fate, cells=told, title_language=foreign)
        lanes.setdefault(one.lane, []).append(changed)
    return Report(
        title=gettext("What has changed"),
        municipality=name_of(current.municipality),
        between=_between(shown),
        sentence=difference_sentence(shown.difference, current.language),
        grouping=shown.grouping.label,
        language=current.language,
        lanes=[ChangedLane(title, items) for title, items in lanes.items()],
        narrowed=[*filter_words(shown.choice), *map(say_here, shown.problems)],
    )


def _between(shown: ChangesPage) -> str:
    """Name both times; a file is read later, so that "now" has its day there."""
    first, second = shown.asked.first, shown.asked.second
    until = second.words if second.revision else f"{second.words} ({format_date(second.day, current.language)})"
    return gettext("%(first)s → %(second)s", first=first.words, second=until)


def _read() -> ChangesPage:
    session, place = current.session, current.municipality.id
    calendar, points = calendar_here(), baselines(session, place)
    asked = read_changes(request.args, calendar, points)
    choice = read_filter(request.args, session, place, current.actor, at=asked.second.revision)
    ways = groupings(choice.options, current.language, forums(session, place, at=asked.second.revision))
    grouping = next((one for one in ways if one.key == request.args.get("group")), ways[0])
    first = asked.first.revision or 0  # never now: read_changes puts the two in their order
    before = filter_at(choice, session, place, first)
    narrowed = queries.Narrowed(choice.filter, asked.second.day, asked.aspects, grouping, before)
    told = queries.read_changes(session, place, first, asked.second.revision, narrowed)
    placed = list(told.in_lanes(grouping, current.language))
    return ChangesPage(asked, choice, calendar, points, ways, grouping, told.difference, placed)


def _lanes(page: Sequence[Placed], words: Sequence[list[CellWords]], asked: AskedChanges) -> Iterator[dict[str, Any]]:
    """Group a page's rows by lane."""
    for name, some in groupby(zip(page, words, strict=True), key=lambda pair: pair[0].lane):
        yield {"name": name, "rows": [_row(one.item, cells, asked) for one, cells in some]}


def _row(item: ItemDifference, cells: Sequence[CellWords], asked: AskedChanges) -> dict[str, Any]:
    """Give what one row shows; its link leads to the later time, or where it left, to the earlier one."""
    end = asked.first if Aspect.LEFT in item.aspects else asked.second
    time: dict[str, Any] = {} if end.revision is None else {"revision": end.revision}
    return {
        "title": title_of(item.row),
        "title_sv": item.row.title_sv,
        "code": item.row.code,
        "url": url_for("pages.card", initiative=item.row.id, **time),
        "fate": fate_words(item, current.language),
        "is_here": item.aspects.isdisjoint({Aspect.LEFT, Aspect.EXITED}),
        "cells": cells,
    }


def _cells(items: Sequence[ItemDifference]) -> list[list[CellWords]]:
    """Put the cells of each item into words; the names they refer to are read at once."""
    names = difference_names(current.session, current.municipality.id, items, current.language)
    return [cells_of(item, names, current.language) for item in items]


def _aspects(shown: ChangesPage) -> tuple[str, ...]:
    return tuple(sorted(shown.asked.aspects))


def _aspect_tile(shown: ChangesPage, aspect: Aspect, count: int) -> dict[str, Any]:
    """Give a count that narrows to its kind of change; the one that is on takes itself away."""
    on = shown.asked.aspects == {aspect}
    url = shown.address(**shown.choice.asked, aspect=() if on else (aspect.value,))
    return {"number": count, "label": say_aspect(aspect, current.language), "url": url, "current": on}


def _group_pill(shown: ChangesPage) -> dict[str, Any]:
    choices = [{"value": one.key, "label": one.label, "checked": one is shown.grouping} for one in shown.ways]
    words = {"name": "group", "label": gettext("Group by"), "words": shown.grouping.label}
    return {**words, "many": False, "folded": False, "choices": choices}
