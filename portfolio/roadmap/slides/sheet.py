"""Where things stand on a slide, in points of a page of 960 × 540, and the simplest shapes."""

from __future__ import annotations

from portfolio.core.language import N_, say
from portfolio.files.slides import SMALLEST, WIDTH, Form, Paint, Shape, Stroke, Words
from portfolio.roadmap.bars import ROOM
from portfolio.roadmap.bars.text_width import fit, width_of
from portfolio.roadmap.figure.tokens import INK, LINE

MARGIN, NAME = 30, 280
RIGHT, INNER = WIDTH - MARGIN, WIDTH - 2 * MARGIN
TRACK_X, TRACK = MARGIN + NAME, ROOM
TERM_Y, AXIS_Y, BODY_Y, PITCH, ROOMY_PITCH, BODY = 73, 92, 132, 34, 64, 340
KEY_Y, FOOT_Y = 478, 516
TEXT, TITLE = 15, 24
INK_2, INK_3, EDGE, GHOST, SHADE = "#4a5a68", "#56646f", "#d7dee4", "#7d8b96", "#f4f7f9"
PAGE = N_("%(title)s (%(page)s/%(pages)s)")
BOLD = 1.1
"""How much wider bold letters are."""
RAGGED = 0.85
"""How much of two lines a text may take: words do not break."""


def place(share: float) -> float:
    """Turn per cent of the time shown into points from the page's left edge."""
    return TRACK_X + TRACK * share / 100


def title_of(words: str, page: int, pages: int, language: str) -> Shape:
    """Make a slide's title, cut to one line; of several pages it says which one it is."""
    if pages > 1:
        words = say(PAGE, language, title=words, page=page, pages=pages)
    shown = fit(words, INNER / BOLD, TITLE)
    return Shape("title", MARGIN, 20, INNER, 32, text=(Words(shown, INK, TITLE, bold=True),))


def text(name: str, x: float, y: float, words: str, colour: str) -> Shape:
    """Write a line in the smallest letters."""
    return Shape(name, x, y, max(width_of(words), 1), TEXT, text=(Words(words, colour, SMALLEST),))


def rule(y: float, colour: str = LINE) -> Shape:
    """Draw a line across the page."""
    return Shape("line", MARGIN, y, INNER, 0, Form.LINE, stroke=Stroke(Paint(colour), 0.75))


def upright(x: float, top: float, bottom: float, colour: str) -> Shape:
    """Draw a line down the page."""
    return Shape("line", x, top, 0, bottom - top, Form.LINE, stroke=Stroke(Paint(colour), 0.75))
