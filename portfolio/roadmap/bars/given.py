"""What a roadmap is made of: initiatives with their marks, texts in the reader's language, and how it is arranged.

What there is one of for each initiative is a named tuple, here and in ``model``: of thousands, frozen data classes take
several times as long to make.
"""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from portfolio.core.timespan import Timespan
from portfolio.register.rules import Aspect

if TYPE_CHECKING:
    from portfolio.budgets.rules import Sum
    from portfolio.register.rules import CellWords, ItemDifference, Status


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


def day_of(start: dt.date | None, end: dt.date | None, completed_on: dt.date | None) -> dt.date | None:
    """Give the day of a mark: done that day, else due by the end, else from the start."""
    return completed_on or end or start


class Mark(NamedTuple):
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
        """The day where the diamond stands."""
        return day_of(self.start, self.end, self.completed_on)


class Need(NamedTuple):
    """An initiative whose result another needs first.

    ``broken`` where the other surely begins before it ends; ``done`` where nothing is waited for any more.
    """

    id: int
    title: str
    broken: bool = False
    done: bool = False


class Item(NamedTuple):
    """One initiative as the roadmap needs it, its texts in the reader's language.

    ``lanes`` are keys of lane heads: it stands in the first and belongs to the others too; empty is the lane of the
    unclassified; ``inner_lanes`` are keys of the second level alike. ``amount`` is planned money of the years shown;
    None where there is no figure at all. ``sort`` orders items of the same time. ``title_language`` is that of a title
    that is not in the reader's. ``colour`` is a key of the palette. ``change`` is what differs from the time compared
    with, None where nothing does or nothing is compared, and ``told`` are the words of it, cell by cell. ``movable``
    tells that the reader may move it in time.
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
    movable: bool = False
    change: ItemDifference | None = None
    told: tuple[CellWords, ...] = ()

    @property
    def is_new(self) -> bool:
        """Whether it joined after the time compared with."""
        return self.change is not None and Aspect.JOINED in self.change.aspects


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
    money of the years shown to the labels of bars; ``with_labels`` is False for a picture that draws none. ``terms``
    are the council terms that are drawn behind the bars.
    """

    heads: tuple[LaneHead, ...]
    inner: tuple[LaneHead, ...] = ()
    order: Order = Order.START
    palette: tuple[Swatch, ...] = ()
    with_money: bool = False
    terms: tuple[tuple[dt.date, dt.date], ...] = ()
    with_labels: bool = True
