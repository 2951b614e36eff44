"""The slides between cover and end: a page of a lane's rows with its axis, and pages of rows that have no bar."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from portfolio.core.language import N_, say
from portfolio.files.slides import Connector, Paint, Piece, Shape, Stroke, Words
from portfolio.roadmap.bars import Arrow, Band, Lane, Roadmap, Row, Sign
from portfolio.roadmap.bars.axis import Tick
from portfolio.roadmap.bars.text_width import fit
from portfolio.roadmap.bars.words import SIGN_WORDS
from portfolio.roadmap.figure.tokens import INK, LINE, LINGON, PAPER
from portfolio.roadmap.slides.legend import legend
from portfolio.roadmap.slides.row import RowContext, bar_box, name_shapes, row_shapes
from portfolio.roadmap.slides.sheet import (
    AXIS_Y,
    BODY,
    BODY_Y,
    EDGE,
    FOOT_Y,
    INK_2,
    INK_3,
    INNER,
    MARGIN,
    PITCH,
    ROOMY_PITCH,
    SHADE,
    TERM_Y,
    TRACK,
    place,
    rule,
    text,
    upright,
)
from portfolio.roadmap.takeout.about import About, lane_words, period_line, source_line

LIST_Y, LIST_PITCH = 76, 42
NEEDS, BROKEN = N_("%(after)s needs first: %(before)s"), N_("%(after)s needs first: %(before)s, not ready in time")


def lane_slide(part: Roadmap, whole: Lane, about: About) -> Iterator[Piece]:
    """Give the shapes of one page of a lane, in reading order: what it is, the axis, the rows, the legend, the foot."""
    rows = part.rows
    pitch = min(ROOMY_PITCH, max(PITCH, BODY / len(rows)))
    bottom = BODY_Y + pitch * len(rows)
    words = f"{about.title} · {lane_words(whole, about.language)} · {period_line(part, about)}"
    yield text("about", MARGIN, 54, fit(words, INNER), INK_2)
    yield from _grid(part, bottom)
    told = RowContext(part, about.language, {(one.before, one.after) for one in part.arrows})
    boxes: dict[int, Shape] = {}
    for number, row in enumerate(rows):
        y = BODY_Y + pitch * number
        if number:
            yield rule(y)
        yield from row_shapes(row, y, pitch, told)
        if row.bar is not None:
            boxes[row.item.id] = bar_box(row, row.bar, y, pitch)
    titles = {row.item.id: row.item.title for row in rows}
    yield from (_arrow(one, boxes, titles, about.language) for one in part.arrows)
    yield from _today(part, bottom, about.language)
    yield from legend(part, about.language)
    yield foot(about)


def list_slide(rows: Sequence[Row], roadmap: Roadmap, about: About) -> Iterator[Shape]:
    """Give the shapes of a page of rows without a bar: each with its status, owner and time in words."""
    told = RowContext(roadmap, about.language)
    for number, row in enumerate(rows):
        y = LIST_Y + LIST_PITCH * number
        yield rule(y)
        yield from name_shapes(row, y, LIST_PITCH, INNER, told)
    yield foot(about)


def foot(about: About) -> Shape:
    """Say where the slide is from and of when."""
    return text("source", MARGIN, FOOT_Y, fit(f"{source_line(about)} · {about.title}", INNER), INK_3)


def _grid(part: Roadmap, bottom: float) -> Iterator[Shape]:
    """Draw the council terms, the axis and the lines that go down from it."""
    yield from (piece for band in part.bands for piece in _band(band, bottom))
    upper, lower = part.axis.upper, part.axis.lower
    middle = AXIS_Y + (20 if upper else 0)
    years = {tick.x for tick in upper}
    for tick in lower:
        if tick.x not in years:
            yield upright(place(tick.x), middle, bottom, LINE)
    for x in sorted(years):
        yield upright(place(x), AXIS_Y, bottom, EDGE)
    yield from (piece for tick in upper for piece in _tick(tick, AXIS_Y, bold=True))
    yield from (piece for tick in lower for piece in _tick(tick, middle, bold=False))
    yield rule(BODY_Y, EDGE)


def _band(band: Band, bottom: float) -> Iterator[Shape]:
    """Shade every second council term, and name each where it has room."""
    if band.shaded:
        box = (place(band.x), BODY_Y, TRACK * band.width / 100, bottom - BODY_Y)
        yield Shape("term", *box, fill=Paint(SHADE), alt=band.words)
    if band.label:
        yield text("term", place(band.x) + 5, TERM_Y, band.label, INK_3)


def _tick(tick: Tick, y: float, *, bold: bool) -> Iterator[Shape]:
    if tick.label:
        words = Words(tick.label, INK if bold else INK_3, bold=bold)
        yield Shape("axis", place(tick.x) + 5, y, TRACK * tick.width / 100, 18, text=(words,))


def _arrow(arrow: Arrow, boxes: Mapping[int, Shape], titles: Mapping[int, str], language: str) -> Connector:
    """Draw what needs what as an arrow that holds to both bars."""
    stroke = Stroke(Paint(LINGON if arrow.broken else INK_3), 1.25, dashed=arrow.broken)
    words = say(BROKEN if arrow.broken else NEEDS, language, after=titles[arrow.after], before=titles[arrow.before])
    return Connector(
        f"arrow {arrow.before} {arrow.after}", boxes[arrow.before], boxes[arrow.after], stroke=stroke, alt=words
    )


def _today(part: Roadmap, bottom: float, language: str) -> Iterator[Shape]:
    if part.today is not None:
        x, height, alt = place(part.today), bottom - BODY_Y, say(SIGN_WORDS[Sign.TODAY], language)
        yield Shape("today edge", x - 2.5, BODY_Y, 5, height, fill=Paint(PAPER))
        yield Shape("today", x - 1, BODY_Y, 2, height, fill=Paint(LINGON), alt=alt)
