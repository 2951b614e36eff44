"""The legend of a slide: what its own shapes mean."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from portfolio.core.language import say
from portfolio.files.slides import Form, Paint, Shape, Stroke
from portfolio.roadmap.bars import MarkKind, Roadmap, Sign, Tone
from portfolio.roadmap.bars.row import OUTLINED
from portfolio.roadmap.bars.text_width import width_of
from portfolio.roadmap.bars.words import SIGN_WORDS, signs_of, tones_of
from portfolio.roadmap.figure.tokens import COLOURS, EDGES, FILLS, LINGON, PAPER
from portfolio.roadmap.slides.sheet import GHOST, INK_2, INK_3, KEY_Y, MARGIN, RIGHT, SHADE, text

PITCH, SIGN, GAP = 17, 24, 14


def legend(roadmap: Roadmap, language: str) -> Iterator[Shape]:
    """Explain what this page shows, in as many lines as it takes."""
    x, y = float(MARGIN), float(KEY_Y)
    for sign, words in _signs(roadmap, language):
        width = SIGN + width_of(words) + GAP
        if x + width > RIGHT + GAP and x > MARGIN:
            x, y = MARGIN, y + PITCH
        yield replace(sign, x=x + sign.x, y=y + sign.y)
        yield text("legend", x + SIGN, y, words, INK_2)
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
        case Sign.VAGUE | Sign.OPEN:
            return _swatch(Paint(way, ((0, 100), (100, 20 if kind is Sign.VAGUE else 0))), filled=True)
        case Sign.LATE:
            return Shape("sign", 0, 8, 18, 0, Form.LINE, stroke=Stroke(Paint(LINGON), 2.5, dashed=True))
        case Sign.ROUGH | Sign.GHOST:
            rough = kind is Sign.ROUGH
            return Shape("sign", 0, 7 if rough else 6, 18, 1 if rough else 3.5, fill=Paint(INK_2 if rough else GHOST))
        case Sign.ARROW | Sign.BROKEN:
            broken = kind is Sign.BROKEN
            stroke = Stroke(Paint(LINGON if broken else INK_3), 1.25, dashed=broken)
            return Shape("sign", 0, 8, 18, 0, Form.LINE, stroke=stroke)
        case Sign.TERM:
            return Shape("sign", 0, 2, 18, 12, fill=Paint(SHADE))
        case Sign.TODAY:
            return Shape("sign", 8, 1, 2, 14, fill=Paint(LINGON))
        case Sign.MILESTONE | Sign.RECURRING | Sign.COMPLETED:
            mark = MarkKind(kind.value)
            stroke = Stroke(Paint(EDGES[mark]), 1.25)
            return Shape("sign", 3, 2, 12, 12, Form.DIAMOND, fill=Paint(FILLS[mark]), stroke=stroke)
        case _:
            return _swatch(Paint(way), filled=False)


def _swatch(paint: Paint, *, filled: bool) -> Shape:
    swatch = Shape("sign", 0, 3, 18, 10, Form.ROUND, fill=paint)
    return swatch if filled else replace(swatch, fill=Paint(PAPER), stroke=Stroke(paint, 1.25, dashed=True))
