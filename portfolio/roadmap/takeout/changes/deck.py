"""What has changed as slides to edit: a cover with the sentence, then lane by lane, old → new, in native text.

A title's shape is named "title" and the initiative's code, a line of what changed "change", the code and its number.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from portfolio.core.language import N_, say
from portfolio.core.money import NOT_KNOWN
from portfolio.files.slides import SMALLEST, WIDTH, Deck, Form, Paint, Shape, Stroke, Words
from portfolio.register.rules import CellWords
from portfolio.roadmap.bars.text_width import fit, shorten, width_of
from portfolio.roadmap.figure.tokens import INK, LINE, LINGON, PAPER, SPRUCE
from portfolio.roadmap.takeout.changes.report import ChangedItem, ChangedLane, Report

MARGIN, NAME, GUTTER = 30, 290, 14
CHANGES_X, CHANGES = MARGIN + NAME + GUTTER, WIDTH - 2 * MARGIN - NAME - GUTTER
BODY_Y, BODY, FOOT_Y, TEXT, SPACE = 84, 424, 516, 17, 9
TITLE, COVER_TITLE, COVER_LINE = 24, 40, 18
COVER_X, COVER, LINES_Y, COVER_PITCH, LAST_Y = 80, 800, 285, 24, 515
INK_2, INK_3, LAKE, MIST = "#4a5a68", "#56646f", "#0b4a75", "#cfe3f1"
BOLD, RAGGED = 1.1, 0.85
"""How much wider bold letters are, and how much of its lines a text may take: words do not break."""
LONGEST = 160
"""Letters of a value on a slide; the notes hold it as it is."""
PAGE = N_("%(title)s (%(page)s/%(pages)s)")
GOES_ON = N_("%(title)s (goes on)")


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands together on a slide: an initiative with lines of what changed in it, each as pieces of text."""

    item: ChangedItem
    title: str
    lines: tuple[tuple[Words, ...], ...]

    @property
    def height(self) -> float:
        """How much of the page it takes, in points."""
        return max(_height(self.title, NAME, BOLD), sum(_line_height(one) for one in self.lines)) + SPACE


def deck(report: Report) -> bytes:
    """Give the presentation."""
    made = Deck(report.title, report.municipality, report.language)
    _add_cover(made, report)
    for lane in report.lanes:
        pages = list(_pages(lane, report.language))
        for number, entries in enumerate(pages, start=1):
            facts = {"title": lane.title, "page": number, "pages": len(pages)}
            words = say(PAGE, report.language, **facts) if len(pages) > 1 else lane.title
            made.add(_title(words), _slide(entries, report), _notes(entries, report.language))
    return made.save()


def _pages(lane: ChangedLane, language: str) -> Iterator[list[Entry]]:
    """Fill pages one after another; an initiative that is longer than a page goes on with its title said again."""
    page: list[Entry] = []
    room = float(BODY)
    for entry in (part for item in lane.items for part in _entries(item, language)):
        if page and entry.height > room:
            yield page
            page, room = [], float(BODY)
        page.append(entry)
        room -= entry.height
    yield page


def _entries(item: ChangedItem, language: str) -> Iterator[Entry]:
    fate = [(Words(item.fate, INK, bold=True),)] if item.fate else []
    lines = [*fate, *(_words(cell, language) for cell in item.cells)]
    title = fit(item.title, 3 * NAME * RAGGED / BOLD)
    part: list[tuple[Words, ...]] = []
    taken = 0.0
    for line in lines:
        if part and taken + _line_height(line) > BODY - SPACE:
            yield Entry(item, title, tuple(part))
            title, part, taken = say(GOES_ON, language, title=shorten(item.title, 60)), [], 0.0
        part.append(line)
        taken += _line_height(line)
    yield Entry(item, title, tuple(part))


def _words(cell: CellWords, language: str) -> tuple[Words, ...]:
    """Write one cell as everywhere: its name, the old struck, an arrow, the new in bold, the note."""
    old, new = (shorten(say(NOT_KNOWN, language) if side is None else side, LONGEST) for side in (cell.old, cell.new))
    told = (
        Words(f"{cell.label}: ", INK_2),
        Words(old, LINGON, struck=True),
        Words(" → ", INK_2),
        Words(new, SPRUCE, bold=True),
    )
    return (*told, Words(f" ({cell.note})", INK_3)) if cell.note else told


def _slide(entries: Sequence[Entry], report: Report) -> Iterator[Shape]:
    """Give the shapes of a page in reading order: the times, each initiative with its changes, the source."""
    yield _text("times", MARGIN, 56, fit(f"{report.title} · {report.between}", WIDTH - 2 * MARGIN), INK_2)
    y = float(BODY_Y)
    for entry in entries:
        code = entry.item.code
        stroke = Stroke(Paint(LINE), 0.75)
        yield Shape("line", MARGIN, y - 4, WIDTH - 2 * MARGIN, 0, Form.LINE, stroke=stroke)
        height = _height(entry.title, NAME, BOLD)
        title = (Words(entry.title, INK, bold=True),)
        yield Shape(f"title {code}", MARGIN, y, NAME, height, text=title, wrap=True)
        top = y
        for number, line in enumerate(entry.lines, start=1):
            tall = _line_height(line)
            yield Shape(f"change {code} {number}", CHANGES_X, top, CHANGES, tall, text=line, wrap=True)
            top += tall
        y += entry.height
    yield _text("source", MARGIN, FOOT_Y, fit(report.source, WIDTH - 2 * MARGIN), INK_3)


def _add_cover(made: Deck, report: Report) -> None:
    words = (Words(fit(report.title, 2 * COVER * RAGGED / BOLD, COVER_TITLE), PAPER, COVER_TITLE, bold=True),)
    title = Shape("title", COVER_X, 150, COVER, 110, text=words, wrap=True)
    shapes = [Shape("decoration", COVER_X, 132, 64, 5, fill=Paint(MIST))]
    y = float(LINES_Y)
    for number, line in enumerate(report.head(), start=1):
        height = COVER_PITCH * -(-int(width_of(line, COVER_LINE)) // int(COVER * RAGGED))
        if y + height > LAST_Y:
            break
        text = (Words(line, MIST, COVER_LINE),)
        shapes.append(Shape(f"line {number}", COVER_X, y, COVER, height, text=text, wrap=True))
        y += height + SPACE
    made.add(title, shapes, "\n".join(report.head()), ground=Paint(LAKE).colour)


def _notes(entries: Iterable[Entry], language: str) -> str:
    """Tell everything in full: what is shortened on the slide can be read here."""
    found = dict.fromkeys(entry.item.code for entry in entries)
    items = {entry.item.code: entry.item for entry in entries}
    return "\n".join(f"{items[code].title}: {'; '.join(items[code].lines(language))}" for code in found)


def _title(words: str) -> Shape:
    room = WIDTH - 2 * MARGIN
    shown = fit(words, room / BOLD, TITLE)
    return Shape("title", MARGIN, 20, room, 32, text=(Words(shown, INK, TITLE, bold=True),))


def _text(name: str, x: float, y: float, words: str, colour: str) -> Shape:
    return Shape(name, x, y, max(width_of(words), 1), TEXT, text=(Words(words, colour, SMALLEST),))


def _line_height(line: Iterable[Words]) -> float:
    return _height("".join(words.text for words in line), CHANGES)


def _height(text: str, room: float, wider: float = 1) -> float:
    """Give the points that a text takes when it is wrapped: a point here is a pixel there."""
    width = width_of(text) * wider
    return TEXT if width <= room else TEXT * -(-int(width) // int(room * RAGGED))
