"""The roadmap as one picture that stands alone: SVG with its colours inside, made of the grid's own pieces."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from markupsafe import Markup, escape

from portfolio.core.language import N_, say
from portfolio.roadmap import drawing
from portfolio.roadmap.bars import Lane, Roadmap, Row
from portfolio.roadmap.bars.row import OUTLINED
from portfolio.roadmap.bars.text_width import fit, width_of
from portfolio.roadmap.bars.words import SIGN_WORDS, signs_of, status_words, tones_of
from portfolio.roadmap.figure.tokens import COLOURS, ICE, INK, LANE, LINE, LINGON, PAPER, SPRUCE
from portfolio.roadmap.takeout.about import About, lane_words, lines, owner_words, row_words

WIDTH, MARGIN, NAME = 1400, 32, 400
TRACK = WIDTH - 2 * MARGIN - NAME
HEAD, LINE_HEIGHT, AXIS, LANE_HEIGHT, ROW, TALL, KEY = 72, 20, 62, 36, 48, 60, 26
KEY_SIGN, KEY_GAP = 30, 22
TITLE_SIZE, SMALL_SIZE, INDENT = 14, 12, 12
INK_2, INK_3, EDGE, GHOST = "#4a5a68", "#56646f", "#d7dee4", "#7d8b96"
BOLD = 1.1
"""How much wider bold letters are."""
NOTHING = N_("No bars to draw")
PAINT = re.compile(r' (fill|stroke)="(url\([^")]+\))"')
FONT = "system-ui,'Segoe UI',Roboto,'Noto Sans','DejaVu Sans',Arial,sans-serif"


def picture(roadmap: Roadmap, about: About) -> str:
    """Draw the roadmap with its title, lanes, legend and source; every row says itself in words as its title."""
    body, bottom = _body(roadmap, about)
    height = bottom + MARGIN
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height:g}" viewBox="0 0 {WIDTH} {height:g}"'
        f' role="img" lang="{about.language}"><title>{escape(about.title)}</title>'
        f"<desc>{escape(' '.join(lines(roadmap, about)))}</desc><style>{_style()}</style>"
        f'<rect width="100%" height="100%" fill="{PAPER}"/>{drawing.shared(roadmap)}{body}</svg>'
    )


def _body(roadmap: Roadmap, about: About) -> tuple[str, float]:
    """Draw from top to bottom; gives the drawing and where it ends."""
    pieces = [_text(MARGIN, 52, about.title, "rm-h1")]
    y = float(HEAD)
    for line in lines(roadmap, about):
        pieces.append(_text(MARGIN, y + 12, line, "rm-sub"))
        y += LINE_HEIGHT
    y += 12
    if not roadmap.lanes:
        pieces.append(_text(MARGIN, y + 20, say(NOTHING, about.language), "rm-title"))
        return "".join(pieces), y + LINE_HEIGHT
    pieces.append(_nested(drawing.axis(roadmap), y, AXIS))
    y += AXIS
    for lane in roadmap.lanes:
        pieces.append(_lane_head(lane, y, about.language))
        y += LANE_HEIGHT
        for row in lane.rows:
            height = TALL if row.lines > 1 else ROW
            pieces.append(_row(row, y, height, about.language))
            y += height
    key, y = _legend(roadmap, y + 16, about.language)
    return "".join(pieces) + key, y


def _lane_head(lane: Lane, y: float, language: str) -> str:
    words = lane_words(lane, language)
    width = WIDTH - 2 * MARGIN
    title = fit(lane.title, (width - 2 * INDENT - width_of(words) - KEY_GAP) / BOLD, TITLE_SIZE)
    after = MARGIN + INDENT + BOLD * width_of(title, TITLE_SIZE) + KEY_GAP
    return (
        f'<rect x="{MARGIN}" y="{y:g}" width="{width}" height="{LANE_HEIGHT}" fill="{LANE}"/>'
        f"{_text(MARGIN + INDENT, y + 23, title, 'rm-title')}{_text(after, y + 23, words, 'rm-sub')}"
    )


def _row(row: Row, y: float, height: float, language: str) -> str:
    """Draw one row, known by its initiative's id; a title that is cut is whole in the words of the row."""
    item, room = row.item, NAME - 2 * INDENT
    under = " · ".join(
        filter(None, (status_words(row, language), owner_words(row, language), item.span.words if item.span else ""))
    )
    return (
        f'<g class="rm-row" id="row-{item.id}"><title>{escape(row_words(row, language))}</title>'
        f'<line class="rm-rule" x1="{MARGIN}" x2="{WIDTH - MARGIN}" y1="{y:g}" y2="{y:g}"/>'
        f"{_text(MARGIN + INDENT, y + 20, fit(item.title, room / BOLD, TITLE_SIZE), 'rm-title')}"
        f"{_text(MARGIN + INDENT, y + 38, fit(under, room, SMALL_SIZE), 'rm-under late' if item.late else 'rm-under')}"
        f"{_nested(drawing.track(row), y, height)}</g>"
    )


