"""The roadmap as files, of the same filters, lanes, colours and times as the page."""

from __future__ import annotations

import io
from collections.abc import Iterator

from flask import Response, send_file

from portfolio.core.rights import Right
from portfolio.files.document import Paper
from portfolio.register.forms import filter_words
from portfolio.roadmap.takeout import MIME_TYPES, About, make_file
from portfolio.roadmap.views.room import blueprint
from portfolio.roadmap.views.shown import ShownRoadmap, read_shown
from portfolio.web.access import access
from portfolio.web.current import current
from portfolio.web.language import gettext, name_of, say_here


def offered() -> Iterator[tuple[str, str]]:
    """Give the endpoint and the name of each file, as the page's menu shows them."""
    yield "roadmap.slides", gettext("PowerPoint, to edit")
    yield "roadmap.document", gettext("PDF, A4")
    yield "roadmap.large_document", gettext("PDF, A3")
    yield "roadmap.workbook", gettext("Excel, the same as a table")
    yield "roadmap.picture", gettext("Picture (SVG)")
    yield "roadmap.bitmap", gettext("Picture (PNG)")


@blueprint.get("/<municipality>/roadmap.pptx")
@access(Right.READ, past=True)
def slides() -> Response:
    """Give the roadmap as slides to edit."""
    return _sent("pptx")


@blueprint.get("/<municipality>/roadmap.pdf")
@access(Right.READ, past=True)
def document() -> Response:
    """Give the roadmap as tagged PDF with its equal table."""
    return _sent("pdf")


@blueprint.get("/<municipality>/roadmap.a3.pdf")
@access(Right.READ, past=True)
def large_document() -> Response:
    """Give the same on paper twice as large."""
    return _sent("pdf", Paper.A3)


@blueprint.get("/<municipality>/roadmap.xlsx")
@access(Right.READ, past=True)
def workbook() -> Response:
    """Give the equal table as a workbook."""
    return _sent("xlsx")


@blueprint.get("/<municipality>/roadmap.svg")
@access(Right.READ, past=True)
def picture() -> Response:
    """Give the roadmap as one picture of lines, sharp at any size."""
    return _sent("svg")


@blueprint.get("/<municipality>/roadmap.png")
@access(Right.READ, past=True)
def bitmap() -> Response:
    """Give the roadmap as one picture of dots."""
    return _sent("png")


def _sent(kind: str, paper: Paper = Paper.A4) -> Response:
    shown = read_shown()
    file = io.BytesIO(make_file(kind, shown.roadmap, _about(shown, paper)))
    name = "-".join((gettext("roadmap"), current.municipality.code, shown.day.isoformat()))
    return send_file(file, MIME_TYPES[kind], as_attachment=True, download_name=f"{name}.{kind}")


def _about(shown: ShownRoadmap, paper: Paper) -> About:
    asked = shown.asked
    return About(
        title=gettext("Roadmap"),
        municipality=name_of(current.municipality),
        grouping=shown.grouping.label,
        time=current.shown_time,
        language=current.language,
        narrowed=(*filter_words(shown.choice), *map(say_here, shown.problems)),
        inner=asked.inner.label if asked.inner else "",
        colour=asked.colour.label if asked.colour else "",
        paper=paper,
    )
