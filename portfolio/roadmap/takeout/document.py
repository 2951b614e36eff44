"""The roadmap as a document: its pictures, a page each, then the equal table with all that they show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from portfolio.core.language import N_, say, say_plural
from portfolio.core.money import NOT_KNOWN, format_money
from portfolio.files.document import (
    Block,
    Column,
    Document,
    Heading,
    PageBreak,
    Paper,
    Paragraph,
    Picture,
    Piece,
    Section,
    Table,
    Words,
)
from portfolio.files.document import Tone as TextTone
from portfolio.files.pdf import write_pdf
from portfolio.roadmap.bars import Item, Roadmap, Row, period
from portfolio.roadmap.bars.text_width import width_of
from portfolio.roadmap.bars.words import status_words
from portfolio.roadmap.takeout.about import (
    CHANGES,
    NEEDED,
    UNDATED,
    About,
    colour_words,
    fate_of,
    lane_words,
    lines,
    marks_words,
    needed_titles,
    owner_words,
    period_line,
    source_line,
    time_words,
    unplaced,
)
from portfolio.roadmap.takeout.limits import PAPER, refuse_more
from portfolio.roadmap.takeout.picture import NOTHING, sheets_of
from portfolio.roadmap.takeout.told import change_pieces

PAGE = N_("Page %(page)s of %(pages)s")
TABLE = N_("The same as a table")
SHEET = N_("Picture %(number)s of the roadmap %(period)s: %(lanes)s. %(count)s, each told in the table.")
ROOM = {Paper.A4: 645, Paper.A3: 950}
"""Pixels of a page that a picture may take, at 0.8 points each."""
TITLE, LINE, LINE_ROOM = 46, 24, 940
"""Pixels that the title takes, and each line under it; and how many pixels of text are on one at least."""


def pdf(roadmap: Roadmap, about: About) -> bytes:
    """Give the roadmap as tagged PDF, on paper on its side. Raises Refusal for more initiatives than it holds."""
    refuse_more(roadmap.count, PAPER)
    language = about.language
    lead = lines(roadmap, about)
    return write_pdf(
        Document(
            title=f"{about.title} {period(roadmap.window, language)}",
            author=about.municipality,
            language=language,
            blocks=[*_pictures(roadmap, about, lead), *_tables(roadmap, about)],
            lead=lead,
            foot=f"{source_line(about)} · {about.title} · {period_line(roadmap, about)}",
            page_words=say(PAGE, language, page="{page}", pages="{pages}"),
            paper=about.paper,
            landscape=True,
        )
    )


def _pictures(roadmap: Roadmap, about: About, lead: Iterable[str]) -> Iterator[Block]:
    room = ROOM[about.paper]
    per_line = LINE_ROOM * room / ROOM[Paper.A4]
    first = room - TITLE - sum(LINE * -(-width_of(line) // per_line) for line in lead)
    if not roadmap.rows:
        yield Paragraph(say(NOTHING, about.language))
    for number, sheet in enumerate(sheets_of(roadmap, about, first, room), start=1):
        if number > 1:
            yield PageBreak()
        yield Picture(sheet.drawn.svg, _alt(number, sheet.part, about))


def _alt(number: int, part: Roadmap, about: About) -> str:
    count = say_plural("%(num)s initiative", "%(num)s initiatives", len(part.rows), about.language)
    names = ", ".join(lane.full_title for lane in part.lanes if lane.rows)
    shown = period(part.window, about.language)
    return say(SHEET, about.language, number=number, period=shown, lanes=names, count=count)


def _tables(roadmap: Roadmap, about: About) -> Iterator[Block]:
    """Give the equal table: the rows of the lanes, then what is not drawn, then what is no longer there."""
    found = list(_rows(roadmap, about))
    if not found:
        return
    if roadmap.rows:
        yield PageBreak()
    yield Heading(say(TABLE, about.language))
    yield Table(_columns(roadmap, about), found)


def _columns(roadmap: Roadmap, about: About) -> list[Column]:
    colour = [Column(about.colour, 1.2)] if roadmap.palette else []
    changes = [Column(say(CHANGES, about.language), 2.4)] if roadmap.compared else []
    return [
        Column(say(N_("Title"), about.language), 3),
        Column(say(N_("Status"), about.language), 1.3),
        *colour,
        Column(say(N_("Responsible post"), about.language), 1.6),
        Column(say(N_("Time"), about.language), 2),
        Column(say(N_("Milestones"), about.language), 2.2),
        Column(say(NEEDED, about.language), 1.6),
        Column(say(N_("Planned, the years shown"), about.language), 1.2, numbers=True),
        *changes,
    ]


def _rows(roadmap: Roadmap, about: About) -> Iterator[Section | Sequence[Words]]:
    language = about.language
    for lane in roadmap.lanes:
        if lane.rows:
            yield Section(f"{lane.full_title} · {lane_words(lane, language)}")
            yield from (_cells(row, roadmap, about) for row in lane.rows)
    for words, rows in unplaced(roadmap, language):
        yield Section(words)
        yield from (_cells(row, roadmap, about) for row in rows)


def _cells(row: Row, roadmap: Roadmap, about: About) -> list[Words]:
    item, language = row.item, about.language
    status = status_words(row, language)
    return [
        Piece(item.title, TextTone.STRONG, item.title_language),
        Piece(status, TextTone.ALARM) if item.late else status,
        *([colour_words(item, roadmap.palette)] if roadmap.palette else []),
        owner_words(row, language),
        time_words(item.span, language) if item.span else say(UNDATED, language),
        marks_words(row, language),
        needed_titles(item.needs, language),
        _money(item, language),
        *([change_pieces(fate_of(item, language), item.told, language)] if roadmap.compared else []),
    ]


def _money(item: Item, language: str) -> Words:
    if item.amount is None or item.amount.known is None:
        return Piece(say(NOT_KNOWN, language), TextTone.MUTED)
    return format_money(item.amount.known, language)
