"""What the roadmap is made of: items that come in, and lanes of placed bars, marks and labels that go out."""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from portfolio.core.timespan import Timespan

if TYPE_CHECKING:
    from portfolio.budgets.rules import Sum
    from portfolio.register.rules import Status
    from portfolio.register.rules.difference import ItemDifference
    from portfolio.roadmap.bars.axis import Axis
    from portfolio.roadmap.bars.window import Window

Fade: TypeAlias = tuple[tuple[int, int], ...]
"""How strongly a bar is drawn along its length: (offset, opacity) pairs in per cent, straight lines between them."""


class MarkKind(enum.StrEnum):
    """What a diamond stands for; completed is any mark whose day of completion is known."""

    MILESTONE = "milestone"
    RECURRING = "recurring"
    COMPLETED = "completed"


class Tone(enum.StrEnum):
    """The colours of bars, the same words as the chips' and the style sheet's; numbered ones stand for classes."""

    PROPOSED = "proposed"
    PREPARED = "prepared"
    APPROVED = "approved"
    WAY = "way"
    DONE = "done"
    PLAIN = "plain"
    C1 = "c1"
    C2 = "c2"
    C3 = "c3"
    C4 = "c4"
    C5 = "c5"
    C6 = "c6"
    C7 = "c7"
    C8 = "c8"


class Order(enum.StrEnum):
    """In which order rows stand in a lane; what is equal is in order of title."""

    START = "start"
    END = "end"
    TITLE = "title"


class Side(enum.StrEnum):
    """Where a label stands: in the bar, or at the right or left of what it tells about."""

    INSIDE = "inside"
    RIGHT = "right"
    LEFT = "left"


class Where(enum.StrEnum):
    """On which side of the window's time an item lies that has nothing inside it."""

    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Mark:
    """A milestone or one year's occurrence of a recurring deadline. ``words`` say its time as it was written."""

    key: str
    title: str
    kind: MarkKind
    start: dt.date | None
    end: dt.date | None
    words: str = ""
    completed_on: dt.date | None = None

    @property
    def day(self) -> dt.date | None:
        """The day where the diamond stands: done that day, else due by the end, else from the start."""
        return self.completed_on or self.end or self.start


@dataclass(frozen=True, slots=True)
class Need:
    """An initiative whose result another needs first; ``broken`` where the other begins before it has ended."""

    id: int
    title: str
    broken: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One initiative as the roadmap needs it, its texts in the reader's language.

    ``lanes`` are keys of lane heads: it stands in the first and belongs to the others too; empty is the lane of the
    unclassified; ``inner_lanes`` are keys of the second level alike. ``amount`` is planned money of the years shown;
    None where there is no figure at all. ``sort`` orders items of the same time. ``title_language`` is that of a title
    that is not in the reader's. ``colour`` is a key of the palette. ``change`` is what differs from the time compared
    with, None where nothing does or nothing is compared.
    """

    id: int
    title: str
    status: Status
    span: Timespan | None = None
    progress: int | None = None
    completed_on: dt.date | None = None
    late: bool = False
    owner: str | None = None
    lanes: tuple[str, ...] = ()
    amount: Sum | None = None
    marks: tuple[Mark, ...] = ()
    sort: str = ""
    title_language: str | None = None
    inner_lanes: tuple[str, ...] = ()
    colour: str = ""
    needs: tuple[Need, ...] = ()
    change: ItemDifference | None = None


@dataclass(frozen=True, slots=True)
class LaneHead:
    """A lane's key and title; the key "" is of items that name no lane."""

    key: str
    title: str


@dataclass(frozen=True, slots=True)
class Swatch:
    """What one colour stands for: its key among items, its words for the legend and the rows, its tone."""

    key: str
    words: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class Arrangement:
    """How a roadmap is arranged: its lanes in order, the lanes within them, the order of rows, what colours tell.

    Without ``inner`` there is one level. Without ``palette`` colours tell the status. ``with_money`` adds the planned
    money of the years shown to the labels of bars.
    """

    heads: tuple[LaneHead, ...]
    inner: tuple[LaneHead, ...] = ()
    order: Order = Order.START
    palette: tuple[Swatch, ...] = ()
    with_money: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
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


@dataclass(frozen=True, slots=True)
class PlacedMark:
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


@dataclass(frozen=True, slots=True)
class Row:
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
    money: Sum
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
class Roadmap:
    """The whole picture.

    Each item is once in a lane, in ``elsewhere`` (its time is outside the window) or in ``undated``. ``today`` is its
    place in per cent, None outside the window. ``gone`` is what was there at the time compared with and has left.
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
    gone: tuple[Item, ...] = ()

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows of all lanes, in order."""
        return tuple(row for lane in self.lanes for row in lane.rows)

    @property
    def count(self) -> int:
        """How many initiatives there are, drawn or not."""
        return len(self.rows) + len(self.elsewhere) + len(self.undated)
