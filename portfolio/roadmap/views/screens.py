"""The slides of meeting mode in words: a cover, the lanes page by page, what has no bar, what changed, the end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from portfolio.register.rules import Aspect, CellWords
from portfolio.roadmap.bars import Item, Roadmap, Row
from portfolio.roadmap.bars.screens import Screen, in_screens, screens_of
from portfolio.web.language import gettext

ROOM_OF_LIST = 6
ROOM_OF_CHANGES = 9.5
HEIGHTS = {"joined": 1.2, "left": 1.2, "moved": 3.2, "changed": 2.2}
"""Lines of text that a change takes on its slide, of which it has so many below the sentence."""


@dataclass(frozen=True, slots=True)
class Differing:
    """An initiative that differs: how, and in which words: its times as they were and are, else what changed."""

    kind: str
    item: Item
    times: tuple[CellWords, ...] = ()
    others: str = ""


@dataclass(frozen=True, slots=True)
class Slide:
    """One slide: what it is (``kind`` chooses how it is drawn), its title, which part of how many, what is on it."""

    kind: str
    title: str
    part: int = 1
    parts: int = 1
    screen: Screen | None = None
    rows: tuple[Row, ...] = ()
    lines: tuple[Differing, ...] = field(default=())

    @property
    def name(self) -> str:
        """The title with the part, as lists of slides and listeners are told it."""
        return f"{self.title} ({self.part}/{self.parts})" if self.parts > 1 else self.title


def slides_of(roadmap: Roadmap, differing: Sequence[Differing]) -> list[Slide]:
    """Give the slides in order."""
    return [
        Slide("cover", gettext("Cover")),
        *(Slide("lane", one.lane.full_title, one.part, one.parts, screen=one) for one in screens_of(roadmap)),
        *_listed(gettext("Without a time"), roadmap.undated),
        *_listed(gettext("Outside the time shown"), roadmap.elsewhere),
        *(_changed(roadmap, differing)),
        Slide("end", gettext("End of the meeting")),
    ]


def changes_of(roadmap: Roadmap) -> list[Differing]:
    """Name what differs from the time compared with: what joined, what left, what moved, what changed otherwise."""
    if roadmap.compared is None:
        return []
    rows = (*roadmap.rows, *roadmap.elsewhere, *roadmap.undated)
    items = [row.item for row in rows if row.item.change is not None]
    changed = [one for one in items if not one.is_new]
    told = [_told(one) for one in changed]
    return [
        *(Differing("joined", one) for one in items if one.is_new),
        *(Differing("left", one) for one in roadmap.gone),
        *(one for one in told if one.times),
        *(one for one in told if not one.times),
    ]


def _told(item: Item) -> Differing:
    times = tuple(one for one in item.told if one.aspect is Aspect.TIME)
    others = ", ".join(dict.fromkeys(one.label for one in item.told if one.aspect is not Aspect.TIME))
    return Differing("moved" if times else "changed", item, times, others)


def _listed(title: str, rows: tuple[Row, ...]) -> Iterator[Slide]:
    parts = in_screens(rows, lambda _: 1, ROOM_OF_LIST)
    for number, part in enumerate(parts, start=1):
        yield Slide("list", title, number, len(parts), rows=part)


def _changed(roadmap: Roadmap, differing: Sequence[Differing]) -> Iterator[Slide]:
    if roadmap.compared is None:
        return
    parts = in_screens(differing, lambda one: HEIGHTS[one.kind], ROOM_OF_CHANGES) or [()]
    for number, part in enumerate(parts, start=1):
        yield Slide("changes", gettext("Changed since the last meeting"), number, len(parts), lines=part)
