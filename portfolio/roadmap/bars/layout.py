"""From initiatives to a roadmap: who stands in which lane, where the bars and marks lie, which labels are drawn."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal

from portfolio.budgets.rules import Sum
from portfolio.register.rules import Status
from portfolio.roadmap.bars.axis import NARROW, ROOM, make_axis
from portfolio.roadmap.bars.labels import place_bar_label, place_mark_label, prepare, wordings
from portfolio.roadmap.bars.model import Bar, Item, Label, Lane, LaneHead, Mark, PlacedMark, Roadmap, Row, Tone, Where
from portfolio.roadmap.bars.occurrences import marks_of
from portfolio.roadmap.bars.shape import clip, shape_of
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


def lay_out(items: Iterable[Item], heads: Sequence[LaneHead], window: Window, today: dt.date, language: str) -> Roadmap:
    """Lay out a roadmap: lanes in the order of ``heads``, rows by time and title, geometry in per cent of the window.

    Each item appears exactly once. A lane without rows is left out; the last head takes items of unknown lanes, so
    there must be one.
    """
    now = window.place(today.toordinal()) if window.first <= today <= window.last else None
    lanes: defaultdict[str, list[Row]] = defaultdict(list)
    elsewhere: list[Row] = []
    undated: list[Row] = []
    known = {head.key for head in heads}
    for item in sorted(items, key=_order):
        row = _place(item, window, now, language)
        if row.where is not None:
            elsewhere.append(row)
        elif row.bar is None and not row.marks:
            undated.append(row)
        else:
            key = item.lanes[0] if item.lanes else ""
            lanes[key if key in known else heads[-1].key].append(row)
    return Roadmap(
        window,
        make_axis(window, language),
        now,
        tuple(_lane(head, lanes[head.key]) for head in heads if head.key in lanes),
        tuple(elsewhere),
        tuple(undated),
    )


def _lane(head: LaneHead, rows: list[Row]) -> Lane:
    """Add up a lane: what is known together, and for how many initiatives something is not known."""
    known = [row.item.amount.known for row in rows if row.item.amount and row.item.amount.known is not None]
    without = sum(1 for row in rows if row.item.amount is None or row.item.amount.unknown)
    return Lane(head.key, head.title, tuple(rows), Sum(sum(known, start=Decimal(0)) if known else None, without))


def _order(item: Item) -> tuple[dt.date, dt.date, str]:
    """Sort by start and end, a missing one being the other; what has no time comes last."""
    span = item.span
    days = [day for day in (span.start, span.end) if day] if span else []
    days = days or [mark.day for mark in item.marks if mark.day]
    return min(days, default=dt.date.max), max(days, default=dt.date.max), item.sort


def _place(item: Item, window: Window, now: float | None, language: str) -> Row:
    tone = TONES[item.status]
    shape = shape_of(item.span, window) if item.span else None
    bar = clip(shape, window, item.progress) if shape else None
    own = marks_of(item.span, item.span.words, window.years) if item.span else ()
    dated = [(mark, day) for mark in (*item.marks, *own) if (day := mark.day)]
    inside = sorted(
        ((mark, day) for mark, day in dated if window.first <= day <= window.last), key=lambda pair: pair[1]
    )
    if bar is None and not inside:
        days = [shape.begins] if shape else [day.toordinal() for _, day in dated]
        where = (Where.AFTER if min(days) >= window.ends else Where.BEFORE) if days else None
        return Row(item, tone, where=where)
    filled = not (tone in OUTLINED or (item.span and item.span.tentative))
    label, marks = _label(item, bar, [_spot(mark, day, window) for mark, day in inside], now, language, filled=filled)
    lines = 2 if any(mark.label and mark.label.line for mark in marks) else 1
    return Row(item, tone, bar, label, marks, lines, filled=filled)


def _spot(mark: Mark, day: dt.date, window: Window) -> PlacedMark:
    """Place a diamond in the middle of its day, and the stretch that a vague time covers."""
    vague = mark.completed_on is None and mark.start is not None and mark.end is not None and mark.start < mark.end
    reach = None
    if vague and mark.start and mark.end:
        reach = window.place(mark.start.toordinal()), window.place(mark.end.toordinal() + 1)
    return PlacedMark(mark, window.place(day.toordinal() + 0.5), reach, None)


def _label(
    item: Item, bar: Bar | None, spots: list[PlacedMark], now: float | None, language: str, *, filled: bool
) -> tuple[Label | None, tuple[PlacedMark, ...]]:
    """Give the bar's label and the marks with theirs, earlier ones first; a title is drawn once in a row."""
    reaches = [spot.reach or (spot.x, spot.x) for spot in spots]
    track, narrow = prepare(ROOM, now, reaches), prepare(NARROW, now, reaches)
    stops = sorted([*(spot.x for spot in spots), *([] if now is None else [now])])
    label = None
    if bar is not None:
        label = place_bar_label(wordings(item, bar, language), bar, (track, narrow), stops, filled=filled)
    said: set[str] = set()
    marks = []
    for spot in spots:
        text = None
        if spot.mark.title not in said:
            text = place_mark_label(spot.mark.title, spot.x, bar, track, filled=filled)
        if text is not None:
            said.add(spot.mark.title)
        marks.append(PlacedMark(spot.mark, spot.x, spot.reach, text))
    return label, tuple(marks)
