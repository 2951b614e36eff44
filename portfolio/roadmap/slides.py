"""The roadmap as slides for a meeting: a cover, then each lane's rows as shapes that can be moved and written in.

A bar's shape is named "bar" and the initiative's id, a diamond "mark", the id and the milestone's key.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from portfolio.core.language import N_, say
from portfolio.files.slides import SMALLEST, WIDTH, Deck, Form, Paint, Shape, Stroke, Words
from portfolio.roadmap.bars import (
    ROOM,
    Bar,
    Label,
    Lane,
    MarkKind,
    PlacedMark,
    Roadmap,
    Row,
    Side,
    Sign,
    Tone,
    sentence,
)
from portfolio.roadmap.bars.axis import Tick
from portfolio.roadmap.bars.row import OUTLINED
from portfolio.roadmap.bars.text_width import fit, width_of
from portfolio.roadmap.bars.words import SIGN_WORDS, signs_of, status_words, tones_of
from portfolio.roadmap.figure.tokens import COLOURS, EDGES, FILLS, INK, LINE, LINGON, PAPER
from portfolio.roadmap.takeout.about import (
    About,
    lane_words,
    lines,
    owner_words,
    period_line,
    row_words,
    source_line,
)

MOST_ROWS = 10
"""Rows on a slide: at 34 points each has its title and a line below it in 12 points, and its bar."""
MARGIN, NAME = 30, 280
TRACK_X, TRACK = MARGIN + NAME, ROOM
AXIS_Y, BODY_Y, PITCH, ROOMY_PITCH, BODY = 92, 132, 34, 50, 340
LIST_Y, LIST_PITCH = 76, 42
KEY_Y, KEY_PITCH, KEY_SIGN, KEY_GAP, FOOT_Y = 478, 17, 24, 14, 516
BAR_Y, BAR_HEIGHT, TEXT, BELOW, DIAMOND = 2, 15, 15, 17, 14
INK_2, INK_3, EDGE, GHOST, LAKE, MIST = "#4a5a68", "#56646f", "#d7dee4", "#7d8b96", "#0b4a75", "#cfe3f1"
TITLE, COVER_TITLE, COVER_LINE = 24, 40, 18
BOLD = 1.1
"""How much wider bold letters are."""
RAGGED = 0.85
"""How much of two lines a text may take: words do not break."""
PAGE = N_("%(title)s (%(page)s/%(pages)s)")
OUTSIDE, UNDATED = N_("Outside the time shown"), N_("Without a time")


def deck(roadmap: Roadmap, about: About) -> bytes:
    """Give the presentation: a cover, the lanes with at most ``MOST_ROWS`` rows a slide, what has no bar in lists."""
    made = Deck(about.title, about.municipality, about.language)
    _add_cover(made, roadmap, about)
    for lane in roadmap.lanes:
        pages = _parts(lane.rows, MOST_ROWS)
        for number, rows in enumerate(pages, start=1):
            title = _title(_paged(lane.title, number, len(pages), about))
            part = replace(roadmap, lanes=(replace(lane, rows=tuple(rows)),))
            made.add(title, _lane_slide(part, lane, about), _notes(rows, about))
    for words, rows in ((OUTSIDE, roadmap.elsewhere), (UNDATED, roadmap.undated)):
        pages = _parts(rows, MOST_ROWS)
        for number, some in enumerate(pages, start=1):
            title = _title(_paged(say(words, about.language), number, len(pages), about))
            made.add(title, _list_slide(some, about), _notes(some, about))
    return made.save()


def _parts(rows: Sequence[Row], most: int) -> list[Sequence[Row]]:
    """Cut rows into pages as equal as can be, so that none holds a single row left over."""
    pages = -(-len(rows) // most)
    edges = [round(len(rows) * page / pages) for page in range(pages + 1)] if pages else [0]
    return [rows[first:last] for first, last in pairwise(edges)]


def _paged(title: str, page: int, pages: int, about: About) -> str:
    return say(PAGE, about.language, title=title, page=page, pages=pages) if pages > 1 else title


def _notes(rows: Sequence[Row], about: About) -> str:
    """Tell every row in full: what is cut on the slide can be read here."""
    return "\n".join(row_words(row, (), about.language) for row in rows)


def _add_cover(made: Deck, roadmap: Roadmap, about: About) -> None:
    title = Shape(
        *("title", 80, 150, 800, 110),
        text=(Words(about.title, PAPER, COVER_TITLE, bold=True),),
        wrap=True,
    )
    shapes = [Shape("decoration", 80, 132, 64, 5, fill=Paint(MIST))]
    for number, line in enumerate(lines(roadmap, about)):
        y = 285 + 48 * number
        shapes.append(Shape(f"line {number + 1}", 80, y, 800, 44, text=(Words(line, MIST, COVER_LINE),), wrap=True))
    made.add(title, shapes, sentence(roadmap, about.language), ground=LAKE)


def _title(text: str) -> Shape:
    room = WIDTH - 2 * MARGIN
    shown = fit(text, room / BOLD, TITLE)
    return Shape("title", MARGIN, 20, room, 32, text=(Words(shown, INK, TITLE, bold=True),))


def _lane_slide(roadmap: Roadmap, whole: Lane, about: About) -> Iterator[Shape]:
    """Give the shapes of one page of a lane, in reading order: what it is, the axis, the rows, the legend, the foot."""
    rows = roadmap.rows
    pitch = min(ROOMY_PITCH, max(PITCH, BODY / len(rows)))
    bottom = BODY_Y + pitch * len(rows)
    words = f"{about.title} · {lane_words(whole, about.language)} · {period_line(roadmap, about)}"
    yield _text("about", MARGIN, 54, fit(words, WIDTH - 2 * MARGIN), INK_2)
    yield from _grid(roadmap, bottom)
    for number, row in enumerate(rows):
        yield from _row(row, BODY_Y + pitch * number, pitch, about)
    if roadmap.today is not None:
        x, height, alt = _x(roadmap.today), bottom - BODY_Y, say(SIGN_WORDS[Sign.TODAY], about.language)
        yield Shape("today edge", x - 2.5, BODY_Y, 5, height, fill=Paint(PAPER))
        yield Shape("today", x - 1, BODY_Y, 2, height, fill=Paint(LINGON), alt=alt)
    yield from _legend(roadmap, about)
    yield from _foot(about)


def _list_slide(rows: Sequence[Row], about: About) -> Iterator[Shape]:
    """Give the shapes of a page of rows without a bar: each with its status, owner and time in words."""
    for number, row in enumerate(rows):
        y = LIST_Y + LIST_PITCH * number
        yield _rule(y, WIDTH - MARGIN)
        yield from _name(row, y, LIST_PITCH, WIDTH - 2 * MARGIN, about)
    yield from _foot(about)


def _foot(about: About) -> Iterator[Shape]:
    words = fit(f"{source_line(about)} · {about.title}", WIDTH - 2 * MARGIN)
    yield _text("source", MARGIN, FOOT_Y, words, INK_3)


def _grid(roadmap: Roadmap, bottom: float) -> Iterator[Shape]:
    """Draw the axis and the lines that go down from it."""
    upper, lower = roadmap.axis.upper, roadmap.axis.lower
    middle = AXIS_Y + (20 if upper else 0)
    years = {tick.x for tick in upper}
    for tick in lower:
        if tick.x not in years:
            yield _upright(_x(tick.x), middle, bottom, LINE)
    for x in sorted(years):
        yield _upright(_x(x), AXIS_Y, bottom, EDGE)
    yield from (piece for tick in upper for piece in _tick(tick, AXIS_Y, bold=True))
    yield from (piece for tick in lower for piece in _tick(tick, middle, bold=False))
    yield _rule(BODY_Y, WIDTH - MARGIN, EDGE)


def _tick(tick: Tick, y: float, *, bold: bool) -> Iterator[Shape]:
    if tick.label:
        words = Words(tick.label, INK if bold else INK_3, bold=bold)
        yield Shape("axis", _x(tick.x) + 5, y, TRACK * tick.width / 100, 18, text=(words,))


def _row(row: Row, y: float, pitch: float, about: About) -> Iterator[Shape]:
    """Draw one row: its name, its bar with the progress in it, its marks, and the labels that have room."""
    if y > BODY_Y:
        yield _rule(y, WIDTH - MARGIN)
    top = y + BAR_Y + (pitch - PITCH) / 2
    yield from _name(row, y, pitch, NAME - 12, about)
    if row.bar is not None:
        yield from _bar(row, row.bar, top, about)
    if row.overrun is not None:
        first, last = map(_x, row.overrun)
        stroke = Stroke(Paint(LINGON), 2.5, dashed=True)
        alt = say(SIGN_WORDS[Sign.LATE], about.language)
        middle = top + BAR_HEIGHT / 2
        yield Shape(f"overrun {row.item.id}", first, middle, last - first, 0, Form.LINE, stroke=stroke, alt=alt)
    for placed in row.marks:
        yield from _mark(placed, row, top)
    if row.label is not None:
        yield _label(f"label {row.item.id}", row.label, top)


def _name(row: Row, y: float, height: float, room: float, about: About) -> Iterator[Shape]:
    """Write a row's title, on two lines where there is room, and below it its status, who answers for it and when."""
    item = row.item
    lines_free = int(height // TEXT) - 1
    title = fit(item.title, room / BOLD) if lines_free == 1 else fit(item.title, 2 * room * RAGGED / BOLD)
    taken = TEXT if width_of(title) * BOLD <= room else 2 * TEXT
    y += (height - taken - TEXT) / 2
    words = Words(title, INK, bold=True)
    yield Shape(f"title {item.id}", MARGIN, y, room, taken, text=(words,), wrap=taken > TEXT)
    facts = (status_words(row, about.language), owner_words(row, about.language), item.span.words if item.span else "")
    under = fit(" · ".join(filter(None, facts)), room)
    yield _text(f"facts {item.id}", MARGIN, y + taken, under, LINGON if item.late else INK_3)


def _bar(row: Row, bar: Bar, top: float, about: About) -> Iterator[Shape]:
    """Draw a bar, and over it how far the work is; an end beyond the time shown is not round."""
    colour, seen, name = COLOURS[row.tone], bar.seen, f"bar {row.item.id}"
    form = Form.BOX if bar.cut_start or bar.cut_end else Form.ROUND
    box = (_x(seen.x), top, TRACK * seen.width / 100, BAR_HEIGHT, form)
    paint = Paint(colour, seen.fade)
    alt = row_words(row, (), about.language)
    if row.filled:
        yield Shape(name, *box, fill=paint, alt=alt)
    else:
        yield Shape(name, *box, fill=Paint(PAPER), stroke=Stroke(paint, 1.5, dashed=True), alt=alt)
    if bar.done is not None:
        share = 0.24 if row.filled else 0.12
        fade = [(offset, round(opacity * share)) for offset, opacity in bar.done.fade or ((0, 100), (100, 100))]
        width = TRACK * bar.done.width / 100
        yield Shape(f"done {row.item.id}", box[0], top, width, BAR_HEIGHT, form, fill=Paint("#000000", fade))


def _mark(placed: PlacedMark, row: Row, top: float) -> Iterator[Shape]:
    mark, x = placed.mark, _x(placed.x)
    if placed.reach is not None:
        first, last = map(_x, placed.reach)
        yield Shape(f"reach {mark.key}", first, top + BAR_HEIGHT + 1, last - first, 2.5, fill=Paint(GHOST))
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
    at, width = _x(label.x) + label.dx, width_of(label.text)
    y = top + (BELOW if label.line else 0)
    words = (Words(label.text, PAPER if label.light else INK_2),)
    if label.side is Side.LEFT:
        return Shape(name, at - width, y, width, TEXT, text=words, align="r")
    return Shape(name, at, y, width, TEXT, text=words)


def _legend(roadmap: Roadmap, about: About) -> Iterator[Shape]:
    """Explain what this page shows, in as many lines as it takes."""
    x, y = float(MARGIN), float(KEY_Y)
    for sign, words in _signs(roadmap, about.language):
        width = KEY_SIGN + width_of(words) + KEY_GAP
        if x + width > WIDTH - MARGIN + KEY_GAP and x > MARGIN:
            x, y = MARGIN, y + KEY_PITCH
        yield replace(sign, x=x + sign.x, y=y + sign.y)
        yield _text("legend", x + KEY_SIGN, y, words, INK_2)
        x += width


def _signs(roadmap: Roadmap, language: str) -> Iterator[tuple[Shape, str]]:
    """Give the signs, each drawn from the corner of its place, with its words."""
    for tone, words in tones_of(roadmap, language).items():
        yield _swatch(Paint(COLOURS[tone]), filled=tone not in OUTLINED), words
    for sign in signs_of(roadmap):
        yield _sign(sign), say(SIGN_WORDS[sign], language)


def _sign(kind: Sign) -> Shape:
    way = COLOURS[Tone.WAY]
    match kind:
        case Sign.TENTATIVE:
            return _swatch(Paint(way), filled=False)
        case Sign.VAGUE | Sign.OPEN:
            return _swatch(Paint(way, ((0, 100), (100, 20 if kind is Sign.VAGUE else 0))), filled=True)
        case Sign.LATE:
            return Shape("sign", 0, 8, 18, 0, Form.LINE, stroke=Stroke(Paint(LINGON), 2.5, dashed=True))
        case Sign.GHOST:
            return Shape("sign", 0, 6, 18, 4, Form.ROUND, fill=Paint(GHOST))
        case Sign.TODAY:
            return Shape("sign", 8, 1, 2, 14, fill=Paint(LINGON))
        case _:
            mark = MarkKind(kind.value)
            stroke = Stroke(Paint(EDGES[mark]), 1.25)
            return Shape("sign", 3, 2, 12, 12, Form.DIAMOND, fill=Paint(FILLS[mark]), stroke=stroke)


def _swatch(paint: Paint, *, filled: bool) -> Shape:
    place = ("sign", 0, 3, 18, 10, Form.ROUND)
    if filled:
        return Shape(*place, fill=paint)
    return Shape(*place, fill=Paint(PAPER), stroke=Stroke(paint, 1.25, dashed=True))


def _text(name: str, x: float, y: float, text: str, colour: str, *, bold: bool = False) -> Shape:
    words = Words(text, colour, SMALLEST, bold)
    return Shape(name, x, y, max(width_of(text) * (BOLD if bold else 1), 1), TEXT, text=(words,))


def _rule(y: float, right: float, colour: str = LINE) -> Shape:
    return Shape("line", MARGIN, y, right - MARGIN, 0, Form.LINE, stroke=Stroke(Paint(colour), 0.75))


def _upright(x: float, top: float, bottom: float, colour: str) -> Shape:
    return Shape("line", x, top, 0, bottom - top, Form.LINE, stroke=Stroke(Paint(colour), 0.75))


def _x(share: float) -> float:
    """Turn per cent of the time shown into points from the page's left edge."""
    return TRACK_X + TRACK * share / 100
