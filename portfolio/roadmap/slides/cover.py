"""The first slide of a presentation: its title, whose it is, of when and of what."""

from __future__ import annotations

from collections.abc import Sequence

from portfolio.files.slides import Deck, Paint, Shape, Words
from portfolio.roadmap.bars.text_width import fit, width_of
from portfolio.roadmap.figure.tokens import PAPER
from portfolio.roadmap.slides.sheet import BOLD, RAGGED

LAKE, MIST = "#0b4a75", "#cfe3f1"
X, WIDTH, TITLE, LETTERS = 80, 800, 40, 18
LINES_Y, LINE, GAP, LAST_Y = 285, 22, 8, 515


def add_cover(made: Deck, words: str, lines: Sequence[str]) -> None:
    """Write a title and lines below it as far as there is room; all of it stands in the notes."""
    shown = fit(words, 2 * WIDTH * RAGGED / BOLD, TITLE)
    title = Shape("title", X, 150, WIDTH, 110, text=(Words(shown, PAPER, TITLE, bold=True),), wrap=True)
    shapes = [Shape("decoration", X, 132, 64, 5, fill=Paint(MIST))]
    y = LINES_Y
    for number, line in enumerate(lines, start=1):
        height = LINE * -(-int(width_of(line, LETTERS)) // int(WIDTH * RAGGED))
        if y + height > LAST_Y:
            break
        shapes.append(Shape(f"line {number}", X, y, WIDTH, height, text=(Words(line, MIST, LETTERS),), wrap=True))
        y += height + GAP
    made.add(title, shapes, "\n".join((words, *lines)), ground=LAKE)