def _legend(roadmap: Roadmap, y: float, language: str) -> tuple[str, float]:
    """Draw the signs that the picture holds, in as many lines as they need; gives where they end."""
    pieces, x = [], float(MARGIN)
    for sign, words in _signs(roadmap, language):
        width = KEY_SIGN + width_of(words) + KEY_GAP
        if x + width > WIDTH - MARGIN and x > MARGIN:
            x, y = MARGIN, y + KEY
        pieces.append(f'<svg x="{x:g}" y="{y:g}" width="22" height="14">{_painted(sign)}</svg>')
        pieces.append(_text(x + KEY_SIGN, y + 11, words, "rm-sub"))
        x += width
    return "".join(pieces), y + KEY


def _signs(roadmap: Roadmap, language: str) -> Iterator[tuple[Markup, str]]:
    for tone, words in tones_of(roadmap, language).items():
        yield drawing.tone_sign(tone, filled=tone not in OUTLINED), words
    for sign in signs_of(roadmap):
        yield drawing.sign(sign), say(SIGN_WORDS[sign], language)


def _nested(drawn: Markup, y: float, height: float) -> str:
    return f'<svg x="{MARGIN + NAME}" y="{y:g}" width="{TRACK}" height="{height:g}">{_painted(drawn)}</svg>'


def _painted(drawn: Markup) -> str:
    """Let a gradient win over the colour of the tone: here the style sheet stands in the picture, with plain rules."""
    return PAINT.sub(r' style="\1:\2"', str(drawn))


def _text(x: float, y: float, text: str, kind: str) -> str:
    return f'<text class="{kind}" x="{x:g}" y="{y:g}">{escape(text)}</text>'


def _style() -> str:
    """Give the colours as plain values: programs that draw SVG outside a browser know no variables of CSS."""
    tones = "".join(
        f".rm-stop.{tone}{{stop-color:{colour}}}.rm-bar.{tone}{{fill:{colour}}}.rm-bar.outline.{tone}{{stroke:{colour}}}"
        for tone, colour in COLOURS.items()
    )
    return tones + "".join(_rules())


def _rules() -> Iterable[str]:
    yield f"text{{font-family:{FONT};font-size:{SMALL_SIZE}px;fill:{INK_2}}}"
    yield f".rm-h1{{font-size:26px;font-weight:700;fill:{INK}}}.rm-sub{{fill:{INK_2}}}"
    yield f".rm-title,.rm-year{{font-weight:650;fill:{INK}}}.rm-title{{font-size:{TITLE_SIZE}px}}"
    yield f".rm-under{{fill:{INK_3}}}.rm-under.late{{fill:{LINGON}}}.rm-rule{{stroke:{LINE}}}"
    yield f".rm-axis .short{{display:none}}.rm-tick-word{{fill:{INK_3}}}"
    yield f".rm-tick{{stroke:{LINE}}}.rm-axis .rm-tick,.rm-tick.year{{stroke:{EDGE}}}"
    yield f".rm-stop.part{{stop-color:#000}}.rm-bar.outline{{fill:{PAPER};stroke-width:1.5;stroke-dasharray:4 3}}"
    yield f".rm-bar.outline.prepared{{fill:{ICE}}}.rm-bar.soft.outline{{fill:none}}.rm-part{{opacity:.24}}"
    yield f".rm-part.outline{{opacity:.12}}.rm-label.light{{fill:{PAPER}}}.rm-reach{{fill:{GHOST}}}"
    yield f".rm-diamond{{fill:{INK};stroke:{PAPER};stroke-width:3;paint-order:stroke}}"
    yield f".rm-diamond.recurring{{fill:{PAPER};stroke:{INK};stroke-width:1.5}}.rm-diamond.completed{{fill:{SPRUCE}}}"
    yield f".rm-overrun{{stroke:{LINGON};stroke-width:2.5;stroke-dasharray:2 4}}.rm-mark{{overflow:visible}}"
    yield f".rm-today{{stroke:{LINGON};stroke-width:2}}.rm-today-edge{{stroke:{PAPER};stroke-width:5}}"
