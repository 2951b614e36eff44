"""What is written in each row, made in one go: of thousands of rows, most say the same few things."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, partial
from typing import NamedTuple

from flask import get_template_attribute, url_for
from markupsafe import Markup, escape

from portfolio.register.rules import CellWords, Status, fate_words, in_short
from portfolio.roadmap.bars import Item, Mark, Roadmap, Row
from portfolio.roadmap.bars.labels import money_words
from portfolio.roadmap.bars.words import LATE, SHAPES, need_words, status_words
from portfolio.roadmap.views.moves import SOME_ID, MoveLinks
from portfolio.web.assets import drawn_icon
from portfolio.web.filters import interval_words
from portfolio.web.language import gettext, ngettext


class RowText(NamedTuple):
    """The card's address, the status as a shape and in words, the interval, and the list of the marks.

    ``under`` is the line below the title: what the bar does not say, whose it is, its time as it was written.
    ``name`` is what stands in the row beside its bar: the title that leads to the card, with all that is below it.
    ``colour`` says what the colour does, where that is not the status. ``changes`` are what differs from the time
    compared with, as far as a row has room, and ``also`` names the rest. ``needs`` tell what is needed first. ``fate``
    says that it joined.
    """

    url: str
    icon: Markup
    status: str
    under: Markup
    name: Markup
    interval: str | None
    marks: Markup | None
    colour: str | None = None
    changes: tuple[CellWords, ...] = ()
    also: str | None = None
    needs: Markup | None = None
    fate: str | None = None

    @property
    def said(self) -> str:
        """The status and the interval for those who do not see the bar."""
        return f"{self.status}. {self.interval}" if self.interval else self.status


def row_texts(
    roadmap: Roadmap, language: str, *, money: bool = False, moves: MoveLinks | None = None
) -> dict[int, RowText]:
    """Give the texts of every row by the initiative's id, drawn or not; with ``money`` that which no bar tells.

    With ``moves`` there is a link in each row that the reader may move.
    """
    writer = _Writer(roadmap, language, moves, money=money)
    return {row.item.id: writer.text(row) for row in (*roadmap.rows, *roadmap.elsewhere, *roadmap.undated)}


class _Writer:
    """Writes the texts of rows; what many rows say alike is written once."""

    def __init__(self, roadmap: Roadmap, language: str, moves: MoveLinks | None, *, money: bool) -> None:
        self._money = money
        self._moves = moves
        self._language = language
        self._before, self._after = url_for("pages.card", initiative=SOME_ID).split(str(SOME_ID))
        self._classes = {swatch.key: swatch.words for swatch in roadmap.palette}
        self._statuses: dict[tuple[Status, int | None, bool], tuple[str, str]] = {}
        self._icon = cache(lambda status: drawn_icon(SHAPES[status]))
        self._interval = cache(partial(interval_words, language=language))
        self._count = cache(lambda number: ngettext("%(num)s milestone", "%(num)s milestones", number))
        self._done = cache(lambda day: gettext("done %(day)s", day=day))
        self._span = cache(_span)
        self._late = _span(f"! {gettext(LATE)}", "late")
        self._unnamed = f"<span>{get_template_attribute('components/unknown.html', 'not_named')()}</span>"

    def text(self, row: Row) -> RowText:
        """Write the texts of one row."""
        item, marks = row.item, row.told if row.item.marks else ()
        status, brief = self._status(row)
        colour = self._classes.get(item.colour, self._classes.get("")) if self._classes else None
        url, icon, under = (
            f"{self._before}{item.id}{self._after}",
            self._icon(item.status),
            self._under(row, brief, colour),
        )
        needs, told = self._needs(item) if item.needs else None, self._marks(marks) if marks else None
        return RowText(
            url,
            icon,
            status,
            under,
            self._name(item, url, icon, f"{under}{needs or ''}{self._folded(len(marks), told) if told else ''}"),
            self._interval(item.span) if item.span is not None else None,
            told,
            colour,
            *(_changes(item) if item.told else ((), None)),
            needs,
            fate_words(item.change, self._language) if item.change else None,
        )

    def _name(self, item: Item, url: str, icon: Markup, under: str) -> Markup:
        """Write the title that leads to the card, what is under it, and the link by which the row is moved in time."""
        move = (self._moves.link(item) if self._moves else None) or ""
        target = f' id="row-{item.id}"' if move else ""
        lang = f' lang="{item.title_language}"' if item.title_language else ""
        return Markup(  # noqa: S704 -- each part is escaped
            f'<a class="rm-title"{target} href="{url}">{icon}<span{lang}>{escape(item.title)}</span></a>'
            f'<div class="rm-under">{under}{move}</div>'
        )

    def _marks(self, marks: Iterable[Mark]) -> Markup:
        """List marks with their times and the days on which they were done."""
        lines = (
            ", ".join(
                filter(None, (mark.title, mark.words, self._done(mark.completed_on) if mark.completed_on else ""))
            )
            for mark in marks
        )
        return Markup(f"<ul>{''.join(f'<li>{escape(line)}</li>' for line in lines)}</ul>")  # noqa: S704 -- each is escaped

    def _folded(self, count: int, marks: Markup) -> str:
        return f'<details class="rm-marks"><summary>{self._count(count)}</summary>{marks}</details>'

    def _needs(self, item: Item) -> Markup:
        """Say what is needed first, what would not be there in time as strongly as lateness."""
        words = (
            (need_words(need, self._language), "rm-need late" if need.broken else "rm-need") for need in item.needs
        )
        return Markup("".join(_span(text, kind) for text, kind in words))  # noqa: S704 -- each is escaped

    def _status(self, row: Row) -> tuple[str, str]:
        """Say the status in full, and without lateness, which has a mark of its own."""
        key = row.item.status, row.item.progress, row.item.late
        if key not in self._statuses:
            both = (status_words(row, self._language, with_late=with_late) for with_late in (True, False))
            self._statuses[key] = next(both), next(both)
        return self._statuses[key]

    def _under(self, row: Row, brief: str, colour: str | None) -> Markup:
        """Write the line below the title; it says the status unless the bar's label always does."""
        item, span, parts = row.item, self._span, []
        if item.late:
            parts.append(self._late)
        planned = money_words(item, self._language) if self._money else ""
        if row.label is None or row.label.text == planned:
            parts.append(span(brief))
        elif not row.label.narrow:
            parts.append(span(brief, "rm-narrow"))
        if colour:
            parts.append(span(colour))
        parts.append(span(item.owner) if item.owner else self._unnamed)
        if planned and (row.label is None or planned not in row.label.text):
            parts.append(span(planned))
        elif planned and row.label and not row.label.narrow:
            parts.append(span(planned, "rm-narrow"))
        if item.span is not None and item.span.words:
            parts.append(span(item.span.words))
        return Markup("".join(parts))  # noqa: S704 -- each is escaped


def _span(words: str, kind: str = "") -> str:
    return f'<span class="{kind}">{escape(words)}</span>' if kind else f"<span>{escape(words)}</span>"


def _changes(item: Item) -> tuple[tuple[CellWords, ...], str | None]:
    shown, named = in_short(item.told)
    return tuple(shown), ", ".join(named) or None
