"""Charts of reports as SVG, drawn from their data: stacked bars lying down, numbers in them, a legend in words."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate

from markupsafe import escape

from portfolio.documents.report.model import Chart, Colour, Stack

WIDTH, NAME, TRACK, ROW, BAR, LINE = 900, 280, 560, 30, 20, 26
LETTERS, LETTER, KEY, GAP = 40, 7.2, 18, 26
SMALLEST_NUMBER = 16
"""Pixels that a bar's part needs before its number is written in it; the table says all numbers."""
INK, PAPER = "#17232e", "#ffffff"
FONT = "'Source Sans Pro',system-ui,sans-serif"


def draw_chart(chart: Chart) -> str:
    """Draw a chart as SVG with a fixed size; the longest bar is as long as the track."""
    most = max((sum(stack.numbers) for stack in chart.stacks), default=0) or 1
    keys = list(_legend(chart))
    top = LINE * (1 + max((line for _x, line, _words, _colour in keys), default=0)) + 8
    height = top + ROW * len(chart.stacks) + 8
    pieces = [
        *(piece for key in keys for piece in _key(*key)),
        *(piece for place in range(len(chart.stacks)) for piece in _bar(chart, place, top + ROW * place, most)),
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}">'
        f"<style>text{{font-family:{FONT};font-size:14px;fill:{INK}}}.in{{fill:{PAPER};font-weight:600}}</style>"
        f"{''.join(pieces)}</svg>"
    )


def _legend(chart: Chart) -> Iterator[tuple[float, int, str, Colour]]:
    """Place the words of the series side by side, on as many lines as they need: x, line, words, colour."""
    x, line = 0.0, 0
    for words, colour in chart.series:
        width = KEY + LETTER * len(words)
        if x and x + width > WIDTH:
            x, line = 0.0, line + 1
        yield x, line, words, colour
        x += width + GAP


def _key(x: float, line: int, words: str, colour: Colour) -> Iterator[str]:
    y = LINE * line + 6
    yield f'<rect x="{x:.1f}" y="{y}" width="12" height="12" rx="2" fill="{colour}"/>'
    yield f'<text x="{x + KEY:.1f}" y="{y + 11}">{escape(words)}</text>'


def _bar(chart: Chart, place: int, y: int, most: int) -> Iterator[str]:
    stack: Stack = chart.stacks[place]
    label = stack.label if len(stack.label) <= LETTERS else stack.label[: LETTERS - 1].rstrip() + "…"
    yield f'<text x="{NAME - 12}" y="{y + 15}" text-anchor="end">{escape(label)}</text>'
    ends = list(accumulate(stack.numbers))
    colours: list[Colour] = [colour for _, colour in chart.series]
    for number, end, colour in zip(stack.numbers, ends, colours, strict=True):
        if number:
            x, width = NAME + TRACK * (end - number) / most, TRACK * number / most
            yield f'<rect x="{x:.1f}" y="{y}" width="{width:.1f}" height="{BAR}" fill="{colour}"/>'
            if width >= SMALLEST_NUMBER:
                yield f'<text class="in" x="{x + width / 2:.1f}" y="{y + 15}" text-anchor="middle">{number}</text>'
    total = ends[-1] if ends else 0
    yield f'<text x="{NAME + TRACK * total / most + 8:.1f}" y="{y + 15}">{total}</text>'
