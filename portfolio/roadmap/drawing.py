"""Pieces of SVG for the grid: the axis, its lines behind all rows, a row's track, and what all tracks share.

Geometry in per cent, text in pixels.

Colours are classes of the style sheet; gradients carry the softness of bars and are written once for all rows.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import lru_cache

from markupsafe import Markup, escape

from portfolio.roadmap.bars import (
    NARROW,
    Band,
    Bar,
    Label,
    PlacedMark,
    Roadmap,
    Row,
    Side,
    Sign,
    Stretch,
    Tone,
)
from portfolio.roadmap.bars.axis import Tick
from portfolio.roadmap.bars.model import Fade
from portfolio.roadmap.bars.text_width import AXIS_SIZE, width_of

BAR_TOP, BAR_HEIGHT, ROUND = 13, 20, 5
MIDDLE = BAR_TOP + BAR_HEIGHT // 2
BASELINES = (27, 48)
REACH_TOP = 35
GHOST_TOP, GHOST_ABOVE, GHOST_HEIGHT = 35, 6, 5
"""A ghost lies below the bar, and above it where the vague time of a milestone lies below."""
PLAIN_SIGNS = {
    Sign.LATE: '<line class="rm-overrun" x1="0" x2="22" y1="7" y2="7"/>',
    Sign.ROUGH: '<path class="rm-reach" d="M1 4h1.5v2h17v-2h1.5v5.5h-1.5v-2h-17v2h-1.5z"/>',
    Sign.GHOST: '<rect class="rm-ghost" x="1" y="5" width="20" height="5" rx="2.5"/>',
    Sign.TERM: '<rect class="rm-band" x="1" y="0" width="20" height="14"/>',
    Sign.TODAY: '<line class="rm-today" x1="11" x2="11" y1="0" y2="14"/>',
}
"""Signs of the legend that are always drawn alike."""
YEAR_BASELINE, TICK_BASELINE, LONE_BASELINE, TERM_BASELINE = 20, 49, 22, 15
TICK_INSET = 5
CUT = 1.5
"""Per cent by which a bar that goes on beyond the window is drawn past its edge, so that its corner is not round."""
PART, GHOST = "part", "ghost"
REMEMBERED = 1024
"""Names of gradients kept in mind: of thousands of bars most fade in one of some dozens of ways."""
DIAMOND = "M0-8 8 0 0 8-8 0z"
HIDDEN = 'aria-hidden="true" focusable="false"'


def shared(roadmap: Roadmap) -> Markup:
    """Give what the tracks refer to: the gradients of soft bars."""
    gradients = "".join(_gradient(*paint) for paint in sorted(_paints(roadmap.rows)))
    return Markup(  # noqa: S704 - made of our own numbers and words
        f'<svg class="rm-shared" width="0" height="0" {HIDDEN}><defs>{gradients}</defs></svg>'
    )


def lines(roadmap: Roadmap) -> Markup:
    """Draw the council terms and the lines of the axis once behind all rows: in each row they are most of the page."""
    drawn = "".join([*_bands(roadmap), *_lines(roadmap)])
    return Markup(f'<svg class="rm-lines" {HIDDEN}>{drawn}</svg>')  # noqa: S704 - numbers


def axis(roadmap: Roadmap) -> Markup:
    """Draw the axis: years above quarters, months or weeks, or years alone."""
    upper, lower = roadmap.axis.upper, roadmap.axis.lower
    baseline = TICK_BASELINE if upper else LONE_BASELINE
    marks = [
        *_lines(roadmap, top="50%" if upper else "0"),
        *(piece for tick in upper for piece in _tick(tick, "rm-year", YEAR_BASELINE)),
        *(piece for tick in lower for piece in _tick(tick, "rm-tick-word", baseline)),
    ]
    height = "" if upper else " lone"
    return Markup(f'<svg class="rm-axis{height}" {HIDDEN}>{"".join(marks)}</svg>')  # noqa: S704 - labels are dates


def terms(roadmap: Roadmap) -> Markup:
    """Draw the council terms above the axis, each named where its name fits; nothing where no term is in sight."""
    if not roadmap.bands:
        return Markup()
    marks = [*_bands(roadmap), *(piece for band in roadmap.bands for piece in _term(band))]
    return Markup(f'<svg class="rm-terms" {HIDDEN}>{"".join(marks)}</svg>')  # noqa: S704 - labels are years


def arrows(roadmap: Roadmap) -> Markup:
    """Give the picture into which a script draws the arrows, since only a browser knows how high the rows are.

    Each arrow is four values: the ids of both rows, where it begins and where it ends; broken ones have a fifth.
    """
    found = [[one.before, one.after, one.x_from, one.x_to, *([1] if one.broken else [])] for one in roadmap.arrows]
    told = escape(json.dumps(found, separators=(",", ":")))
    return Markup(f'<svg class="rm-arrows" data-arrows="{told}" {HIDDEN}></svg>')  # noqa: S704 - numbers


def track(row: Row, today: float | None) -> Markup:
    """Draw one row: its bar with the progress in it, marks, labels that have room, and the line of ``today`` (%)."""
    pieces: list[str] = []
    if row.bar is not None:
        pieces += _bar(row, row.bar)
    if row.ghost is not None:
        pieces.append(_ghost(row.ghost, above=any(mark.reach for mark in row.marks)))
    if row.overrun is not None:
        pieces.append(_overrun(*row.overrun))
    pieces += [_reach(mark.reach) for mark in row.marks if mark.reach]
    if today is not None:
        pieces.append(_now(today))
    if row.label is not None:
        pieces.append(_text(row.label))
    pieces += [_mark(mark) for mark in row.marks]
    return Markup(f'<svg class="rm-svg" {HIDDEN}>{"".join(pieces)}</svg>')  # noqa: S704 - texts are escaped below


def tone_sign(tone: Tone, *, filled: bool, hatched: bool = False) -> Markup:
    """Draw a tone for the legend: filled, a dashed outline, or hatched as the chart draws what is an outline here."""
    if filled:
        return _sign(_swatch(f"rm-bar {tone}"))
    if hatched:
        stripe = f'<rect class="rm-bar {tone}" width="2" height="6"/>'
        turned = 'patternUnits="userSpaceOnUse" patternTransform="rotate(45)"'
        pattern = f'<pattern id="rm-hatch-{tone}" width="5" height="6" {turned}>{stripe}</pattern>'
        ground = _swatch(f"rm-ground {tone}")
        return _sign(f"<defs>{pattern}</defs>{ground}{_swatch('rm-bar soft', f'rm-hatch-{tone}')}")
    return _sign(_swatch(f"rm-bar {tone} outline"))


def sign(kind: Sign, *, hatched: bool = False) -> Markup:
    """Draw one of the other signs for the legend."""
    match kind:
        case Sign.TENTATIVE | Sign.UNDECIDED:
            return tone_sign(Tone.WAY, filled=False, hatched=hatched)
        case Sign.VAGUE | Sign.OPEN:
            fade = ((0, 100), (100, 20 if kind is Sign.VAGUE else 0))
            paint = f"{kind} way"
            return _sign(f"<defs>{_gradient(paint, fade)}</defs>{_swatch('rm-bar soft', _paint_id(paint, fade))}")
        case Sign.ARROW | Sign.BROKEN:
            broken = " broken" if kind is Sign.BROKEN else ""
            return _sign(f'<path class="rm-link{broken}" d="M1 7H16"/><path class="rm-tip{broken}" d="M21 7l-6-4v8z"/>')
        case _ if kind in PLAIN_SIGNS:
            return _sign(PLAIN_SIGNS[kind])
        case _:
            return _sign(f'<path class="rm-diamond {kind}" d="{DIAMOND}" transform="translate(11 7) scale(.8)"/>')


def _sign(piece: str) -> Markup:
    return Markup(f"<svg {HIDDEN}>{piece}</svg>")  # noqa: S704 - made of our own words


def _swatch(words: str, paint: str | None = None) -> str:
    fill = f' fill="url(#{paint})"' if paint else ""
    return f'<rect class="{words}" x="1" y="2" width="20" height="10" rx="3"{fill}/>'


def _bar(row: Row, bar: Bar) -> Iterator[str]:
    outline = "" if row.filled else " outline"
    yield _rect(f"rm-bar {row.tone}{outline}", bar.seen, bar, paint=row.tone, stroked=not row.filled)
    if bar.done is not None:
        yield _rect(f"rm-part{outline}", bar.done, bar, paint=PART, end_cut=False)


def _rect(words: str, part: Stretch, bar: Bar, *, paint: str, stroked: bool = False, end_cut: bool = True) -> str:
    """Draw a part of a bar; past an edge that cuts it, where a nested picture ends, its round corner is not seen."""
    before, after = CUT * bar.cut_start, CUT * (bar.cut_end and end_cut)
    soft = ""
    if part.fade:
        words += " soft"
        soft = f' {"stroke" if stroked else "fill"}="url(#{_paint_id(paint, part.fade)})"'
    rect = (
        f'<rect class="{words}" x="{part.x - before:g}%" y="{BAR_TOP}" width="{part.width + before + after:g}%"'
        f' height="{BAR_HEIGHT}" rx="{ROUND}"{soft}/>'
    )
    return f"<svg>{rect}</svg>" if before or after else rect


def _ghost(ghost: Bar, *, above: bool) -> str:
    """Draw where the bar lay at the time compared with, thin, and as softly as that time was vague."""
    seen, y = ghost.seen, GHOST_ABOVE if above else GHOST_TOP
    soft = f' fill="url(#{_paint_id(GHOST, seen.fade)})"' if seen.fade else ""
    place = f'x="{seen.x:g}%" y="{y}" width="{seen.width:g}%" height="{GHOST_HEIGHT}" rx="2.5"'
    return f'<rect class="rm-ghost{" soft" if soft else ""}" {place}{soft}/>'


def _reach(reach: tuple[float, float]) -> str:
    """Draw how long a vague milestone's time is, as a measured length: no bar has such ends."""
    first, last = reach
    line = f'<rect class="rm-reach" x="{first:g}%" y="{REACH_TOP}" width="{last - first:g}%" height="1.5"/>'
    ends = (f'<rect class="rm-reach" x="{x:g}%" y="{REACH_TOP - 1.5}" width="1.5" height="4.5"/>' for x in reach)
    return line + "".join(ends)


