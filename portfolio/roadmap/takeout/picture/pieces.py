"""The pieces of a drawing: heads of lanes, rows, arrows between them, the legend."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterator, Sequence

from markupsafe import Markup, escape

from portfolio.core.language import say
from portfolio.roadmap import drawing
from portfolio.roadmap.bars import Arrow, Roadmap
from portfolio.roadmap.bars.row import OUTLINED
from portfolio.roadmap.bars.text_width import fit, width_of
from portfolio.roadmap.bars.words import SIGN_WORDS, signs_of, tones_of
from portfolio.roadmap.takeout.about import lane_words, row_facts, row_words
from portfolio.roadmap.takeout.picture.frame import BOLD, INDENT, TITLE_SIZE, Entry, Frame, Head, Line

AXIS, KEY, KEY_SIGN, KEY_GAP = 62, 26, 30, 22
STUB, TIP = 7, 5
"""How far an arrow goes from a bar before it turns, and half the breadth of its tip."""
PAINT = re.compile(r' (fill|stroke)="(url\([^")]+\))"')


def chart(some: Sequence[Entry], part: Roadmap, frame: Frame, y: float, language: str) -> tuple[str, float]:
    """Draw the axis and some heads and rows below it; gives the drawing and where it ends."""
    rows = sum(entry.height for entry in some)
    pieces = [nested(drawing.axis(part), frame, y, AXIS), nested(drawing.lines(part), frame, y + AXIS, rows)]
    y += AXIS
    middles: dict[int, float] = {}
    drawn = {(one.before, one.after) for one in part.arrows}
    for entry in some:
        if isinstance(entry, Head):
            pieces.append(_head(entry, frame, y, language))
        else:
            pieces.append(_line(entry, part, drawn, frame, y, language))
            middles[entry.row.item.id] = y + drawing.MIDDLE
        y += entry.height
    pieces += [_arrow(arrow, frame, middles) for arrow in part.arrows]
    return "".join(pieces), y


def legend(part: Roadmap, frame: Frame, y: float, language: str) -> tuple[str, float]:
    """Draw the signs that a part of the roadmap holds, in as many lines as they need; gives where they end."""
    pieces, x = [], float(frame.margin)
    for sign, words in _signs(part, language):
        width = KEY_SIGN + width_of(words) * frame.letters + KEY_GAP
        if x + width > frame.width - frame.margin and x > frame.margin:
            x, y = frame.margin, y + KEY
        pieces.append(f'<svg x="{x:g}" y="{y:g}" width="22" height="14">{_painted(sign)}</svg>')
        pieces.append(text(x + KEY_SIGN, y + 11, words, "rm-sub"))
        x += width
    return "".join(pieces), y + KEY


def text(x: float, y: float, words: str, kind: str) -> str:
    """Write a line of text in one of the style sheet's kinds."""
    return f'<text class="{kind}" x="{x:g}" y="{y:g}">{escape(words)}</text>'


def nested(drawn: Markup, frame: Frame, y: float, height: float) -> str:
    """Put a drawing of the grid into the bars' part."""
    x = frame.margin + frame.name
    return f'<svg x="{x}" y="{y:g}" width="{frame.track}" height="{height:g}">{_painted(drawn)}</svg>'


def _head(head: Head, frame: Frame, y: float, language: str) -> str:
    words, inner = lane_words(head.lane, language), head.lane.level > 1
    left = frame.margin + INDENT * head.lane.level
    bold = BOLD * frame.letters
    title = fit(head.title, (frame.inner - 2 * INDENT - width_of(words) - KEY_GAP) / bold, TITLE_SIZE)
    after = left + bold * width_of(title, TITLE_SIZE) + INDENT
    return (
        f'<rect class="rm-lane{" inner" if inner else ""}" x="{frame.margin}" y="{y:g}" width="{frame.inner}"'
        f' height="{head.height}"/>{text(left, y + 23, title, "rm-title")}{text(after, y + 23, words, "rm-sub")}'
    )


def _line(line: Line, part: Roadmap, drawn: Collection[tuple[int, int]], frame: Frame, y: float, language: str) -> str:
    """Draw one row, known by its initiative's id; a title that is cut is whole in the words of the row."""
    row, left, right = line.row, frame.margin + INDENT, frame.width - frame.margin
    titles = "".join(text(left, y + 20 + 17 * place, title, "rm-title") for place, title in enumerate(line.title))
    facts = fit(row_facts(row, part.palette, language, drawn), (frame.name - 2 * INDENT) / frame.letters)
    under = text(left, y + 21 + 17 * len(line.title), facts, "rm-under late" if row.item.late else "rm-under")
    return (
        f'<g class="rm-row" id="row-{row.item.id}"><title>{escape(row_words(row, part.palette, language))}</title>'
        f'<line class="rm-rule" x1="{frame.margin}" x2="{right}" y1="{y:g}" y2="{y:g}"/>{titles}'
        f"{under}{nested(drawing.track(row, part.today), frame, y, line.height)}</g>"
    )


def _arrow(arrow: Arrow, frame: Frame, middles: dict[int, float]) -> str:
    """Draw from the end of one bar to the beginning of another; where that lies earlier the line goes back."""
    start, end = (frame.margin + frame.name + frame.track * x / 100 for x in (arrow.x_from, arrow.x_to))
    first, last = middles[arrow.before], middles[arrow.after]
    kind = " broken" if arrow.broken else ""
    way = f"M{start:g} {first:g}H{min(start + STUB, frame.width - frame.margin):g}"
    if end - STUB < start + STUB:
        between = last - math.copysign(drawing.MIDDLE, last - first)
        way += f"V{between:g}H{end - STUB:g}"
    way += f"V{last:g}H{end - TIP:g}"
    tip = f"M{end:g} {last:g}l-{TIP} -{TIP}v{2 * TIP}z"
    return f'<path class="rm-link{kind}" d="{way}"/><path class="rm-tip{kind}" d="{tip}"/>'


def _signs(part: Roadmap, language: str) -> Iterator[tuple[Markup, str]]:
    for tone, words in tones_of(part, language).items():
        yield drawing.tone_sign(tone, filled=tone not in OUTLINED), words
    for sign in signs_of(part):
        yield drawing.sign(sign), say(SIGN_WORDS[sign], language)


def _painted(drawn: Markup) -> str:
    """Let a gradient win over the colour of the tone: here the style sheet stands in the picture, with plain rules."""
    return PAINT.sub(r' style="\1:\2"', str(drawn))
