"""The roadmap as pictures that stand alone: SVG with its colours inside, made of the grid's own pieces.

One picture holds everything; sheets hold as much as fits on a page, at a size that can be read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from markupsafe import escape

from portfolio.core.language import N_, say
from portfolio.core.problem import Problem, Refusal
from portfolio.files.document import without_controls
from portfolio.files.pdf import draw_png
from portfolio.roadmap import drawing
from portfolio.roadmap.bars import Lane, Roadmap
from portfolio.roadmap.figure.tokens import PAPER
from portfolio.roadmap.takeout.about import About, lines
from portfolio.roadmap.takeout.picture.frame import (
    ALONE,
    IN_DOTS,
    ON_PAPER,
    Entry,
    Frame,
    Head,
    Line,
    broken,
    entries,
    sheets,
)
from portfolio.roadmap.takeout.picture.pieces import AXIS, chart, legend, text
from portfolio.roadmap.takeout.picture.style import style

HEAD, LINE_HEIGHT, GAP = 72, 20, 16
NOTHING = N_("No bars to draw")
"""What a picture says where there is no row."""
TALLEST, SHARP = 32_000, 2
"""Pixels: what programs that show PNG open, and how sharp a picture is where that fits into it."""
TOO_TALL = N_("%(count)s rows are too many for a picture in dots. Take SVG or PDF, or narrow the roadmap down.")


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing with its size in pixels."""

    svg: str
    width: int
    height: float


def picture(roadmap: Roadmap, about: About, frame: Frame = ALONE) -> Drawing:
    """Draw the roadmap with its title, lanes, legend and source; every row says itself in words as its title."""
    pieces = [text(frame.margin, 52, about.title, "rm-h1")]
    y = float(HEAD)
    said = (part for line in lines(roadmap, about) for part in broken(line, frame.inner / frame.letters))
    for line in said:
        pieces.append(text(frame.margin, y + 12, line, "rm-sub"))
        y += LINE_HEIGHT
    y += GAP
    if roadmap.rows:
        drawn, y = _body(list(entries(roadmap, frame)), roadmap, frame, y, about)
        pieces.append(drawn)
    else:
        pieces.append(text(frame.margin, y + 12, say(NOTHING, about.language), "rm-title"))
        y += LINE_HEIGHT
    return _svg("".join(pieces), roadmap, frame, y + frame.margin, about)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A drawing for one page, with the rows of the roadmap that it shows."""

    drawn: Drawing
    part: Roadmap


def sheets_of(roadmap: Roadmap, about: About, first: float, room: float) -> Iterator[Sheet]:
    """Draw as many pages as it takes, each with the axis and its own legend.

    ``room`` is the height of a page in pixels, ``first`` what the first page has of it.
    """
    frame = ON_PAPER[about.paper]
    found = list(entries(roadmap, frame))
    taken = AXIS + GAP + legend(roadmap, frame, 0, about.language)[1]
    for some in sheets(found, first - taken, room - taken, about.language):
        part = _part(roadmap, some)
        drawn, y = _body(some, part, frame, 0, about)
        yield Sheet(_svg(drawn, part, frame, y, about), part)


def as_png(roadmap: Roadmap, about: About) -> bytes:
    """Give the picture in dots, sharp on the better screens too. Raises Refusal for more rows than it holds."""
    drawn = picture(roadmap, about, IN_DOTS)
    if drawn.height > TALLEST:
        raise Refusal(Problem(TOO_TALL, {"count": len(roadmap.rows)}))
    return draw_png(drawn.svg, drawn.width, drawn.height, scale=SHARP if drawn.height <= TALLEST / SHARP else 1)


def _part(roadmap: Roadmap, some: Sequence[Entry]) -> Roadmap:
    """Give the roadmap of these rows only, in their lanes."""
    lanes: list[Lane] = []
    for entry in some:
        if isinstance(entry, Head):
            lanes.append(replace(entry.lane, rows=()))
        else:
            lanes[-1] = replace(lanes[-1], rows=(*lanes[-1].rows, entry.row))
    shown = {entry.row.item.id for entry in some if isinstance(entry, Line)}
    arrows = tuple(one for one in roadmap.arrows if {one.before, one.after} <= shown)
    return replace(roadmap, lanes=tuple(lanes), arrows=arrows, elsewhere=(), undated=())


def _body(some: Sequence[Entry], part: Roadmap, frame: Frame, y: float, about: About) -> tuple[str, float]:
    """Draw heads and rows under the axis, and the legend under them."""
    drawn, y = chart(some, part, frame, y, about.language)
    key, y = legend(part, frame, y + GAP, about.language)
    return drawn + key, y


def _svg(body: str, part: Roadmap, frame: Frame, height: float, about: About) -> Drawing:
    said = escape(" ".join(lines(part, about)))
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{frame.width}" height="{height:g}"'
        f' viewBox="0 0 {frame.width} {height:g}" role="img" lang="{about.language}">'
        f"<title>{escape(about.title)}</title><desc>{said}</desc><style>{style()}</style>"
        f'<rect width="100%" height="100%" fill="{PAPER}"/>{drawing.shared(part)}{body}</svg>'
    )
    return Drawing(without_controls(svg), frame.width, height)