def _overrun(first: float, last: float) -> str:
    return f'<line class="rm-overrun" x1="{first:g}%" x2="{last:g}%" y1="{MIDDLE}" y2="{MIDDLE}"/>'


def _mark(placed: PlacedMark) -> str:
    diamond = f'<path class="rm-diamond {placed.kind}" d="{DIAMOND}"/>'
    drawn = f'<svg class="rm-mark" x="{placed.x:g}%" y="{MIDDLE}">{diamond}</svg>'
    return drawn + (_text(placed.label, "rm-mark-label") if placed.label else "")


def _text(label: Label, kind: str = "rm-bar-label") -> str:
    words = f"rm-label {kind}{' light' if label.light else ''}{'' if label.narrow else ' wide'}"
    anchor = ' text-anchor="end"' if label.side is Side.LEFT else ""
    y = BASELINES[label.line]
    return f'<text class="{words}" x="{label.x:g}%" dx="{label.dx}" y="{y}"{anchor}>{escape(label.text)}</text>'


def _tick(tick: Tick, kind: str, baseline: int) -> Iterator[str]:
    both = [(tick.label, "")] if tick.label == tick.short else [(tick.label, " wide"), (tick.short, " short")]
    for text, width in both:
        if text:
            yield f'<text class="{kind}{width}" x="{tick.x:g}%" dx="{TICK_INSET}" y="{baseline}">{escape(text)}</text>'


