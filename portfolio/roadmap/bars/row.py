"""From one initiative to its row: its bar and marks in the window, and which of its labels are drawn."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from typing import NamedTuple

from portfolio.core.timespan import Timespan
from portfolio.register.rules import Status
from portfolio.roadmap.bars.axis import NARROW, ROOM
from portfolio.roadmap.bars.ghost import ghost_of
from portfolio.roadmap.bars.given import day_of
from portfolio.roadmap.bars.labels import with_money, wordings
from portfolio.roadmap.bars.model import Bar, Item, Label, Mark, PlacedMark, Row, Shape, Tone, Where
from portfolio.roadmap.bars.occurrences import marks_of
from portfolio.roadmap.bars.placing import place_bar_label, place_mark_label, prepare
from portfolio.roadmap.bars.shape import REMEMBERED, bar_of
from portfolio.roadmap.bars.window import Window

TONES = {
    Status.PROPOSED: Tone.PROPOSED,
    Status.IN_PREPARATION: Tone.PREPARED,
    Status.APPROVED: Tone.APPROVED,
    Status.UNDER_WAY: Tone.WAY,
    Status.COMPLETED: Tone.DONE,
    Status.IN_USE: Tone.DONE,
    Status.ESTABLISHED: Tone.DONE,
    Status.PAUSED: Tone.PLAIN,
    Status.STOPPED: Tone.PLAIN,
    Status.REJECTED: Tone.PLAIN,
    Status.MERGED: Tone.PLAIN,
}
OUTLINED = frozenset({Tone.PROPOSED, Tone.PREPARED})
"""Tones that are drawn as a dashed outline: nothing is decided yet."""
UNDECIDED = frozenset(status for status, tone in TONES.items() if tone in OUTLINED)


@dataclass(frozen=True, slots=True)
class Scene:
    """What the rows of one roadmap have in common.

    ``now`` is the line of today in per cent, None outside the window. ``tones`` gives the tone of each key of colour;
    empty means that colours tell the status. With ``money`` the bar's label tells what is planned for the years shown;
    without ``labels`` nothing is labelled.
    """

    window: Window
    today: dt.date
    now: float | None
    language: str
    tones: Mapping[str, Tone]
    money: bool = False
    labels: bool = True


class Timed(NamedTuple):
    """What a time alone decides of a row: its bar, whole and as seen, how far it is overrun, its yearly marks."""

    shape: Shape | None = None
    bar: Bar | None = None
    overrun: tuple[float, float] | None = None
    marks: tuple[Mark, ...] = ()
    tentative: bool = False


class Spot(NamedTuple):
    """Where a mark stands: its day, the place of that, and the stretch that its vague time covers."""

    day: dt.date
    x: float
    reach: tuple[float, float] | None


NO_TIME = Timed()


def place_rows(items: Iterable[Item], scene: Scene) -> Iterator[Row]:
    """Place initiatives, in the order given; of thousands many lie at the same time, which is placed once.

    A row with nothing in the window, not even where it was, says on which side of it it lies; one without any time has
    no ``where`` either.
    """
    timed = cache(partial(_timed, scene.window))
    spot = cache(partial(_spot, scene.window))
    for item in items:
        time = timed(item.span, item.progress, scene.today if item.late else None) if item.span is not None else NO_TIME
        marks = item.marks + time.marks
        row = Row(
            item,
            scene.tones.get(item.colour, Tone.PLAIN) if scene.tones else TONES[item.status],
            time.shape,
            time.bar,
            marks=_placed(marks, spot) if marks else (),
            filled=not (time.tentative or item.status in UNDECIDED),
            overrun=time.overrun,
            ghost=ghost_of(item, time.bar, scene.window) if item.change is not None else None,
        )
        if not (row.bar or row.marks or row.overrun or row.ghost):
            yield row._replace(where=_where(row.shape, marks, scene.window), filled=True)
        elif scene.labels:
            yield relabel(row, scene.now, scene.language, money=scene.money)
        else:
            yield row


def _timed(window: Window, span: Timespan, progress: int | None, late_on: dt.date | None) -> Timed:
    """Place a time; what is late is overrun up to the day ``late_on``."""
    shape, bar = bar_of(span, window, progress)
    overrun = _overrun(shape, window, late_on) if shape and late_on else None
    return Timed(shape, bar, overrun, tuple(marks_of(span, window.years)), span.tentative)


def _where(shape: Shape | None, marks: Iterable[Mark], window: Window) -> Where | None:
    """Tell on which side of the window that lies which has nothing in it."""
    days = [shape.begins] if shape else [day.toordinal() for mark in marks if (day := mark.day)]
    return (Where.AFTER if min(days) >= window.ends else Where.BEFORE) if days else None


def relabel(row: Row, now: float | None, language: str, room: int = ROOM, *, money: bool = False) -> Row:
    """Place the labels of a row's bar and of its marks, anew if it has some, for tracks of so many pixels."""
    texts = wordings(row.item, row.shape, language) if row.bar is not None and row.shape is not None else ()
    if money and row.bar is not None:
        texts = with_money(texts, row.item, language)
    spots = tuple((spot.mark.title, spot.x, spot.reach) for spot in row.marks) if row.marks else ()
    label, said = _labels(texts, spots, row.bar, row.overrun, now, filled=row.filled, room=room)
    marks = tuple(PlacedMark(one.mark, one.x, one.reach, text) for one, text in zip(row.marks, said, strict=True))
    return row._replace(label=label, marks=marks, lines=2 if any(text and text.line for text in said) else 1)


