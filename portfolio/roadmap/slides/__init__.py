"""The roadmap as slides for a meeting: a cover, then each lane's rows as shapes that can be moved and written in.

A bar's shape is named "bar" and the initiative's id, its place at the time compared with "ghost" and the id, a diamond
"mark", the id and the milestone's key, an arrow "arrow" and the ids of what comes first and what needs it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from portfolio.core.language import N_, say
from portfolio.core.problem import Problem, Refusal
from portfolio.files.slides import Deck, Paint, Shape, Words
from portfolio.roadmap.bars import Lane, Roadmap, Row
from portfolio.roadmap.bars.text_width import fit, width_of
from portfolio.roadmap.figure.tokens import PAPER
from portfolio.roadmap.slides.lane import lane_slide, list_slide
from portfolio.roadmap.slides.sheet import BOLD, RAGGED, title_of
from portfolio.roadmap.takeout.about import About, lines, row_words, unplaced

MOST_ROWS = 10
"""Rows on a slide: at 34 points each has its title and a line below it in 12 points, and its bar."""
LAKE, MIST = "#0b4a75", "#cfe3f1"
COVER_X, COVER_WIDTH, COVER_TITLE, COVER_LINE = 80, 800, 40, 18
LINES_Y, LINE, GAP, LAST_Y = 285, 22, 8, 515
MOST = 4_000
"""Initiatives: each takes 0.1 MB of memory while a presentation is made, and nobody shows more slides than these."""
TOO_MANY = N_("%(count)s initiatives are too many for a presentation, which holds %(most)s. Narrow the roadmap down.")
PAGE = N_("%(title)s (%(page)s/%(pages)s)")


def deck(roadmap: Roadmap, about: About) -> bytes:
    """Give the presentation: a cover, the lanes with at most ``MOST_ROWS`` rows a slide, what has no bar in lists.

    Raises Refusal for more initiatives than ``MOST``.
    """
    if roadmap.count > MOST:
        raise Refusal(Problem(TOO_MANY, {"count": roadmap.count, "most": MOST}))
    made = Deck(about.title, about.municipality, about.language)
    _add_cover(made, roadmap, about)
    for lane in roadmap.lanes:
        pages = _parts(lane.rows)
        for number, rows in enumerate(pages, start=1):
            title = title_of(_paged(lane.full_title, number, len(pages), about))
            made.add(title, lane_slide(_part(roadmap, lane, rows), lane, about), _notes(rows, roadmap, about))
    for words, found in unplaced(roadmap, about.language):
        pages = _parts(found)
        for number, rows in enumerate(pages, start=1):
            title = title_of(_paged(words, number, len(pages), about))
            made.add(title, list_slide(rows, roadmap, about), _notes(rows, roadmap, about))
    return made.save()


def _parts(rows: Sequence[Row]) -> list[Sequence[Row]]:
    """Cut rows into pages as equal as can be, so that none holds a single row left over."""
    pages = -(-len(rows) // MOST_ROWS)
    edges = [round(len(rows) * page / pages) for page in range(pages + 1)] if pages else [0]
    return [rows[first:last] for first, last in pairwise(edges)]


def _part(roadmap: Roadmap, lane: Lane, rows: Sequence[Row]) -> Roadmap:
    """Give the roadmap of a page: these rows, and the arrows between their bars."""
    barred = {row.item.id for row in rows if row.bar}
    arrows = tuple(one for one in roadmap.arrows if {one.before, one.after} <= barred)
    return replace(roadmap, lanes=(replace(lane, rows=tuple(rows)),), arrows=arrows)


def _paged(title: str, page: int, pages: int, about: About) -> str:
    return say(PAGE, about.language, title=title, page=page, pages=pages) if pages > 1 else title


def _notes(rows: Iterable[Row], roadmap: Roadmap, about: About) -> str:
    """Tell every row in full: what is cut on the slide can be read here."""
    return "\n".join(row_words(row, roadmap.palette, about.language) for row in rows)


def _add_cover(made: Deck, roadmap: Roadmap, about: About) -> None:
    """Say whose the roadmap is, of when, of what; what has no room stands in the notes."""
    words = fit(about.title, 2 * COVER_WIDTH * RAGGED / BOLD, COVER_TITLE)
    cover = (Words(words, PAPER, COVER_TITLE, bold=True),)
    title = Shape("title", COVER_X, 150, COVER_WIDTH, 110, text=cover, wrap=True)
    shapes = [Shape("decoration", COVER_X, 132, 64, 5, fill=Paint(MIST))]
    y, said = LINES_Y, lines(roadmap, about)
    for number, line in enumerate(said, start=1):
        height = LINE * -(-int(width_of(line, COVER_LINE)) // int(COVER_WIDTH * RAGGED))
        if y + height > LAST_Y:
            break
        shown = (Words(line, MIST, COVER_LINE),)
        shapes.append(Shape(f"line {number}", COVER_X, y, COVER_WIDTH, height, text=shown, wrap=True))
        y += height + GAP
    made.add(title, shapes, "\n".join((about.title, *said)), ground=LAKE)