def _bands(roadmap: Roadmap) -> Iterator[str]:
    for band in roadmap.bands:
        if band.shaded:
            yield f'<rect class="rm-band" x="{band.x:g}%" width="{band.width:g}%" y="0" height="100%"/>'


def _term(band: Band) -> Iterator[str]:
    if band.x > 0:
        yield f'<line class="rm-tick year" x1="{band.x:g}%" x2="{band.x:g}%" y1="0" y2="100%"/>'
    if band.label:
        narrow = width_of(band.label, AXIS_SIZE) + TICK_INSET <= NARROW * band.width / 100
        wide = "" if narrow else " wide"
        place = f'x="{band.x:g}%" dx="{TICK_INSET}" y="{TERM_BASELINE}"'
        yield f'<text class="rm-tick-word{wide}" {place}>{escape(band.label)}</text>'


def _lines(roadmap: Roadmap, top: str = "0") -> Iterator[str]:
    years = {tick.x for tick in roadmap.axis.upper}
    for tick in roadmap.axis.lower:
        if tick.x not in years:
            yield f'<line class="rm-tick" x1="{tick.x:g}%" x2="{tick.x:g}%" y1="{top}" y2="100%"/>'
    for x in sorted(years):
        yield f'<line class="rm-tick year" x1="{x:g}%" x2="{x:g}%" y1="0" y2="100%"/>'


def _now(today: float) -> str:
    return "".join(
        f'<line class="{words}" x1="{today:g}%" x2="{today:g}%" y2="100%"/>' for words in ("rm-today-edge", "rm-today")
    )


def _paints(rows: Sequence[Row]) -> set[tuple[str, Fade]]:
    bars = [(row.tone, row.bar) for row in rows if row.bar]
    seen = {(str(tone), bar.seen.fade) for tone, bar in bars}
    done = {(PART, bar.done.fade) for _, bar in bars if bar.done}
    ghosts = {(GHOST, row.ghost.seen.fade) for row in rows if row.ghost}
    return {(paint, fade) for paint, fade in seen | done | ghosts if fade}


def _gradient(paint: str, fade: Fade) -> str:
    stops = "".join(
        f'<stop class="rm-stop {paint}" offset="{offset}%" stop-opacity="{opacity / 100:g}"/>'
        for offset, opacity in fade
    )
    return f'<linearGradient id="{_paint_id(paint, fade)}">{stops}</linearGradient>'


@lru_cache(maxsize=REMEMBERED)
def _paint_id(paint: str, fade: Fade) -> str:
    return "-".join(["rm", *paint.split(), *(f"{offset}_{opacity}" for offset, opacity in fade)])
