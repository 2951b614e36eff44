"""A roadmap cut into screens for meeting mode: a long lane is paged, so that its text is never made smaller. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from portfolio.roadmap.bars.model import Lane, Roadmap, Row
from portfolio.roadmap.bars.text_width import width_of

ROOM_OF_SCREEN = 6.0
"""What fits below the axis at 16:9, in rows whose title takes one line."""

LINES_OF_ROW, LINE = 2, 0.42
TITLE_ROOM, UNDER_ROOM = 200, 240
"""Widths of a title and of the words under it, in the pixels of a 12 px letter, beside the tracks."""

MOST_CHANGES = 5
"""Lines in which a row tells what changed in it; it names the rest."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Screen:
    """Some rows of a lane: which part it is, of how many, both from 1."""

    lane: Lane
    rows: tuple[Row, ...]
    part: int
    parts: int


def screens_of(roadmap: Roadmap) -> list[Screen]:
    """Cut the lanes that have rows into screens, in order; each row is on exactly one."""
    return [screen for lane in roadmap.lanes if lane.rows for screen in _cut(lane)]


def in_screens(lines: Sequence[T], height: Callable[[T], float], room: float) -> list[tuple[T, ...]]:
    """Fill screens one after another; what is higher than a screen has one of its own."""
    parts: list[tuple[T, ...]] = []
    part: list[T] = []
    used = 0.0
    for line in lines:
        if part and used + height(line) > room:
            parts.append(tuple(part))
            part, used = [], 0.0
        part.append(line)
        used += height(line)
    return [*parts, tuple(part)] if part else parts


def height_of(row: Row) -> float:
    """Tell how much room a row takes, in rows of one line of title and one below; what changed in it counts too."""
    item = row.item
    title = max(1, -(-width_of(item.title) // TITLE_ROOM))
    below = " · ".join(filter(None, (item.owner, item.span.words if item.span else "", "Hyväksytty")))
    under = max(1, -(-width_of(below) // UNDER_ROOM)) + bool(item.marks)
    changes = sum(max(1, -(-width_of(f"{one.label} {one.old} {one.new}") // UNDER_ROOM)) for one in item.told)
    return float(1 + LINE * (title + under - LINES_OF_ROW + min(changes, MOST_CHANGES) + item.is_new))


def _cut(lane: Lane) -> Iterator[Screen]:
    parts = in_screens(lane.rows, height_of, ROOM_OF_SCREEN)
    for number, rows in enumerate(parts, start=1):
        yield Screen(lane, rows, number, len(parts))
