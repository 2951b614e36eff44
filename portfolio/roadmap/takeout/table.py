"""The equal table: every row of the roadmap with the facts that its bar shows, in the same order."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from portfolio.core.language import N_, say
from portfolio.files.workbook import Format, TableColumn, write_table
from portfolio.register.rules.words import YES_OR_NO
from portfolio.roadmap.bars import Roadmap, Row, Where, period
from portfolio.roadmap.bars.labels import STATUS_WORDS
from portfolio.roadmap.takeout.about import About, lines, marks_words, owner_words

COLUMNS = (
    (N_("Title"), Format.TEXT, 52),
    (N_("Status"), Format.TEXT, 18),
    (N_("Progress"), Format.PERCENT, 12),
    (N_("Late"), Format.TEXT, 11),
    (N_("Responsible post"), Format.TEXT, 30),
    (N_("Time"), Format.TEXT, 26),
    (N_("First day"), Format.DATE, 13),
    (N_("Last day"), Format.DATE, 13),
    (N_("Tentative time"), Format.TEXT, 14),
    (N_("Milestones"), Format.TEXT, 46),
    (N_("Planned, the years shown"), Format.MONEY, 20),
    (N_("Where in the picture"), Format.TEXT, 24),
)
DRAWN, BEFORE, AFTER, UNDATED = N_("in the picture"), N_("earlier"), N_("later"), N_("Without a time")


def workbook(roadmap: Roadmap, about: About) -> bytes:
    """Write the table as a workbook: the rows of the lanes, then what is not drawn."""
    columns = [TableColumn(about.grouping, Format.TEXT, 30)]
    columns += [TableColumn(say(heading, about.language), shown, width) for heading, shown, width in COLUMNS]
    title = f"{about.title} {period(roadmap.window, about.language)}"
    return write_table(columns, table_rows(roadmap, about.language), title=title, above=[title, *lines(roadmap, about)])


def table_rows(roadmap: Roadmap, language: str) -> Iterator[list[Any]]:
    """Give the values of each row under its lane's title and ``COLUMNS``; what is not known is None."""
    for lane in roadmap.lanes:
        for row in lane.rows:
            yield [lane.title, *_values(row, DRAWN, language)]
    for row in roadmap.elsewhere:
        yield [None, *_values(row, BEFORE if row.where is Where.BEFORE else AFTER, language)]
    for row in roadmap.undated:
        yield [None, *_values(row, UNDATED, language)]


def _values(row: Row, where: str, language: str) -> list[Any]:
    item, span = row.item, row.item.span
    money: Decimal | None = item.amount.known if item.amount else None
    return [
        item.title,
        say(STATUS_WORDS[item.status], language),
        item.progress,
        say(YES_OR_NO[item.late], language),
        owner_words(row, language),
        span.words if span else None,
        span.start if span else None,
        span.end if span else None,
        say(YES_OR_NO[span.tentative], language) if span else None,
        marks_words(row, language),
        money,
        say(where, language).lower(),
    ]
