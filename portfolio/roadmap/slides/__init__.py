"""The roadmap as slides for a meeting: a cover, then each lane's rows as shapes that can be moved and written in.

A bar's shape is named "bar" and the initiative's id, its place at the time compared with "ghost" and the id, a diamond
"mark", the id and the milestone's key, an arrow "arrow" and the ids of what comes first and what needs it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from portfolio.files.slides import Deck
from portfolio.roadmap.bars import Lane, Roadmap, Row
from portfolio.roadmap.slides.cover import add_cover
from portfolio.roadmap.slides.lane import lane_slide, list_slide
from portfolio.roadmap.slides.sheet import title_of
from portfolio.roadmap.takeout.about import About, lines, row_words, unplaced
from portfolio.roadmap.takeout.limits import SLIDES, refuse_more

MOST_ROWS = 10
"""Rows on a slide: at 34 points each has its title and a line below it in 12 points, and its bar."""


def deck(roadmap: Roadmap, about: About) -> bytes:
    """Give the presentation: a cover, the lanes with at most ``MOST_ROWS`` rows a slide, what has no bar in lists.

    Raises Refusal for more initiatives than it holds.
    """
    refuse_more(roadmap.count, SLIDES)
    made = Deck(about.title, about.municipality, about.language)
    add_cover(made, about.title, lines(roadmap, about))
    for lane in roadmap.lanes:
        pages = _parts(lane.rows)
        for number, rows in enumerate(pages, start=1):
            title = title_of(lane.full_title, number, len(pages), about.language)
            made.add(title, lane_slide(_part(roadmap, lane, rows), lane, about), _notes(rows, roadmap, about))
    for words, found in unplaced(roadmap, about.language):
        pages = _parts(found)
        for number, rows in enumerate(pages, start=1):
            title = title_of(words, number, len(pages), about.language)
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


def _notes(rows: Iterable[Row], roadmap: Roadmap, about: About) -> str:
    """Tell every row in full: what is cut on the slide can be read here."""
    return "\n".join(row_words(row, roadmap.palette, about.language) for row in rows)
