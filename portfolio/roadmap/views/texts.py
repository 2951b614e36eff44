"""What is written in each row, made in one go: of thousands of rows, most say the same few things."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from flask import get_template_attribute, url_for
from markupsafe import Markup

from portfolio.core.timespan import Timespan
from portfolio.register.rules import CellWords, Status, in_short
from portfolio.roadmap.bars import Item, Roadmap, Row
from portfolio.roadmap.bars.words import SHAPES, status_words
from portfolio.web.filters import interval_words
from portfolio.web.language import ngettext

SOME_ID = 9_007_199_254_740_991
"""Stands in an address for any initiative; no other part of an address holds it."""


@dataclass(frozen=True, slots=True)
class RowText:
    """The card's address, the status as a shape and in words, the interval, and how many marks there are to tell.

    ``brief`` is the status without lateness, which has its own mark beside it; ``colour`` says what the colour does,
    where that is not the status. ``changes`` are what differs from the
    time compared with, as far as a row has room, and ``also`` names the rest.
    """

    url: str
    icon: Markup
    status: str
    brief: str
    interval: str | None
    marks: Markup | None
    colour: str | None = None
    changes: tuple[CellWords, ...] = ()
    also: str | None = None


def row_texts(roadmap: Roadmap, language: str) -> dict[int, RowText]:
    """Give the texts of every row by the initiative's id, drawn or not."""
    before, after = url_for("pages.card", initiative=SOME_ID).split(str(SOME_ID))
    draw = get_template_attribute("components/icon.html", "icon")

    classes = {swatch.key: swatch.words for swatch in roadmap.palette}
    unclassified = classes.get("")

    @cache
    def icon(status: Status) -> Markup:
        return Markup(draw(SHAPES[status]))  # noqa: S704 -- a macro's answer

    @cache
    def interval(span: Timespan) -> str:
        return interval_words(span, language)

    @cache
    def count(number: int) -> Markup:
        return Markup(ngettext("%(num)s milestone", "%(num)s milestones", number))  # noqa: S704 -- the text is ours

    def text(row: Row) -> RowText:
        item = row.item
        return RowText(
            f"{before}{item.id}{after}",
            icon(item.status),
            status_words(row, language),
            status_words(row, language, with_late=False),
            interval(item.span) if item.span is not None else None,
            count(len(row.told)) if item.marks else None,
            classes.get(item.colour, unclassified) if classes else None,
            *(_changes(item) if item.told else ()),
        )

    return {row.item.id: text(row) for row in (*roadmap.rows, *roadmap.elsewhere, *roadmap.undated)}


def _changes(item: Item) -> tuple[tuple[CellWords, ...], str | None]:
    shown, named = in_short(item.told)
    return tuple(shown), ", ".join(named) or None
