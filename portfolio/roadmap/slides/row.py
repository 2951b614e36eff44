"""A row on a slide: its name, its bar with the progress in it, where that was, its marks, its labels."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from portfolio.core.language import N_, say
from portfolio.files.slides import Form, Paint, Shape, Stroke, Words
from portfolio.roadmap.bars import Bar, Label, PlacedMark, Roadmap, Row, Side, Sign
from portfolio.roadmap.bars.text_width import fit, width_of
from portfolio.roadmap.bars.words import SIGN_WORDS
from portfolio.roadmap.figure.tokens import COLOURS, EDGES, FILLS, INK, LINGON, PAPER
from portfolio.roadmap.slides.sheet import (
    BOLD,
    GHOST,
    INK_2,
    INK_3,
    MARGIN,
    NAME,
    PITCH,
    RAGGED,
    TEXT,
    TRACK,
    place,
)
from portfolio.roadmap.takeout.about import row_facts, row_words

BAR_Y, BAR_HEIGHT, BELOW, DIAMOND, GHOST_HEIGHT = 2, 15, 17, 14, 3.5
WAS = N_("%(title)s before: %(time)s")


@dataclass(frozen=True, slots=True)
class RowContext:
    """What drawing a slide's rows needs: the roadmap, the language, and the needs that arrows on the slide show."""

    roadmap: Roadmap
    language: str
    drawn: Collection[tuple[int, int]] = ()

    def words(self, row: Row) -> str:
        """Say a row in full."""
        return row_words(row, self.roadmap.palette, self.language)

    def facts(self, row: Row) -> str:
        """Say what stands under a row's title."""
        return row_facts(row, self.roadmap.palette, self.language, self.drawn)


def bar_box(row: Row, bar: Bar, y: float, pitch: float) -> Shape:
    """Give the outline of a row's bar, by whose name arrows find it; an end beyond the time shown is not round."""
    form = Form.BOX if bar.cut_start or bar.cut_end else Form.ROUND
    return Shape(
        *(f"bar {row.item.id}", place(bar.seen.x), _top(y, pitch), TRACK * bar.seen.width / 100, BAR_HEIGHT, form)
    )


def row_shapes(row: Row, y: float, pitch: float, told: RowContext) -> Iterator[Shape]:
    """Draw one row, from its name to its labels."""
    top = _top(y, pitch)
    yield from name_shapes(row, y, pitch, NAME - 12, told)
    if row.ghost is not None:
        yield _ghost(row, row.ghost, top, told)
    if row.bar is not None:
        yield from _bar(row, row.bar, bar_box(row, row.bar, y, pitch), told)
    if row.overrun is not None:
        first, last = map(place, row.overrun)
        stroke = Stroke(Paint(LINGON), 2.5, dashed=True)
        alt = say(SIGN_WORDS[Sign.LATE], told.language)
        middle = top + BAR_HEIGHT / 2
        yield Shape(f"overrun {row.item.id}", first, middle, last - first, 0, Form.LINE, stroke=stroke, alt=alt)
    for placed in row.marks:
        yield from _mark(placed, row, top)
    if row.label is not None:
        yield _label(f"label {row.item.id}", row.label, top)


def name_shapes(row: Row, y: float, height: float, room: float, told: RowContext) -> Iterator[Shape]:
    """Write a row's title, on two lines where there is room, and what there is to know on those that are left."""
    item, lines = row.item, int(height // TEXT)
    title = _fitted(item.title, 2 if lines > 2 else 1, room / BOLD)  # noqa: PLR2004 - one line is for what stands below
    above = 1 if width_of(title) * BOLD <= room else 2
    facts = _fitted(told.facts(row), lines - above, room)
    below = 1 if width_of(facts) <= room else min(lines - above, math.ceil(width_of(facts) / (room * RAGGED)))
    y += (height - (above + below) * TEXT) / 2
    bold = (Words(title, INK, bold=True),)
    yield Shape(f"title {item.id}", MARGIN, y, room, above * TEXT, text=bold, wrap=above > 1)
    thin = (Words(facts, LINGON if item.late else INK_3),)
    yield Shape(f"facts {item.id}", MARGIN, y + above * TEXT, room, below * TEXT, text=thin, wrap=below > 1)


def _fitted(words: str, lines: int, room: float) -> str:
    """Cut a text to so many lines."""
    return fit(words, room if lines == 1 else lines * room * RAGGED)


def _top(y: float, pitch: float) -> float:
    """Give where the bar of a row begins that begins at y."""
    return y + BAR_Y + (pitch - PITCH) / 2


def _bar(row: Row, bar: Bar, box: Shape, told: RowContext) -> Iterator[Shape]:
    """Draw a bar, and over it how far the work is."""
    paint, at = Paint(COLOURS[row.tone], bar.seen.fade), (box.x, box.y, box.width, box.height, box.form)
    if row.filled:
        yield Shape(box.name, *at, fill=paint, alt=told.words(row))
    else:
        stroke = Stroke(paint, 1.5, dashed=True)
        yield Shape(box.name, *at, fill=Paint(PAPER), stroke=stroke, alt=told.words(row))
    if bar.done is not None:
        share = 0.24 if row.filled else 0.12
        fade = [(offset, round(opacity * share)) for offset, opacity in bar.done.fade or ((0, 100), (100, 100))]
        width = TRACK * bar.done.width / 100
        yield Shape(f"done {row.item.id}", box.x, box.y, width, box.height, box.form, fill=Paint("#000000", fade))


def _ghost(row: Row, ghost: Bar, top: float, told: RowContext) -> Shape:
    """Draw where the bar was at the time compared with, thin and below it."""
    time = row.item.change.time if row.item.change else None
    was = time.old.words if time and time.old else ""
    width = TRACK * ghost.seen.width / 100
    return Shape(
        *(f"ghost {row.item.id}", place(ghost.seen.x), top + BAR_HEIGHT + 1, width, GHOST_HEIGHT),
        fill=Paint(GHOST, ghost.seen.fade),
        alt=say(WAS, told.language, title=row.item.title, time=was),
    )


def _mark(placed: PlacedMark, row: Row, top: float) -> Iterator[Shape]:
    mark, x = placed.mark, place(placed.x)
    if placed.reach is not None:
        first, last = map(place, placed.reach)
        below, ink = top + BAR_HEIGHT + 1, Paint(INK_2)
        yield Shape(f"reach {mark.key}", first, below + 1.5, last - first, 1, fill=ink)
        for end, x in (("from", first), ("to", last - 1)):
            yield Shape(f"reach {mark.key} {end}", x, below, 1, 4, fill=ink)
    middle = top + BAR_HEIGHT / 2
    yield Shape(
        *(f"mark {row.item.id} {mark.key}", x - DIAMOND / 2, middle - DIAMOND / 2, DIAMOND, DIAMOND, Form.DIAMOND),
        fill=Paint(FILLS[placed.kind]),
        stroke=Stroke(Paint(EDGES[placed.kind]), 1.25),
        alt=", ".join(filter(None, (mark.title, mark.words))),
    )
    if placed.label is not None:
        yield _label(f"mark label {mark.key}", placed.label, top)


def _label(name: str, label: Label, top: float) -> Shape:
    """Write a label where the layout has found room for it: a point here is a pixel there."""
    at, width = place(label.x) + label.dx, width_of(label.text)
    y = top + (BELOW if label.line else 0)
    words = (Words(label.text, PAPER if label.light else INK_2),)
    if label.side is Side.LEFT:
        return Shape(name, at - width, y, width, TEXT, text=words, align="r")
    return Shape(name, at, y, width, TEXT, text=words)
