"""A roadmap cut into screens for meeting mode: a long lane is paged, so that its text is never made smaller. Pure.

Heights and widths are in the pixels of a slide that is 768 × 397 large; static/meeting.css holds the same numbers. On a
projector all of it is enlarged alike, 12 px to 20 px at 1280 × 720.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TypeVar

from portfolio.roadmap.bars.model import Lane, Roadmap, Row
from portfolio.roadmap.bars.row import relabel

ROOM_OF_ROWS = 296
"""What is left below the axis."""
ROW, AIRY, HEADING = 49, 58, 22
"""A row of three lines, two of them for a title that needs them; one with air; the heading of an inner lane."""
TRACK = 390
"""The width of the tracks."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under the heading of an inner lane; without ``heading`` where lanes have one level."""

    heading: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Screen:
    """Some rows of a lane: which part it is, of how many, both from 1; ``airy`` where its rows are the higher ones."""

    lane: Lane
    groups: tuple[Group, ...]
    part: int
    parts: int
    airy: bool

    @property
    def rows(self) -> tuple[Row, ...]:
        """Its rows, in order."""
        return tuple(row for group in self.groups for row in group.rows)

    @property
    def height(self) -> int:
        """How high its rows and headings are together; on every screen at most ``ROOM_OF_ROWS``."""
        row = AIRY if self.airy else ROW
        return sum(row * len(group.rows) + (HEADING if group.heading else 0) for group in self.groups)


def for_screens(roadmap: Roadmap, language: str, *, money: bool = False) -> Roadmap:
    """Give the same roadmap with its labels placed anew for the tracks of slides.

    It has no arrows: most would lead to other slides. The rows say in words what they wait for.
    """
    lanes = (
        replace(lane, rows=tuple(relabel(row, roadmap.today, language, TRACK, money=money) for row in lane.rows))
        for lane in roadmap.lanes
    )
    return replace(roadmap, lanes=tuple(lanes), arrows=())


def screens_of(roadmap: Roadmap) -> list[Screen]:
    """Cut the lanes into screens, in order; each row is on exactly one.

    Inner lanes stand on the screens of the lane round them. There are as few screens as can be, and those of a
    lane are as equally full as can be.
    """
    outer: list[tuple[Lane, list[tuple[str, Row]]]] = []
    for lane in roadmap.lanes:
        if lane.level == 1:
            outer.append((lane, []))
        outer[-1][1].extend((lane.title if lane.outer else "", row) for row in lane.rows)
    return [screen for lane, lines in outer for screen in _cut(lane, lines)]


def in_screens(lines: Sequence[T], height: Callable[[Sequence[T]], int], room: int) -> list[Sequence[T]]:
    """Fill as few screens as can be, as equally as can be; a line that is higher than the room has one of its own.

    ``height`` is that of some lines together.
    """
    fewest = len(_fill(lines, height, room))
    enough = bisect_left(range(1, room), x=True, key=lambda less: len(_fill(lines, height, less)) <= fewest) + 1
    return _fill(lines, height, enough)


def _fill(lines: Sequence[T], height: Callable[[Sequence[T]], int], room: int) -> list[Sequence[T]]:
    parts: list[Sequence[T]] = []
    first = 0
    for place in range(1, len(lines) + 1):
        if place - first > 1 and height(lines[first:place]) > room:
            parts.append(lines[first : place - 1])
            first = place - 1
    return [*parts, lines[first:]] if lines else []


def _cut(lane: Lane, lines: Sequence[tuple[str, Row]]) -> list[Screen]:
    parts = in_screens(lines, lambda some: _height(some, ROW), ROOM_OF_ROWS)
    screens = []
    for number, part in enumerate(parts, start=1):
        groups = tuple(
            Group(heading, tuple(row for _, row in some)) for heading, some in groupby(part, key=lambda line: line[0])
        )
        screens.append(Screen(lane, groups, number, len(parts), _height(part, AIRY) <= ROOM_OF_ROWS))
    return screens


def _height(lines: Sequence[tuple[str, Row]], row: int) -> int:
    headings = [heading for heading, _ in groupby(lines, key=lambda line: line[0]) if heading]
    return row * len(lines) + HEADING * len(headings)
