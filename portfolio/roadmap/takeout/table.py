"""The equal table: every row of the roadmap with the facts that its bar shows, in the same order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

from portfolio.core.language import N_, say
from portfolio.files.workbook import Format, TableColumn, write_table
from portfolio.register.rules.words import STATUS_WORDS, YES_OR_NO
from portfolio.roadmap.bars import Roadmap, Row, Where, period
from portfolio.roadmap.takeout.about import (
    CHANGES,
    NEEDED,
    UNDATED,
    About,
    change_lines,
    colour_words,
    gone_rows,
    lines,
    marks_words,
    needed_titles,
    owner_words,
)

Cell: TypeAlias = Any

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
    (NEEDED, Format.TEXT, 40),
    (N_("Planned, the years shown"), Format.MONEY, 20),
    (N_("Where in the picture"), Format.TEXT, 24),
)
COMPARED = ((N_("Time before"), Format.TEXT, 26), (CHANGES, Format.TEXT, 60))
DRAWN, BEFORE, AFTER, LEFT = N_("in the picture"), N_("earlier"), N_("later"), N_("It left")


def workbook(roadmap: Roadmap, about: About) -> bytes:
    """Write the table as a workbook: the rows of the lanes, then what is not drawn, then what is no longer there."""
    title = f"{about.title} {period(roadmap.window, about.language)}"
    rows = table_rows(roadmap, about)
    return write_table(columns_of(roadmap, about), rows, title=title, above=[title, *lines(roadmap, about)])


def columns_of(roadmap: Roadmap, about: About) -> list[TableColumn]:
    """Give the columns: lanes of one level or two, ``COLUMNS``, what colours tell, what differs."""
    said = [*COLUMNS, *(COMPARED if roadmap.compared else ())]
    found = [TableColumn(say(name, about.language), shown, width) for name, shown, width in said]
    if roadmap.palette:
        found.insert(len(COLUMNS), TableColumn(about.colour, Format.TEXT, 30))
    lanes = [about.grouping, about.inner] if about.inner else [about.grouping]
    return [*(TableColumn(name, Format.TEXT, 30) for name in lanes), *found]


def table_rows(roadmap: Roadmap, about: About) -> Iterator[list[Cell]]:
    """Give the values of each row under ``columns_of``; what is not known is None."""
    levels = 2 if about.inner else 1
    for lane in roadmap.lanes:
        titles = [lane.outer, lane.title][-levels:]
        yield from ([*titles, *_values(row, DRAWN, roadmap, about)] for row in lane.rows)
    nowhere = [None] * levels
    for row in roadmap.elsewhere:
        yield [*nowhere, *_values(row, BEFORE if row.where is Where.BEFORE else AFTER, roadmap, about)]
    for words, rows in ((UNDATED, roadmap.undated), (LEFT, gone_rows(roadmap))):
        yield from ([*nowhere, *_values(row, words, roadmap, about)] for row in rows)


def _values(row: Row, where: str, roadmap: Roadmap, about: About) -> list[Cell]:
    item, span, language = row.item, row.item.span, about.language
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
        needed_titles(item.needs, language),
        item.amount.known if item.amount else None,
        say(where, language).lower(),
        *([colour_words(item, roadmap.palette)] if roadmap.palette else []),
        *(_changed(row, language) if roadmap.compared else []),
    ]


def _changed(row: Row, language: str) -> list[Cell]:
    """Give the time before, where it was another, and all that differs."""
    time = row.item.change.time if row.item.change else None
    return [time.old.words if time and time.old else None, "; ".join(change_lines(row.item, language))]
