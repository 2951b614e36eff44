"""What has changed as slides to edit: a cover with the sentence, then lane by lane, old → new, in native text.

A title's shape is named "title" and the initiative's code, a line of what changed "change", the code and its number.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from portfolio.core.language import N_, say
from portfolio.core.money import NOT_KNOWN
from portfolio.files.slides import Deck, Shape, Words
from portfolio.register.rules import CellWords
from portfolio.roadmap.bars.text_width import fit, shorten, width_of
from portfolio.roadmap.figure.tokens import INK, LINGON, SPRUCE
from portfolio.roadmap.slides.cover import add_cover
from portfolio.roadmap.slides.sheet import BOLD, FOOT_Y, INK_2, INK_3, INNER, MARGIN, RAGGED, rule, text, title_of
from portfolio.roadmap.takeout.changes.report import ChangedItem, ChangedLane, Report
from portfolio.roadmap.takeout.limits import SLIDES, refuse_more

NAME, GUTTER = 290, 14
CHANGES_X, CHANGES = MARGIN + NAME + GUTTER, INNER - NAME - GUTTER
BODY_Y, BODY, LINE_HEIGHT, SPACE = 84, 424, 17, 9
LONGEST = 160
"""Letters of a value on a slide; the notes hold it as it is."""
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
    """Give the presentation. Raises Refusal for more initiatives than it holds."""
    refuse_more(report.count, SLIDES)
    made = Deck(report.title, report.municipality, report.language)
    add_cover(made, report.title, list(report.head()))
    for lane in report.lanes:
        pages = list(_pages(lane, report.language))
        for number, entries in enumerate(pages, start=1):
            title = title_of(lane.title, number, len(pages), report.language)
            made.add(title, _slide(entries, report), _notes(entries, report.language))
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
    yield text("times", MARGIN, 56, fit(f"{report.title} · {report.between}", INNER), INK_2)
    y = float(BODY_Y)
    for entry in entries:
        code = entry.item.code
        yield rule(y - 4)
        height = _height(entry.title, NAME, BOLD)
        title = (Words(entry.title, INK, bold=True),)
        yield Shape(f"title {code}", MARGIN, y, NAME, height, text=title, wrap=True)
        top = y
        for number, line in enumerate(entry.lines, start=1):
            tall = _line_height(line)
            yield Shape(f"change {code} {number}", CHANGES_X, top, CHANGES, tall, text=line, wrap=True)
            top += tall
        y += entry.height
    yield text("source", MARGIN, FOOT_Y, fit(report.source, INNER), INK_3)


def _notes(entries: Iterable[Entry], language: str) -> str:
    """Tell everything in full: what is shortened on the slide can be read here."""
    found = dict.fromkeys(entry.item.code for entry in entries)
    items = {entry.item.code: entry.item for entry in entries}
    return "\n".join(f"{items[code].title}: {'; '.join(items[code].lines(language))}" for code in found)


def _line_height(line: Iterable[Words]) -> float:
    return _height("".join(words.text for words in line), CHANGES)


def _height(text: str, room: float, wider: float = 1) -> float:
    """Give the points that a text takes when it is wrapped: a point here is a pixel there."""
    width = width_of(text) * wider
    return LINE_HEIGHT if width <= room else LINE_HEIGHT * -(-int(width) // int(room * RAGGED))
