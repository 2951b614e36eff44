"""What our own sheets showed in their columns for reading, made anew, so that an edit there is noticed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from portfolio.core.language import format_date, say
from portfolio.core.timespan import Context
from portfolio.exchange.columns import Entity, Key
from portfolio.exchange.columns.sheets import OF_UNIT, RETURNED, STANDS, OwnColumn, OwnFacts, own_sheets
from portfolio.exchange.columns.writing import SEPARATOR, Labels, Writing
from portfolio.exchange.queries import Present
from portfolio.exchange.queries.asked import AskedRound, last_columns, name_columns
from portfolio.reviews.models import Review
from portfolio.reviews.rules import REVIEW_WORDS, ReviewState

Row: TypeAlias = Callable[[Key], Mapping[str, Any]]
"""Gives a row as the workbook was made from it."""
Shows: TypeAlias = Callable[[Key], Any]
"""Gives what a row shows in one column."""


def shown_of_items(present: Present, row: Row, language: str) -> dict[str, Shows]:
    """Give what an initiative shows in the columns for reading: its handling forum and its decisions."""
    labels = Labels(present.registry)

    def forum(key: Key) -> str:
        found = row(key).get("forum")
        return labels.text(found, language) if found else ""

    def one(key: Key) -> str:
        cells = row(key)
        body = labels.text(cells["forum"], language) if cells.get("forum") else ""
        day = format_date(cells["date"], language) if isinstance(cells.get("date"), dt.date) else ""
        number = str(cells.get("section") or "").removeprefix("§").strip()
        section = f"§ {number}" if number else ""
        return " ".join(filter(None, (body, day, section))) or str(cells.get("title_fi", ""))

    def latest(key: Key) -> tuple[bool, dt.date, int]:
        day = row(key).get("date")
        return day is not None, day or dt.date.min, present.ids.get(key, 0)

    def decisions(key: Key) -> str:
        found = row(key).get("decision") or ()
        return SEPARATOR.join(one(decision) for decision in sorted(found, key=latest, reverse=True))

    return {"forum": forum, "decision": decisions}


def shown_of_reviews(present: Present, row: Row, asked: AskedRound, language: str, times: Context) -> dict[str, Shows]:
    """Give what a review shows in the columns for reading: its item's unit, how it stands, what was told last time."""
    labels = Labels(present.registry)
    writing = Writing(language, labels, times)
    reviews = {present.keys[Entity.REVIEW][one.id]: one for one in asked.reviews}
    (sheet,) = own_sheets(OwnFacts(asked=asked.facts))

    def unit(key: Key) -> str:
        found = row(row(key)["initiative"]).get("unit") if key in reviews else None
        return labels.text(found, language) if found else ""

    def of(show: Callable[[Review], Any]) -> Shows:
        return lambda key: show(reviews[key]) if key in reviews else None

    def last(own: OwnColumn) -> Shows:
        return of(lambda one: asked.last_told(one.initiative_id, own, writing))

    def named(own: OwnColumn) -> Shows:
        return of(lambda one: asked.named(one.initiative_id, own, language))

    return {
        OF_UNIT: unit,
        STANDS: of(lambda one: say(REVIEW_WORDS[one.state], language)),
        RETURNED: of(lambda one: one.comment if one.state is ReviewState.RETURNED else None),
        **{own.key: last(own) for own in last_columns(sheet)},
        **{own.key: named(own) for own in name_columns(sheet)},
    }
