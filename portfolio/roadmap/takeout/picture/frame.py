"""What a drawing of the roadmap is made of, from top to bottom, and how it is cut into pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

from portfolio.core.language import N_, say
from portfolio.files.document import Paper
from portfolio.roadmap.bars import Lane, Roadmap, Row
from portfolio.roadmap.bars.text_width import fit, width_of

LANE_HEIGHT, ROW, TALL = 36, 48, 62
TITLE_SIZE, INDENT = 14, 12
BOLD = 1.1
"""How much wider bold letters are."""
SANS = 0.87
"""How wide the letters of our documents are."""
GOES_ON = N_("%(title)s (continued)")


@dataclass(frozen=True, slots=True)
class Frame:
    """The width of a drawing, the empty part at its sides and the column of names, in pixels.

    ``letters`` is how wide they are beside what ``text_width`` takes them for, where the font is known.
    """

    width: int
    margin: int
    name: int
    letters: float = 1

    @property
    def inner(self) -> int:
        """What is between the margins."""
        return self.width - 2 * self.margin

    @property
    def track(self) -> int:
        """How wide the bars' part is."""
        return self.inner - self.name


ALONE = Frame(1400, 32, 400)
"""Of a drawing that stands alone."""
IN_DOTS = Frame(1400, 32, 400, SANS)
"""Of the same where the program that draws it has our font."""
ON_PAPER = {Paper.A4: Frame(982, 0, 340, SANS), Paper.A3: Frame(1418, 0, 430, SANS)}
"""As wide as the text of a page on its side, at 0.8 points a pixel: the smallest letters have 9.6 points."""


@dataclass(frozen=True, slots=True)
class Head:
    """A lane's head."""

    lane: Lane
    title: str
    height: int = LANE_HEIGHT


@dataclass(frozen=True, slots=True)
class Line:
    """A row with its title on one line or two."""

    row: Row
    title: tuple[str, ...]

    @property
    def height(self) -> int:
        """How high it is drawn."""
        return TALL if self.row.lines > 1 or len(self.title) > 1 else ROW


Entry: TypeAlias = Head | Line


def entries(roadmap: Roadmap, frame: Frame) -> Iterator[Entry]:
    """Give lanes' heads and rows, from top to bottom."""
    for lane in roadmap.lanes:
        yield Head(lane, lane.title)
        for row in lane.rows:
            yield Line(row, wrapped(row.item.title, (frame.name - 2 * INDENT) / BOLD / frame.letters))


def sheets(found: Iterable[Entry], first: float, room: float, language: str) -> list[list[Entry]]:
    """Cut into pages with so much room, the ``first`` with less; none has a head without a row below it.

    Where a lane goes on to another page its head is said again. A row without room on an empty page stands there alone.
    """
    made: list[list[Entry]] = [[]]
    left = first
    heads: list[Head] = []
    fresh: list[Head] = []
    for entry in found:
        if isinstance(entry, Head):
            heads = [*(one for one in heads if one.lane.level < entry.lane.level), entry]
            fresh.append(entry)
            continue
        if made[-1] and _height([*fresh, entry]) > left:
            fresh = [one if one in fresh else _again(one, language) for one in heads]
            made.append([])
            left = room
        made[-1] += [*fresh, entry]
        left -= _height([*fresh, entry])
        fresh = []
    return [page for page in made if page]


def _height(some: Iterable[Entry]) -> int:
    return sum(one.height for one in some)


def _again(head: Head, language: str) -> Head:
    return replace(head, title=say(GOES_ON, language, title=head.title))


def broken(words: str, room: float) -> Iterator[str]:
    """Break a text of small letters into lines of so many pixels; nothing is cut."""
    line = ""
    for word in words.split():
        longer = f"{line} {word}".strip()
        if line and width_of(longer) > room:
            yield line
            longer = word
        line = longer
    if line:
        yield line


def wrapped(title: str, room: float) -> tuple[str, ...]:
    """Break a title into one line or two of so many pixels; what does not fit is cut and says so."""
    text = " ".join(title.split())
    if width_of(text, TITLE_SIZE) <= room:
        return (text,)
    words = text.split(" ")
    taken = 0
    while width_of(" ".join(words[: taken + 1]), TITLE_SIZE) <= room:
        taken += 1
    if not taken:
        return (fit(text, room, TITLE_SIZE),)
    return " ".join(words[:taken]), fit(" ".join(words[taken:]), room, TITLE_SIZE)
