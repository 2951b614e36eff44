"""The first sheet of an export: what the workbook is, and how it is filled in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from portfolio.core.language import N_, format_date, say, say_plural
from portfolio.core.timespan import Cadence, Kind, Pace, Precision, Timespan
from portfolio.core.timespan import format as format_timespan
from portfolio.exchange.columns import SUBMITTED
from portfolio.exchange.columns.sheets import ACTION, COMMENT, DELETE, GUIDE_TITLE, REVIEWS, OwnSheet
from portfolio.files.workbook import BookColumn, BookRow, BookSheet, Format, Style, Tone
from portfolio.register.rules.words import YES_OR_NO

_MARGIN, _LABEL, _TEXT = 3.0, 26.0, 104.0
_LINE, _LETTERS = 15.5, 112
"""The height of a line of text in points, and how many letters stand on one."""

_TITLE, _STRONG, _PLAIN, _LABELLED, _EXAMPLE, _BESIDE, _GUIDE = (
    Style(Tone.TITLE, Format.TEXT),
    Style(Tone.STRONG, Format.TEXT),
    Style(Tone.GUIDE, Format.TEXT),
    Style(Tone.LABEL, Format.TEXT),
    Style(Tone.PLAIN, Format.TEXT, indent=1),
    Style(Tone.GUIDE, Format.TEXT, wrap=True, indent=1),
    Style(Tone.GUIDE, Format.TEXT, wrap=True),
)
_ROW = (_GUIDE,)

IN_SHORT = N_("In short")
COLOURS = N_("What the colours mean")
TIMES = N_("Times in words")
SENDING = N_("When you are ready")

EDIT = (
    (
        N_("Edit"),
        N_("Work straight in the tables. Your changes are compared with the register cell by cell, so others may too."),
    ),
    (N_("Empty a cell"), N_("An emptied cell clears the value. What you leave as it is does not change.")),
)
ROWS = (
    (
        N_("Add a row"),
        N_("Write a new item on the first blank row below the table. Leave the code blank: the system gives it."),
    ),
    (
        N_("Remove a row"),
        N_("Choose “%(word)s” in the column %(action)s. A row that is missing from the file is not removed."),
    ),
)
ANSWERING = (
    (
        N_("Submit"),
        N_(
            "A row that you have changed is submitted when “%(health)s” and “%(verdict)s” are filled in. Write "
            "“%(no)s” in the column %(submit)s to keep it for later, or “%(yes)s” to submit a row that you have not "
            "changed."
        ),
    ),
    (
        N_("Last time"),
        N_("Beside each column stands what was told last time. Copy what still holds: the grey cell stays as it is."),
    ),
)
EVERYWHERE = (
    (
        N_("Choose"),
        N_("In cells with a list, choose from the list. Where several may stand, put semicolons between them."),
    ),
    (
        N_("Sort and filter"),
        N_("Do so freely. The folded columns A and B tell which row is which: let each row keep its own."),
    ),
    (N_("Tell us"), N_("In the column %(comment)s you may write a message about the row.")),
)
_NAMED = {"action": ACTION, "submit": SUBMITTED, "health": "health", "verdict": "verdict"}
"""The columns that the advice names by their headings; not every workbook has them all."""
COLOUR_MEANINGS = (
    (Tone.PLAIN, N_("White cell"), N_("You may change this.")),
    (
        Tone.CLOSED,
        N_("Grey cell"),
        N_("For reading, or not yours to change. Changes here are shown as errors and left out."),
    ),
    (
        Tone.HEADING,
        N_("Dark heading"),
        N_("The column is read back. Point at a heading to see what belongs in it."),
    ),
    (Tone.QUIET_HEADING, N_("Light heading"), N_("The column is there for reading: the system fills it in.")),
)
TIME_MEANS = N_("Write the time as you would say it: start and end follow when the file is read. For example:")
NO_LATER, FROM_ON = N_("no later than %(day)s"), N_("from %(day)s on")
WITHOUT_END, EVERY_YEAR = N_("goes on without an end"), N_("comes back every year")
STEPS = (
    (
        N_("Save"),
        N_("Save the file as an Excel workbook (.xlsx). Excel, Excel for the web and LibreOffice will all do."),
    ),
    (
        N_("Return"),
        N_(
            "Upload it on the page “Import and export”, or send it back to the person you got it from. Before anything "
            "is saved, every change is shown on the screen."
        ),
    ),
)
AS_OF = N_("As of %(day)s")
EMPTY = N_("An empty workbook for new rows")


@dataclass(frozen=True, slots=True)
class Cover:
    """What the first sheet says the workbook is: of whom, of what, how many items, as of which day."""

    municipality: str
    what: str
    items: int
    day: dt.date


def guide_sheet(cover: Cover, sheets: Sequence[OwnSheet], language: str) -> BookSheet:
    """Give the sheet of instructions in a language."""
    columns = [BookColumn(_MARGIN, _GUIDE), BookColumn(_LABEL, _GUIDE), BookColumn(_TEXT, _GUIDE)]
    rows = list(_rows(cover, sheets, language))
    return BookSheet(say(GUIDE_TITLE, language), rows, columns, gridlines=False, landscape=False, one_page_wide=True)


def _rows(cover: Cover, sheets: Sequence[OwnSheet], language: str) -> Iterator[BookRow]:
    headings = {column.key: column.heading(language) for sheet in sheets for column in sheet.columns}
    asks = any(sheet.key == REVIEWS for sheet in sheets)
    words = {
        "word": say(DELETE, language),
        "comment": headings[COMMENT],
        **{name: headings.get(key, "") for name, key in _NAMED.items()},
        **{name: say(YES_OR_NO[answer], language) for name, answer in (("yes", True), ("no", False))},
    }
    yield BookRow([None], _ROW, 12)
    yield BookRow([None, cover.what], (_GUIDE, _TITLE), 32)
    yield BookRow([None, _about(cover, language)], (_GUIDE, _PLAIN), 20)
    yield from _part(IN_SHORT, language)
    for label, text in (*EDIT, *(ANSWERING if asks else ROWS), *EVERYWHERE):
        yield _line(say(label, language), say(text, language, **words), _LABELLED)
    yield from _part(COLOURS, language)
    for tone, label, meaning in COLOUR_MEANINGS:
        yield _line(say(label, language), say(meaning, language), Style(tone, Format.TEXT, indent=1))
    yield from _part(TIMES, language)
    yield BookRow([None, say(TIME_MEANS, language)], (_GUIDE, _PLAIN), 20)
    for span in _examples(cover.day.year):
        yield _line(format_timespan(span, language), _meaning(span, language), _EXAMPLE)
    yield from _part(SENDING, language)
    for label, text in STEPS:
        yield _line(say(label, language), say(text, language), _LABELLED)


def _about(cover: Cover, language: str) -> str:
    def ngettext(one: str, many: str, count: int) -> str:  # a name by which texts are collected for translation
        return say_plural(one, many, count, language)

    held = ngettext("%(num)s initiative", "%(num)s initiatives", cover.items) if cover.items else say(EMPTY, language)
    return " · ".join((cover.municipality, held, say(AS_OF, language, day=cover.day)))


def _part(msgid: str, language: str) -> Iterator[BookRow]:
    yield BookRow([None], _ROW, 14)
    yield BookRow([None, say(msgid, language)], (_GUIDE, _STRONG), 22)


def _line(label: str, text: str, style: Style) -> BookRow:
    return BookRow([None, label, text], (_GUIDE, style, _BESIDE), _LINE * (len(text) // _LETTERS + 1) + 3)


def _examples(year: int) -> Iterator[Timespan]:
    """Give times that people write, in the order from the exact to the open."""
    day, month, whole = Precision.DAY, Precision.MONTH, Precision.YEAR
    deadline = dt.date(year, 12, 31)
    yield Timespan("", None, deadline, Precision.OPEN, day, Kind.BY)
    yield Timespan("", dt.date(year, 8, 1), deadline, Precision.SEASON, Precision.SEASON, Kind.DURING)
    yield Timespan("", dt.date(year, 3, 1), dt.date(year, 9, 30), month, month, Kind.DURING)
    yield Timespan("", dt.date(year, 1, 1), dt.date(year + 2, 12, 31), whole, whole, Kind.DURING)
    yield Timespan("", dt.date(year + 1, 1, 1), None, whole, Precision.OPEN, Kind.FROM)
    yield Timespan("", kind=Kind.ONGOING)
    yield Timespan("", kind=Kind.RECURRING, cadence=Cadence(1, Pace.YEAR))


def _meaning(span: Timespan, language: str) -> str:
    """Tell what a time means."""
    if span.start and span.end:
        return f"{format_date(span.start, language)}–{format_date(span.end, language)}"
    if span.end:
        return say(NO_LATER, language, day=span.end)
    if span.start:
        return say(FROM_ON, language, day=span.start)
    return say(EVERY_YEAR if span.cadence else WITHOUT_END, language)
