"""The roadmap as files, of the same filters, grouping and time as the page."""

from __future__ import annotations

import io

from flask import Response, send_file

from portfolio.core.language import format_date
from portfolio.core.rights import Right
from portfolio.register.forms import filter_words
from portfolio.roadmap.takeout import MIME_TYPES, About, make_file
from portfolio.roadmap.views.room import blueprint
from portfolio.roadmap.views.shown import Shown, read_shown
from portfolio.web.access import access
from portfolio.web.current import current
from portfolio.web.frame import name_of
from portfolio.web.language import gettext


@blueprint.get("/<municipality>/roadmap.pptx")
@access(Right.READ, past=True)
def slides() -> Response:
    """Give the roadmap as slides to edit."""
    return _sent("pptx", read_shown())


@blueprint.get("/<municipality>/roadmap.xlsx")
@access(Right.READ, past=True)
def workbook() -> Response:
    """Give the equal table as a workbook."""
    return _sent("xlsx", read_shown())


@blueprint.get("/<municipality>/roadmap.svg")
@access(Right.READ, past=True)
def picture() -> Response:
    """Give the roadmap as one picture."""
    return _sent("svg", read_shown())


def _sent(kind: str, shown: Shown) -> Response:
    file = io.BytesIO(make_file(kind, shown.roadmap, _about(shown)))
    name = "-".join((gettext("roadmap"), current.municipality.code, shown.day.isoformat()))
    return send_file(file, MIME_TYPES[kind], as_attachment=True, download_name=f"{name}.{kind}")


def _about(shown: Shown) -> About:
    time = current.past.words if current.past else format_date(current.today, current.language)
    narrowed = tuple(filter_words(shown.choice))
    return About(
        gettext("Roadmap"), name_of(current.municipality), shown.grouping.label, time, current.language, narrowed
    )
