"""The slides of meeting mode in words: a cover, the lanes page by page, what has no bar, what changed, the end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from portfolio.register.rules import CellWords, Shift, in_short
from portfolio.roadmap.bars import Item, Roadmap, Row
from portfolio.roadmap.bars.screens import Screen, in_screens, screens_of
from portfolio.roadmap.bars.text_width import width_of
from portfolio.web.language import gettext

ROOM_OF_LIST, LISTED = 330, 36
ROOM_OF_CHANGES, CHANGED = 320, 39
"""Room and a line's height on a slide, in the pixels of bars/screens.py."""
NAME_ROOM, WHOLE_ROOM = 260, 560
"""Pixels for a line of changes: beside a bar, and on a slide of its own."""
ROOMY_LINES = 2
BETWEEN = 34
"""Pixels of the arrow and of the air round a change."""


@dataclass(frozen=True, slots=True)
class Brief:
    """What changed in an initiative, as far as there is room: the cells, and how many more there are.

    ``tight`` where not even the first has room for both what was and what is. ``others`` names the rest where no cell
    can be shown.
    """

    cells: tuple[CellWords, ...]
    more: int
    is_new: bool = False
    tight: bool = False
    others: str = ""


@dataclass(frozen=True, slots=True)
class Differing:
    """An initiative that differs: its kind is one of those that the sentence counts."""

    kind: str
    item: Item
    brief: Brief


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
    rooms = [(row, _room_beside(one.screen)) for one in slides if one.screen for row in one.screen.rows]
    rooms += [(row, WHOLE_ROOM) for one in slides for row in one.rows]
    return {row.item.id: brief_of(row.item, room) for row, room in rooms if row.item.change is not None}


def _room_beside(screen: Screen) -> int:
    return NAME_ROOM * (ROOMY_LINES if screen.roomy else 1)


def brief_of(item: Item, room: float) -> Brief:
    """Take the changes that fit, at least one where one can be shown at all; texts are only counted."""
    shown, named = in_short(item.told)
    widths = [width_of(f"{cell.label} {cell.old or ''} {cell.new or ''}") + BETWEEN for cell in shown]
    fitting = max(sum(1 for used in accumulate(widths) if used <= room), min(1, len(shown)))
    cells = tuple(shown[:fitting])
    left = dict.fromkeys((*(cell.label for cell in shown[fitting:]), *named))
    for cell in cells:
        left.pop(cell.label, None)
    tight = fitting == 1 and widths[0] > room
    return Brief(cells, len(left), item.is_new, tight, "" if cells else ", ".join(left))


def changes_of(roadmap: Roadmap) -> list[Differing]:
    """Name what differs from the time compared with: what joined, left, moved, got another time, changed otherwise."""
    if roadmap.compared is None:
        return []
    rows = (*roadmap.rows, *roadmap.elsewhere, *roadmap.undated)
    found = [
        *(Differing(_kind(row.item), row.item, brief_of(row.item, WHOLE_ROOM)) for row in rows if row.item.change),
        *(Differing("left", item, Brief((), 0)) for item in roadmap.gone),
    ]
    order = ("joined", "left", "moved", "retimed", "changed")
    return sorted(found, key=lambda one: order.index(one.kind))


def _kind(item: Item) -> str:
    if item.is_new or item.change is None:
        return "joined"
    if item.change.time is None:
        return "changed"
    return "moved" if item.change.time.shift is Shift.MOVED else "retimed"


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
