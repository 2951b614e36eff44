"""What a roadmap is laid out as: lanes of placed bars, marks and labels, of what came in (``given``)."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from portfolio.roadmap.bars.given import (
    Arrangement,
    Item,
    LaneHead,
    Mark,
    MarkKind,
    Need,
    Order,
    Swatch,
    Tone,
)

if TYPE_CHECKING:
    from portfolio.budgets.rules import Total
    from portfolio.register.rules import Difference
    from portfolio.roadmap.bars.axis import Axis
    from portfolio.roadmap.bars.window import Window

__all__ = [
    "Arrangement",
    "Arrow",
    "Band",
    "Bar",
    "Compared",
    "Fade",
    "Item",
    "Label",
    "Lane",
    "LaneHead",
    "Mark",
    "MarkKind",
    "Need",
    "Order",
    "PlacedMark",
    "Roadmap",
    "Row",
    "Shape",
    "Side",
    "Stretch",
    "Swatch",
    "Tone",
    "Where",
]

Fade: TypeAlias = tuple[tuple[int, int], ...]
"""How strongly a bar is drawn along its length: (offset, opacity) pairs in per cent, straight lines between them."""


class Side(enum.StrEnum):
    """Where a label stands: in the bar, or at the right or left of what it tells about."""

    INSIDE = "inside"
    RIGHT = "right"
    LEFT = "left"


class Where(enum.StrEnum):
    """On which side of the window's time an item lies that has nothing inside it."""

    BEFORE = "before"
    AFTER = "after"


class Shape(NamedTuple):
    """A bar in days, before any window cuts it: faint at its outer edges, full between ``full_from`` and ``full_to``.

    All four are ordinals of days, ``ends`` and ``full_to`` being the first day that is no longer in. Edges are
    opacities 0–1: 1 is exact, ``EDGE`` vague, 0 open.
    """

    begins: int
    full_from: float
    full_to: float
    ends: int
    first_edge: float
    last_edge: float

    @property
    def vague(self) -> bool:
        """Whether an end is known by its season, year or the like only."""
        return 0 < self.first_edge < 1 or 0 < self.last_edge < 1

    @property
    def open(self) -> bool:
        """Whether an end is not known at all."""
        return self.first_edge == 0 or self.last_edge == 0

    def opacity(self, day: float) -> float:
        """How strongly the bar is drawn at a moment of its length, 0–1."""
        if day < self.full_from:
            return self.first_edge + (1 - self.first_edge) * (day - self.begins) / (self.full_from - self.begins)
        if day > self.full_to:
            return self.last_edge + (1 - self.last_edge) * (self.ends - day) / (self.ends - self.full_to)
        return 1


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the track: ``x`` and ``width`` in per cent of the window's width, and how it fades."""

    x: float
    width: float
    fade: Fade

    @property
    def right(self) -> float:
        """Where it ends, in per cent."""
        return round(self.x + self.width, 2)


@dataclass(frozen=True, slots=True)
class Bar:
    """An initiative's time in the window: what is seen of it, and how far the work is.

    ``full`` is where it is drawn at full strength, in per cent, None where only its soft part is seen.
    """

    seen: Stretch
    full: tuple[float, float] | None
    done: Stretch | None
    cut_start: bool
    cut_end: bool


@dataclass(frozen=True, slots=True)
class Label:
    """A text beside or in a bar, anchored at ``x`` per cent and moved by ``dx`` pixels; ``line`` 1 is below the bar.

    ``light`` text stands on a filled bar. ``narrow`` labels fit on a phone too; the others are drawn from ``ROOM``
    pixels up.
    """

    text: str
    x: float
    dx: int
    side: Side
    line: int = 0
    light: bool = False
    narrow: bool = False


class PlacedMark(NamedTuple):
    """A mark inside the window; ``reach`` is its vague time, None where the day is exact.

    Without a label it is said in the row's text only.
    """

    mark: Mark
    x: float
    reach: tuple[float, float] | None
    label: Label | None

    @property
    def kind(self) -> MarkKind:
        """What the diamond shows: being completed goes before what it was."""
        return MarkKind.COMPLETED if self.mark.completed_on else self.mark.kind


class Row(NamedTuple):
    """One initiative: its facts, its time in days and what of it is drawn, and how many lines of text are in its track.

    A bar that is not ``filled`` is a dashed outline: proposed, in preparation, or at a tentative time. ``overrun`` is,
    in per cent, the time by which late work has gone past its end. ``ghost`` is its bar at the time compared with,
    where that was another.
    """

    item: Item
    tone: Tone
    shape: Shape | None = None
    bar: Bar | None = None
    label: Label | None = None
    marks: tuple[PlacedMark, ...] = ()
    lines: int = 1
    where: Where | None = None
    filled: bool = True
    overrun: tuple[float, float] | None = None
    ghost: Bar | None = None

    @property
    def told(self) -> tuple[Mark, ...]:
        """The marks to tell in words, in and out of the window; a yearly deadline is told once."""
        return tuple({(mark.title, mark.words, mark.completed_on): mark for mark in self.item.marks}.values())


@dataclass(frozen=True, slots=True)
class Lane:
    """A group of rows; ``money`` is what is known together, and for how many initiatives it is not known.

    With two levels an outer lane (``level`` 1) has no rows of its own and is followed by its inner lanes (``level`` 2),
    whose keys are "outer/inner" and who know the title of the ``outer``; its ``count`` and ``money`` are theirs
    together.
    """

    key: str
    title: str
    rows: tuple[Row, ...]
    money: Total
    count: int
    level: int = 1
    outer: str | None = None

    @property
    def full_title(self) -> str:
        """The title with that of the lane around it, for places where the lane stands alone."""
        return f"{self.outer} – {self.title}" if self.outer else self.title


@dataclass(frozen=True, slots=True)
class Arrow:
    """A dependency that can be drawn: from the end of one row's bar to the beginning of another's, in per cent."""

    before: int
    after: int
    x_from: float
    x_to: float
    broken: bool


@dataclass(frozen=True, slots=True)
class Band:
    """A council term in the window, in per cent; every second one is ``shaded``. The label fits in it or is empty."""

    x: float
    width: float
    label: str
    words: str
    shaded: bool


@dataclass(frozen=True, slots=True)
class Compared:
    """What a roadmap is compared with: the words of that time, what differs of what is shown, and what has left since.

    ``gone`` are initiatives as they were when they left, with the lanes in which they stood.
    """

    words: str
    difference: Difference
    gone: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Roadmap:
    """The whole picture.

    Each item is once in a lane, in ``elsewhere`` (its time is outside the window) or in ``undated``. ``today`` is its
    place in per cent, None outside the window. ``compared`` is None where it is compared with no other time.
    """

    window: Window
    axis: Axis
    today: float | None
    lanes: tuple[Lane, ...]
    elsewhere: tuple[Row, ...]
    undated: tuple[Row, ...]
    palette: tuple[Swatch, ...] = ()
    arrows: tuple[Arrow, ...] = ()
    bands: tuple[Band, ...] = ()
    compared: Compared | None = None

    @property
    def gone(self) -> tuple[Item, ...]:
        """What was there at the time compared with and has left."""
        return self.compared.gone if self.compared else ()

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows of all lanes, in order."""
        return tuple(row for lane in self.lanes for row in lane.rows)

    @property
    def count(self) -> int:
        """How many initiatives there are, drawn or not."""
        return len(self.rows) + len(self.elsewhere) + len(self.undated)
