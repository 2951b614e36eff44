"""From one initiative to its row: its bar and marks in the window, and which of its labels are drawn."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from portfolio.core.timespan import Kind
from portfolio.register.rules import Status
from portfolio.roadmap.bars.axis import NARROW, ROOM
from portfolio.roadmap.bars.ghost import ghost_of
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


def place_row(item: Item, scene: Scene) -> Row:
    """Place one initiative.

    A row with nothing in the window, not even where it was, says on which side of it it lies; one without any time has
    no ``where`` either.
    """
    window, span, marks = scene.window, item.span, item.marks
    tone = scene.tones.get(item.colour, Tone.PLAIN) if scene.tones else TONES[item.status]
    shape, bar = bar_of(span, window, item.progress) if span is not None else (None, None)
    ghost = ghost_of(item, bar, window) if item.change is not None else None
    overrun = _overrun(shape, window, scene.today) if shape and item.late else None
    if span is not None and span.kind is Kind.RECURRING:
        marks = (*marks, *marks_of(span, window.years))
    dated = [(mark, day) for mark in marks if (day := mark.day)] if marks else []
    inside = [(mark, day) for mark, day in dated if window.first <= day <= window.last]
    if not (bar or inside or overrun or ghost):
        days = [shape.begins] if shape else [day.toordinal() for _, day in dated]
        where = (Where.AFTER if min(days) >= window.ends else Where.BEFORE) if days else None
        return Row(item, tone, shape, where=where)
    spots = tuple(_spot(mark, day, window) for mark, day in sorted(inside, key=_day)) if inside else ()
    filled = not (TONES[item.status] in OUTLINED or (span is not None and span.tentative))
    row = Row(item, tone, shape, bar, marks=spots, filled=filled, overrun=overrun, ghost=ghost)
    return relabel(row, scene.now, scene.language, money=scene.money) if scene.labels else row


def relabel(row: Row, now: float | None, language: str, room: int = ROOM, *, money: bool = False) -> Row:
    """Place the labels of a row's bar and of its marks, anew if it has some, for tracks of so many pixels."""
    texts = wordings(row.item, row.shape, language) if row.bar is not None and row.shape is not None else ()
    if money and row.bar is not None:
        texts = with_money(texts, row.item, language)
    spots = tuple((spot.mark.title, spot.x, spot.reach) for spot in row.marks) if row.marks else ()
    label, said = _labels(texts, spots, row.bar, row.overrun, now, filled=row.filled, room=room)
    marks = tuple(PlacedMark(one.mark, one.x, one.reach, text) for one, text in zip(row.marks, said, strict=True))
    return row._replace(label=label, marks=marks, lines=2 if any(text and text.line for text in said) else 1)


def _day(dated: tuple[Mark, dt.date]) -> dt.date:
    return dated[1]


def _overrun(shape: Shape, window: Window, today: dt.date) -> tuple[float, float] | None:
    """Give the stretch from the end of late work to today, None where it is not in the window."""
    first, last = window.place(shape.ends), window.place(today.toordinal())
    return (first, last) if shape.last_edge and first < last else None


def _spot(mark: Mark, day: dt.date, window: Window) -> PlacedMark:
    """Place a diamond in the middle of its day, and the stretch that a vague time covers."""
    vague = mark.completed_on is None and mark.start is not None and mark.end is not None and mark.start < mark.end
    reach = None
    if vague and mark.start and mark.end:
        reach = window.place(mark.start.toordinal()), window.place(mark.end.toordinal() + 1)
    return PlacedMark(mark, window.place(day.toordinal() + 0.5), reach, None)


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
