"""Charts of reports as SVG, drawn from their data: stacked bars lying down, numbers in them, a legend in words."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate

from markupsafe import escape

from portfolio.documents.report.model import Chart, Colour, Stack

WIDTH, NAME, TRACK, ROW, BAR, TOP = 900, 280, 560, 30, 20, 34
LETTERS, LETTER, KEY = 40, 7.2, 16
SMALLEST_NUMBER = 16
"""Pixels that a bar's part needs before its number is written in it; the table says all numbers."""
INK, PAPER = "#17232e", "#ffffff"
FONT = "'Source Sans Pro',system-ui,sans-serif"


def draw_chart(chart: Chart) -> str:
    """Draw a chart as SVG with a fixed size; the longest bar is as long as the track."""
    most = max((sum(stack.numbers) for stack in chart.stacks), default=0) or 1
    height = TOP + ROW * len(chart.stacks) + 8
    pieces = [
        *_legend(chart),
        *(piece for place, stack in enumerate(chart.stacks) for piece in _bar(chart, place, most)),
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}">'
        f"<style>text{{font-family:{FONT};font-size:14px;fill:{INK}}}.in{{fill:{PAPER};font-weight:600}}</style>"
        f"{''.join(pieces)}</svg>"
    )


def _legend(chart: Chart) -> Iterator[str]:
    x = float(NAME)
    for words, colour in chart.series:
        yield f'<rect x="{x:g}" y="6" width="12" height="12" rx="2" fill="{colour}"/>'
        yield f'<text x="{x + KEY + 2:g}" y="17">{escape(words)}</text>'
        x += KEY + LETTER * len(words) + 26


def _bar(chart: Chart, place: int, most: int) -> Iterator[str]:
    stack: Stack = chart.stacks[place]
    y = TOP + ROW * place
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
