"""What changed between two times: the page, and the same as slides, PDF and a workbook."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, render_template, request, send_file, url_for

from portfolio.core.rights import Right
from portfolio.files.workbook import Format, TableColumn, write_table
from portfolio.forums.queries import forums
from portfolio.pages.forms.changes import AskedChanges, ends_offered, read_changes
from portfolio.pages.views.initiatives import XLSX
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
from portfolio.reviews.forms.filtering import read_filter
from portfolio.roadmap import queries
from portfolio.roadmap.queries import Found, Grouping, groupings
from portfolio.roadmap.queries.grouping import FORUM
from portfolio.roadmap.takeout import MIME_TYPES
from portfolio.roadmap.takeout.changes import ChangedItem, ChangedLane, Report, make_changes
from portfolio.web.access import access
from portfolio.web.current import current
from portfolio.web.frame import name_of
from portfolio.web.language import either, gettext, say_here
from portfolio.web.listing import cut_page, paging, same_list

PER_PAGE = 100
ENDPOINT = "pages.changes"
BY_CLASS = "scheme-"
"""How the roadmap's groupings by a classification begin."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What an address asks for, and the difference of it: each initiative beside the name of its lane."""

    asked: AskedChanges
    choice: FilterChoice
    calendar: Calendar
    points: list[NamedPoint]
    ways: list[Grouping]
    grouping: Grouping
    difference: Difference
    placed: list[tuple[str, ItemDifference]]

    def address(self, **changes: Any) -> str:
        """Give this page with only these parameters of the filter; times, grouping and kinds stay."""
        return url_for(ENDPOINT, **{**self.asked.parameters(), "group": self.grouping.key, **changes})


@blueprint.get("/<municipality>/changes")
@access(Right.READ)
def changes() -> str:
    """Show what changed between two times, in lanes."""
    shown = _read()
    page = list(cut_page(shown.placed, PER_PAGE))
    words = _cells([item for _lane, item in page])
    return render_template(
        "pages/changes.html",
        shown=shown,
        sentence=difference_sentence(shown.difference, current.language),
        lanes=list(_lanes(page, words, shown.asked)),
        paging=paging(len(shown.placed), PER_PAGE),
        aspects=[_aspect_tile(shown, *counted) for counted in aspect_counts(shown.difference)],
        pills=[_group_pill(shown), *filter_pills(shown.choice, shown.address)],
        keep=flat(shown.asked.parameters()),
        clear_url=None if shown.choice.is_empty else shown.address(),
        ends={
            "from": ends_offered(shown.asked.first, shown.points, current.language),
            "to": ends_offered(shown.asked.second, shown.points, current.language),
        },
        ends_keep=flat({**shown.choice.asked, "group": (shown.grouping.key,), "aspect": _aspects(shown)}),
        problems=[say_here(problem) for problem in (*shown.choice.problems, *shown.asked.problems)],
        files=[{"label": words, "url": same_list(endpoint)} for endpoint, words in _files()],
        latest=shown.calendar.latest,
    )


@blueprint.get("/<municipality>/changes.xlsx")
@access(Right.READ)
def changes_workbook() -> Response:
    """Give what the page shows as a workbook: the same times, filters and lanes, a row for each thing that differs."""
    shown = _read()
    columns = [
        TableColumn(shown.grouping.label, Format.TEXT, 30),
        TableColumn(gettext("Code"), Format.TEXT, 12),
        TableColumn(gettext("Title"), Format.TEXT, 52),
        TableColumn(gettext("What changed"), Format.TEXT, 18),
        TableColumn(gettext("Field"), Format.TEXT, 26),
        TableColumn(gettext("Before"), Format.TEXT, 36),
        TableColumn(gettext("After"), Format.TEXT, 36),
        TableColumn(gettext("Note"), Format.TEXT, 40),
    ]
    between = gettext("%(first)s → %(second)s", first=shown.asked.first.words, second=shown.asked.second.words)
    about = " · ".join(
        [name_of(current.municipality), between, difference_sentence(shown.difference, current.language)]
    )
    above = [about, *filter_words(shown.choice)]
    data = write_table(columns, _sheet_rows(shown), title=gettext("What has changed"), above=above)
    return send_file(io.BytesIO(data), XLSX, as_attachment=True, download_name=_file_name(shown, "xlsx"))


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


def _files() -> Iterator[tuple[str, str]]:
    yield "pages.changes_slides", gettext("PowerPoint, to edit")
    yield "pages.changes_document", gettext("PDF, A4")
    yield "pages.changes_workbook", gettext("Excel, the same as a table")


def _sent(kind: str) -> Response:
    shown = _read()
    data = make_changes(kind, _report(shown))
    return send_file(io.BytesIO(data), MIME_TYPES[kind], as_attachment=True, download_name=_file_name(shown, kind))


def _file_name(shown: Shown, kind: str) -> str:
    return "-".join((gettext("changes"), current.municipality.code, shown.asked.second.day.isoformat())) + f".{kind}"


