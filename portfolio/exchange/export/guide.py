"""The first sheet of an export: what the workbook is, and how it is filled in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from portfolio.core.language import N_, format_date, say, say_plural
from portfolio.core.timespan import Cadence, Kind, Pace, Precision, Timespan
from portfolio.core.timespan import format as format_timespan
from portfolio.exchange.columns.sheets import ACTION, COMMENT, DELETE, OwnSheet
from portfolio.files.workbook import BookColumn, BookRow, BookSheet, Format, Style, Tone, Value

TITLE = N_("Instructions")
_MARGIN, _LABEL, _TEXT = 3.0, 30.0, 96.0
_LINE, _LETTERS = 15.5, 100
"""The height of a line of text in points, and how many letters stand on one."""

_TITLE, _STRONG, _PLAIN, _GUIDE = (
    Style(Tone.TITLE, Format.TEXT),
    Style(Tone.STRONG, Format.TEXT),
    Style(Tone.GUIDE, Format.TEXT),
    Style(Tone.GUIDE, Format.TEXT, wrap=True),
)
_NUMBERED = Style(Tone.GUIDE, Format.TEXT, indent=1)
_ROW = (_GUIDE,)

IN_SHORT = N_("In short")
COLOURS = N_("What the colours mean")
TIMES = N_("Times in words")
SENDING = N_("When you are ready")
EDIT = N_("Edit in the tables: every change is compared with the register cell by cell, and others may work meanwhile.")
SORT = N_(
    "Sort, filter and hide as you like. Columns A and B are folded away: they tell which row is which, so let a row "
    "keep them."
)
BLANK = N_("An emptied cell clears the value. What you leave as it is does not change.")
NEW_ROW = N_("Write a new item on the first blank row below the table. Leave the code blank: the system gives it.")
REMOVE = N_(
    "To remove, choose “%(word)s” in the column %(action)s. A row that is missing from the file is not removed."
)
SAY = N_("In the column %(comment)s you may write a message about the row.")
CHOICES = N_("In cells with a list, choose from the list. Where several may stand, write them with semicolons between.")
WHITE = N_("White cell")
WHITE_MEANS = N_("You may change this.")
GREY = N_("Grey cell")
GREY_MEANS = N_("For reading, or not yours to change. Changes here are shown as errors and left out.")
DARK = N_("Dark heading")
DARK_MEANS = N_("The column is read back. Point at a heading to see what belongs in it.")
LIGHT = N_("Light heading")
LIGHT_MEANS = N_("The column is there for reading: the system fills it in.")
TIME_MEANS = N_(
    "Write the time as you would say it. Start and end beside it follow when the file is read. For example:"
)
SAVE = N_("Save the file as an Excel workbook (.xlsx). Excel, Excel for the web and LibreOffice will all do.")
RETURN = N_(
    "Upload it on the page “Import and export”, or send it back to the person you got it from. Before anything is "
    "saved, every change is shown on the screen."
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
    return BookSheet(say(TITLE, language), rows, columns, gridlines=False, landscape=False, one_page_wide=True)


def _rows(cover: Cover, sheets: Sequence[OwnSheet], language: str) -> Iterator[BookRow]:
    yield BookRow([None], _ROW, 12)
    yield BookRow([None, cover.what], (_GUIDE, _TITLE), 30)
    yield BookRow([None, _about(cover, language)], (_GUIDE, _PLAIN), 20)
    yield from _part(IN_SHORT, language)
    for number, text in enumerate(_advice(sheets, language), start=1):
        yield _line(f"{number}.", text, _NUMBERED)
    yield from _part(COLOURS, language)
    for tone, label, meaning in (
        (Tone.PLAIN, WHITE, WHITE_MEANS),
        (Tone.CLOSED, GREY, GREY_MEANS),
        (Tone.HEADING, DARK, DARK_MEANS),
        (Tone.QUIET_HEADING, LIGHT, LIGHT_MEANS),
    ):
        yield _line(say(label, language), say(meaning, language), Style(tone, Format.TEXT))
    yield from _part(TIMES, language)
    yield BookRow([None, say(TIME_MEANS, language)], (_GUIDE, _PLAIN), 18)
    for span in _examples(cover.day.year):
        words = format_timespan(span, language)
        yield _line(words, _interval(span, language), Style(Tone.PLAIN, Format.TEXT))
    yield from _part(SENDING, language)
    for number, msgid in enumerate((SAVE, RETURN), start=1):
        yield _line(f"{number}.", say(msgid, language), _NUMBERED)


def _about(cover: Cover, language: str) -> str:
    if not cover.items:
        held = say(EMPTY, language)
    else:
        held = say_plural("%(num)s item", "%(num)s items", cover.items, language)
    return " · ".join((cover.municipality, held, say(AS_OF, language, day=cover.day)))


def _advice(sheets: Sequence[OwnSheet], language: str) -> Iterator[str]:
    headings = {column.key: column.heading(language) for sheet in sheets for column in sheet.columns}
    for msgid in (EDIT, BLANK, NEW_ROW):
        yield say(msgid, language)
    yield say(REMOVE, language, word=say(DELETE, language), action=headings[ACTION])
    for msgid in (CHOICES, SORT):
        yield say(msgid, language)
    yield say(SAY, language, comment=headings[COMMENT])


def _part(msgid: str, language: str) -> Iterator[BookRow]:
    yield BookRow([None], _ROW, 14)
    yield BookRow([None, say(msgid, language)], (_GUIDE, _STRONG), 22)


def _line(label: str, text: str, style: Style) -> BookRow:
    values: list[Value] = [None, label, text]
    return BookRow(values, (_GUIDE, style, _GUIDE), _LINE * (len(text) // _LETTERS + 1) + 3)


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


def _interval(span: Timespan, language: str) -> str:
    """Write what a time means as its days; a time without days means what its words say."""
    first, last = (format_date(day, language) if day else "" for day in (span.start, span.end))
    return f"{first}–{last}" if first or last else "–"
