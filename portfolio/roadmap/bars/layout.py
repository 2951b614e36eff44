"""From initiatives to a roadmap: who stands in which lane, where the bars and marks lie, which labels are drawn."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal

from portfolio.budgets.rules import Sum
from portfolio.register.rules import Status
from portfolio.roadmap.bars.axis import NARROW, ROOM, make_axis
from portfolio.roadmap.bars.labels import wordings
from portfolio.roadmap.bars.model import Item, Lane, LaneHead, Mark, PlacedMark, Roadmap, Row, Shape, Tone, Where
from portfolio.roadmap.bars.occurrences import marks_of
from portfolio.roadmap.bars.placing import place_bar_label, place_mark_label, prepare
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
    now = _now(window, today)
    lanes: defaultdict[str, list[Row]] = defaultdict(list)
    elsewhere: list[Row] = []
    undated: list[Row] = []
    known = {head.key for head in heads}
    for item in sorted(items, key=_order):
        row = _place(item, window, today, now, language)
        if row.where is not None:
            elsewhere.append(row)
        elif not (row.bar or row.marks or row.overrun):
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
    days = [day for day in (span.start, span.end) if day] if span is not None else []
    days = days or [mark.day for mark in item.marks if mark.day]
    return min(days, default=dt.date.max), max(days, default=dt.date.max), item.sort


def _place(item: Item, window: Window, today: dt.date, now: float | None, language: str) -> Row:
    tone = TONES[item.status]
    shape = shape_of(item.span, window) if item.span is not None else None
    bar = clip(shape, window, item.progress) if shape else None
    overrun = _overrun(shape, window, today) if shape and item.late else None
    own = marks_of(item.span, window.years) if item.span is not None else ()
    dated = [(mark, day) for mark in (*item.marks, *own) if (day := mark.day)]
    inside = [(mark, day) for mark, day in dated if window.first <= day <= window.last]
    if not (bar or inside or overrun):
        days = [shape.begins] if shape else [day.toordinal() for _, day in dated]
        where = (Where.AFTER if min(days) >= window.ends else Where.BEFORE) if days else None
        return Row(item, tone, shape, where=where)
    spots = [_spot(mark, day, window) for mark, day in sorted(inside, key=lambda pair: pair[1])]
    filled = not (tone in OUTLINED or (item.span is not None and item.span.tentative))
    row = Row(item, tone, shape, bar, marks=tuple(spots), filled=filled, overrun=overrun)
    return _with_labels(row, now, language)


def _overrun(shape: Shape, window: Window, today: dt.date) -> tuple[float, float] | None:
    """Give the stretch from the end of late work to today, None where it is not in the window."""
    first, last = window.place(shape.ends), window.place(today.toordinal())
    return (first, last) if shape.last_edge and first < last else None


def _now(window: Window, today: dt.date) -> float | None:
    return window.place(today.toordinal()) if window.first <= today <= window.last else None


def _spot(mark: Mark, day: dt.date, window: Window) -> PlacedMark:
    """Place a diamond in the middle of its day, and the stretch that a vague time covers."""
    vague = mark.completed_on is None and mark.start is not None and mark.end is not None and mark.start < mark.end
    reach = None
    if vague and mark.start and mark.end:
        reach = window.place(mark.start.toordinal()), window.place(mark.end.toordinal() + 1)
    return PlacedMark(mark, window.place(day.toordinal() + 0.5), reach, None)


def _with_labels(row: Row, now: float | None, language: str) -> Row:
    """Label the bar, then its marks, earlier ones first; a title is drawn once in a row."""
    taken = [(spot.reach[0] if spot.reach else spot.x, spot.x) for spot in row.marks]
    track, narrow = (prepare(room, now, taken, row.overrun) for room in (ROOM, NARROW))
    label = None
    if row.bar is not None and row.shape is not None:
        texts = wordings(row.item, row.shape, language)
        label = place_bar_label(texts, row.bar, (track, narrow), now, filled=row.filled)
    said = {""}
    marks = []
    for spot in row.marks:
        text = None
        if spot.mark.title not in said:
            text = place_mark_label(spot.mark.title, spot.x, row.bar, track, filled=row.filled)
        if text is not None:
            said.add(spot.mark.title)
        marks.append(PlacedMark(spot.mark, spot.x, spot.reach, text))
    lines = 2 if any(mark.label and mark.label.line for mark in marks) else 1
    return Row(row.item, row.tone, row.shape, row.bar, label, tuple(marks), lines, None, row.filled, row.overrun)