def _report(shown: Shown) -> Report:
    """Give the whole difference in words, in the page's language."""
    cells = _cells([item for _lane, item in shown.placed])
    lanes: dict[str, list[ChangedItem]] = {}
    for (lane, item), told in zip(shown.placed, cells, strict=True):
        row = item.row
        title = either(row.title_fi, row.title_sv)
        foreign = None if current.language == "fi" or title != row.title_fi else "fi"
        fate = fate_words(item, current.language)
        lanes.setdefault(lane, []).append(ChangedItem(title, row.code, fate, told, foreign))
    return Report(
        gettext("What has changed"),
        name_of(current.municipality),
        _between(shown),
        difference_sentence(shown.difference, current.language),
        shown.grouping.label,
        current.language,
        [ChangedLane(title, items) for title, items in lanes.items()],
        filter_words(shown.choice),
    )


def _between(shown: Shown) -> str:
    return gettext("%(first)s → %(second)s", first=shown.asked.first.words, second=shown.asked.second.words)


def _read() -> Shown:
    session, place = current.session, current.municipality.id
    calendar, points = calendar_here(), baselines(session, place)
    asked = read_changes(request.args, calendar, points)
    choice = read_filter(request.args, session, place, current.actor, at=asked.second.revision)
    ways = groupings(choice.options, current.language, forums(session, place, at=asked.second.revision))
    grouping = next((one for one in ways if one.key == request.args.get("group")), ways[0])
    by_class, by_forum = grouping.key.startswith(BY_CLASS), grouping.key == FORUM
    narrowed = queries.Narrowed(choice.filter, asked.second.day, asked.aspects, by_class, by_forum)
    # the first end is never now: read_changes puts the two in their order
    told = queries.read_changes(session, place, asked.first.revision or 0, asked.second.revision, narrowed)
    return Shown(asked, choice, calendar, points, ways, grouping, told.difference, list(_placed(told, grouping)))


def _placed(told: queries.Told, grouping: Grouping) -> Iterator[tuple[str, ItemDifference]]:
    """Put each initiative into its lanes, in their order; what is in none of them stands last."""
    names = {head.key: head.title for head in grouping.heads}
    names.setdefault("", gettext("No group"))
    order = {key: place for place, key in enumerate(names)}
    found = [(order[key], key, item) for item in told.difference.items for key in _keys(told, grouping, item, order)]
    for _place, key, item in sorted(found, key=lambda one: one[0]):
        yield names[key], item


def _keys(told: queries.Told, grouping: Grouping, item: ItemDifference, known: dict[str, int]) -> list[str]:
    classes, forum = told.classes.get(item.row.id, frozenset()), told.forums.get(item.row.id)
    lanes = grouping.lanes_of(Found(item.row, None, classes, (), (), forum))
    return [key for key in lanes if key in known] or [""]


def _lanes(
    page: Sequence[tuple[str, ItemDifference]], words: Sequence[Any], asked: AskedChanges
) -> Iterator[dict[str, Any]]:
    """Group a page's rows by lane."""
    lane: dict[str, Any] | None = None
    for (name, item), cells in zip(page, words, strict=True):
        if lane is None or lane["name"] != name:
            if lane is not None:
                yield lane
            lane = {"name": name, "rows": []}
        lane["rows"].append(_row(item, cells, asked))
    if lane is not None:
        yield lane


def _row(item: ItemDifference, cells: Sequence[Any], asked: AskedChanges) -> dict[str, Any]:
    """Give what one row shows; its link leads to the later time, or where it left, to the earlier one."""
    left = Aspect.LEFT in item.aspects
    end = asked.first if left else asked.second
    time: dict[str, Any] = {} if end.revision is None else {"revision": end.revision}
    return {
        "title": either(item.row.title_fi, item.row.title_sv),
        "title_sv": item.row.title_sv,
        "code": item.row.code,
        "url": url_for("pages.card", initiative=item.row.id, **time),
        "fate": "left" if left else "joined" if Aspect.JOINED in item.aspects else None,
        "cells": cells,
    }


def _cells(items: Sequence[ItemDifference]) -> list[list[CellWords]]:
    """Put the cells of each item into words; the names they refer to are read at once."""
    names = difference_names(current.session, current.municipality.id, items, current.language)
    return [cells_of(item, names, current.language) for item in items]


def _sheet_rows(shown: Shown) -> Iterator[list[Any]]:
    items = [item for _lane, item in shown.placed]
    for (lane, item), cells in zip(shown.placed, _cells(items), strict=True):
        head = [lane, item.row.code, either(item.row.title_fi, item.row.title_sv)]
        for aspect in sorted(item.aspects & {Aspect.JOINED, Aspect.LEFT}):
            yield [*head, say_aspect(aspect, current.language), None, None, None, None]
        for cell in cells:
            yield [*head, say_aspect(cell.aspect, current.language), cell.label, cell.old, cell.new, cell.note]


def _aspects(shown: Shown) -> tuple[str, ...]:
    return tuple(sorted(shown.asked.aspects))


def _aspect_tile(shown: Shown, aspect: Aspect, count: int) -> dict[str, Any]:
    """Give a count that narrows to its kind of change; the one that is on takes itself away."""
    on = shown.asked.aspects == {aspect}
    url = shown.address(**shown.choice.asked, aspect=() if on else (aspect.value,))
    return {"number": count, "label": say_aspect(aspect, current.language), "url": url, "current": on}


def _group_pill(shown: Shown) -> dict[str, Any]:
    choices = [{"value": one.key, "label": one.label, "checked": one is shown.grouping} for one in shown.ways]
    words = {"name": "group", "label": gettext("Group by"), "words": shown.grouping.label}
    return {**words, "many": False, "folded": False, "choices": choices}
