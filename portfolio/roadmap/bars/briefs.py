"""What changed in an initiative as far as a slide of a meeting has room, and which kind of change it is."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from itertools import accumulate

from portfolio.register.rules import Aspect, CellWords, Shift, in_short
from portfolio.roadmap.bars.given import Item
from portfolio.roadmap.bars.model import Roadmap
from portfolio.roadmap.bars.text_width import width_of

WHOLE_ROOM = 560
"""Pixels for a line of changes on a slide of its own."""
BETWEEN = 34
"""Pixels of the arrow and of the air round a change."""


class ChangeKind(enum.StrEnum):
    """What the slides of changes say first of an initiative, in the order in which they list them."""

    JOINED = "joined"
    ENTERED = "entered"
    LEFT = "left"
    EXITED = "exited"
    MOVED = "moved"
    RETIMED = "retimed"
    CHANGED = "changed"


_OF_ASPECTS = {
    Aspect.JOINED: ChangeKind.JOINED,
    Aspect.ENTERED: ChangeKind.ENTERED,
    Aspect.LEFT: ChangeKind.LEFT,
    Aspect.EXITED: ChangeKind.EXITED,
}


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

    kind: ChangeKind
    item: Item
    brief: Brief


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
    """Name what differs from the time compared with, in the order of ``ChangeKind``."""
    if roadmap.compared is None:
        return []
    rows = (*roadmap.rows, *roadmap.elsewhere, *roadmap.undated)
    items = [*(row.item for row in rows if row.item.change is not None), *roadmap.gone]
    found = [Differing(kind_of(item), item, brief_of(item, WHOLE_ROOM)) for item in items]
    order = list(ChangeKind)
    return sorted(found, key=lambda one: order.index(one.kind))


def kind_of(item: Item) -> ChangeKind:
    """Tell what is said first of an item that differs."""
    change = item.change
    if change is None:
        return ChangeKind.LEFT
    fate = next((kind for aspect, kind in _OF_ASPECTS.items() if aspect in change.aspects), None)
    if fate is not None:
        return fate
    if change.time is None:
        return ChangeKind.CHANGED
    return ChangeKind.MOVED if change.time.shift is Shift.MOVED else ChangeKind.RETIMED
