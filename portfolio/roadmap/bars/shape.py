"""From a timespan to a bar: where it begins and ends, and how softly, so that a vague time is never drawn as exact."""

from __future__ import annotations

from functools import lru_cache
from types import MappingProxyType

from portfolio.core.timespan import Kind, Precision, Timespan
from portfolio.roadmap.bars.model import Bar, Fade, Shape, Stretch
from portfolio.roadmap.bars.window import Window

EDGE = 0.2
"""Opacity at the outer edge of a vague end: faint, yet there, for the interval ends there."""
LEAD = 183
"""Days that a bar with an end only ("by") rises towards it: a sign that work comes before, not a date."""
OPEN_SHARE = 0.2
"""Share of the window over which a bar without an end fades out."""
SOFT_SHARE = 2 / 3
"""At most this much of a bar is soft: "autumn 2026" keeps a core that can be seen."""
UNIT_DAYS = MappingProxyType(
    {
        Precision.MONTH: 30,
        Precision.QUARTER: 91,
        Precision.SEASON: 123,
        Precision.HALF: 183,
        Precision.YEAR: 365,
        Precision.TERM: 1461,
    }
)
"""How long a time an end may lie in, by its precision; a season counts as four months. A day is exact."""
SMALLEST = 0.75
"""Per cent of the window that the shortest bar takes, so that a day can be seen in ten years."""
REMEMBERED = 8192
"""Results kept in mind: of thousands of bars most lie at one of some dozens of times."""


@lru_cache(maxsize=REMEMBERED)
def bar_of(span: Timespan, window: Window, progress: int | None) -> tuple[Shape | None, Bar | None]:
    """Give a timespan's bar in days, None where it has no interval, and what of it is seen in the window."""
    shape = shape_of(span, window)
    return shape, clip(shape, window, progress) if shape is not None else None


@lru_cache(maxsize=REMEMBERED)
def shape_of(span: Timespan, window: Window) -> Shape | None:
    """Give the bar of a timespan; None where it has no interval. An end that is not known reaches the window's edge."""
    if span.start is None and span.end is None and span.kind not in {Kind.ONGOING, Kind.RECURRING}:
        return None
    begins, ends = _reach(span, window)
    rise = _rise(span, begins, ends, window)
    fall = _fall(span, begins, ends, window)
    soft = rise + fall
    scale = min(1.0, SOFT_SHARE * (ends - begins) / soft) if soft else 1.0
    return Shape(
        begins,
        begins + rise * scale,
        ends - fall * scale,
        ends,
        _edge(rise, known=span.start is not None),
        _edge(fall, known=span.end is not None),
    )


def clip(shape: Shape, window: Window, progress: int | None) -> Bar | None:
    """Give what of a bar is seen in the window; None where nothing is. Progress is drawn between two known ends."""
    begins, ends = max(shape.begins, window.begins), min(shape.ends, window.ends)
    if begins >= ends:
        return None
    done = None
    if progress and not shape.open:
        reached = min(shape.begins + (shape.ends - shape.begins) * progress / 100, ends)
        done = _stretch(shape, begins, reached, window) if reached > begins else None
    seen = _at_least_smallest(_stretch(shape, begins, ends, window))
    full_from, full_to = max(shape.full_from, begins), min(shape.full_to, ends)
    full = (window.place(full_from), max(window.place(full_to), seen.right if full_to == ends else 0))
    return Bar(seen, full if full_from < full_to else None, done, shape.begins < begins, shape.ends > ends)


def _reach(span: Timespan, window: Window) -> tuple[int, int]:
    """Give the first day and the one after the last, as ordinals; unknown ends lie at or beyond the window's edge."""
    ends = max(window.ends, span.start.toordinal() + 1 if span.start else 0)
    if span.end:
        ends = span.end.toordinal() + 1
    if span.start:
        return span.start.toordinal(), ends
    return (max(ends - LEAD, 1) if span.end else window.begins), ends


def _rise(span: Timespan, begins: int, ends: int, window: Window) -> float:
    if span.start:
        return _unit(span.start_precision)
    return ends - begins if span.end else OPEN_SHARE * window.days


def _fall(span: Timespan, begins: int, ends: int, window: Window) -> float:
    if span.end is None:
        return min(OPEN_SHARE * window.days, ends - begins)
    return 0 if span.kind is Kind.BY else _unit(span.end_precision)


def _unit(precision: Precision) -> int:
    return UNIT_DAYS.get(precision, 0)


def _edge(soft: float, *, known: bool) -> float:
    if not known:
        return 0
    return EDGE if soft else 1


def _stretch(shape: Shape, begins: float, ends: float, window: Window) -> Stretch:
    """Place a part of the bar and say how it fades: at its edges and where it becomes full, in per cent of the part."""
    turns = [begins, *(day for day in (shape.full_from, shape.full_to) if begins < day < ends), ends]
    fade = [(round(100 * (day - begins) / (ends - begins)), round(100 * shape.opacity(day))) for day in turns]
    x = window.place(begins)
    return Stretch(x, round(window.place(ends) - x, 2), _without_repeats(fade))


def _without_repeats(fade: list[tuple[int, int]]) -> Fade:
    """Leave out what a straight line says already; a bar that is full all along has no fade at all."""
    kept = [
        point
        for before, point, after in zip([None, *fade], fade, [*fade[1:], None], strict=False)
        if before is None or after is None or not before[1] == point[1] == after[1]
    ]
    return () if all(opacity == 100 for _, opacity in kept) else tuple(kept)  # noqa: PLR2004 - per cent


def _at_least_smallest(stretch: Stretch) -> Stretch:
    if stretch.width >= SMALLEST:
        return stretch
    return Stretch(min(stretch.x, 100 - SMALLEST), SMALLEST, stretch.fade)
