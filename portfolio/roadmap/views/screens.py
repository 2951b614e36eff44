"""The slides of meeting mode in words: a cover, the lanes page by page, what has no bar, what changed, the end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from portfolio.roadmap.bars import Roadmap, Row
from portfolio.roadmap.bars.briefs import WHOLE_ROOM, Brief, Differing, brief_of, changes_of
from portfolio.roadmap.bars.screens import Screen, in_screens, screens_of
from portfolio.roadmap.bars.text_width import width_of
from portfolio.web.language import gettext

ROOM_OF_LIST, LISTED = 330, 36
ROOM_OF_CHANGES, CHANGED = 320, 39
"""Room and a line's height on a slide, in the pixels of bars/screens.py."""
ROOM_BESIDE, TITLE_SIZE = 260, 15
"""Pixels for a line beside a bar: of three, a title takes one or two, and changes have the rest; bold is wide."""


@dataclass(frozen=True, slots=True)
class Slide:
    """One slide: what it is (``kind`` chooses how it is drawn), its title, which part of how many, what is on it."""

    kind: str
    title: str
    part: int = 1
    parts: int = 1
    screen: Screen | None = None
    rows: Sequence[Row] = ()
    lines: Sequence[Differing] = field(default=())

    @property
    def name(self) -> str:
        """The title with the part, as lists of slides and listeners are told it."""
        return f"{self.title} ({self.part}/{self.parts})" if self.parts > 1 else self.title


def slides_of(roadmap: Roadmap) -> list[Slide]:
    """Give the slides in order."""
    return [
        Slide("cover", gettext("Cover")),
        *(Slide("lane", one.lane.title, one.part, one.parts, screen=one) for one in screens_of(roadmap)),
        *_listed(gettext("Without a time"), roadmap.undated),
        *_listed(gettext("Outside the time shown"), roadmap.elsewhere),
        *_changed(roadmap),
        Slide("end", gettext("End of the meeting")),
    ]


def briefs_of(slides: Sequence[Slide]) -> dict[int, Brief]:
    """Say in the rows that differ what changed in them, by the initiative's id."""
    rooms = [(row, _room_beside(row)) for one in slides if one.screen for row in one.screen.rows]
    rooms += [(row, WHOLE_ROOM) for one in slides for row in one.rows]
    return {row.item.id: brief_of(row.item, room) for row, room in rooms if row.item.change is not None}


def _room_beside(row: Row) -> int:
    return ROOM_BESIDE * (1 if _is_long(row) else 2)


def long_titles_of(slides: Sequence[Slide]) -> frozenset[int]:
    """Give the ids of the rows whose titles take two lines beside a bar, which leaves one for what is below."""
    return frozenset(row.item.id for one in slides if one.screen for row in one.screen.rows if _is_long(row))


def _is_long(row: Row) -> bool:
    return width_of(row.item.title, TITLE_SIZE) > ROOM_BESIDE


def _listed(title: str, rows: Sequence[Row]) -> Iterator[Slide]:
    parts = in_screens(rows, lambda some: LISTED * len(some), ROOM_OF_LIST)
    for number, part in enumerate(parts, start=1):
        yield Slide("list", title, number, len(parts), rows=part)


def _changed(roadmap: Roadmap) -> Iterator[Slide]:
    if roadmap.compared is None:
        return
    parts = in_screens(changes_of(roadmap), lambda some: CHANGED * len(some), ROOM_OF_CHANGES) or [()]
    for number, part in enumerate(parts, start=1):
        yield Slide("changes", gettext("Changed since the last meeting"), number, len(parts), lines=part)