def _overrun(shape: Shape, window: Window, today: dt.date) -> tuple[float, float] | None:
    """Give the stretch from the end of late work to today, None where it is not in the window."""
    first, last = window.place(shape.ends), window.place(today.toordinal())
    return (first, last) if shape.last_edge and first < last else None


def _placed(marks: Iterable[Mark], spot_of: Callable[..., Spot | None]) -> tuple[PlacedMark, ...]:
    """Place those marks that are inside the window, in order of their days."""
    found = [(spot, mark) for mark in marks if (spot := spot_of(mark.start, mark.end, mark.completed_on))]
    if len(found) > 1:
        found.sort(key=_day)
    return tuple(PlacedMark(mark, x, reach, None) for (_, x, reach), mark in found)


def _day(found: tuple[Spot, Mark]) -> dt.date:
    return found[0].day


def _spot(window: Window, start: dt.date | None, end: dt.date | None, completed_on: dt.date | None) -> Spot | None:
    """Place a diamond in the middle of its day, and the stretch that a vague time covers."""
    day = day_of(start, end, completed_on)
    if day is None or not window.first <= day <= window.last:
        return None
    reach = None
    if completed_on is None and start is not None and end is not None and start < end:
        reach = window.place(start.toordinal()), window.place(end.toordinal() + 1)
    return Spot(day, window.place(day.toordinal() + 0.5), reach)


@lru_cache(maxsize=REMEMBERED)
def _labels(
    texts: tuple[str, ...],
    spots: tuple[tuple[str, float, tuple[float, float] | None], ...],
    bar: Bar | None,
    overrun: tuple[float, float] | None,
    now: float | None,
    *,
    filled: bool,
    room: int,
) -> tuple[Label | None, tuple[Label | None, ...]]:
    """Place the labels of a bar, then those of its marks, earlier ones first; a title is drawn once in a row.

    ``texts`` are the bar's wordings, ``spots`` the marks' titles, places and reaches. The same row is placed again for
    each file and each page that shows it, so its labels are remembered.
    """
    taken = [(reach[0] if reach else x, x) for _title, x, reach in spots]
    track, narrow = (prepare(pixels, now, taken, overrun) for pixels in (room, NARROW))
    label = place_bar_label(texts, bar, (track, narrow), now, filled=filled) if bar is not None else None
    said = {""}
    marks = []
    for title, x, _reach in spots:
        text = place_mark_label(title, x, bar, track, filled=filled) if title not in said else None
        if text is not None:
            said.add(title)
        marks.append(text)
    return label, tuple(marks)
