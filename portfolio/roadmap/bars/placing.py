"""Where labels stand without ever touching another, a diamond, the line of today or the edge of a bar.

Places are judged on the narrowest track (``ROOM`` pixels): each label hangs at a share of the width and has a length in
pixels, so that on any wider track the free room beside it only grows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from portfolio.roadmap.bars.model import Bar, Label, Side
from portfolio.roadmap.bars.text_width import shorten, width_of

MARK_LETTERS = 34
DIAMOND = 9
"""Pixels from the middle of a diamond to its edge, its white line included."""
TODAY = 4
"""Pixels kept free at each side of the line of today."""
INSET = 8
GAP = 5


@dataclass(slots=True)
class Track:
    """The pixels of one row that are taken, on a track of a given width; two lines of text."""

    room: int
    taken: tuple[list[tuple[float, float]], list[tuple[float, float]]] = field(default_factory=lambda: ([], []))

    def take(self, line: int, start: float, end: float) -> None:
        """Take room on a line, from a pixel to a pixel."""
        self.taken[line].append((start, end))

    def span(self, label: Label) -> tuple[float, float]:
        """Give the first and last pixel of a label."""
        at, width = label.x * self.room / 100 + label.dx, width_of(label.text)
        return (at - width, at) if label.side is Side.LEFT else (at, at + width)

    def fits(self, label: Label, within: tuple[float, float]) -> bool:
        """Tell whether a label stands within the places given in per cent, and touches nothing."""
        start, end = self.span(label)
        scale = self.room / 100
        if start < within[0] * scale or end > within[1] * scale:
            return False
        return all(end + GAP <= left or start - GAP >= right for left, right in self.taken[label.line])


def prepare(
    room: int, now: float | None, marks: Iterable[tuple[float, float]], overrun: tuple[float, float] | None
) -> Track:
    """Give a track on which the line of today, the diamonds and the overrun are taken; all places in per cent."""
    track, scale = Track(room), room / 100
    if now is not None:
        for line in (0, 1):
            track.take(line, now * scale - TODAY, now * scale + TODAY)
    if overrun is not None:
        track.take(0, overrun[0] * scale, overrun[1] * scale)
    for first, last in marks:
        track.take(0, first * scale - DIAMOND, last * scale + DIAMOND)
    return track


def place_bar_label(
    texts: Sequence[str], bar: Bar, tracks: tuple[Track, Track], now: float | None, *, filled: bool
) -> Label | None:
    """Place a bar's label in its full part or beside it, in the fullest wording that fits, and take its room.

    ``tracks`` are the wide and the narrow one; ``now`` is the line of today, after which it may begin as well. It never
    follows a diamond, whose own label it would seem to be.
    """
    wide, narrow = tracks
    zone = _readable(bar, filled=filled)
    for text in texts:
        for candidate, within in _candidates(text, bar, zone, now, light=filled):
            if wide.fits(candidate, within):
                label = Label(
                    text, candidate.x, candidate.dx, candidate.side, 0, candidate.light, narrow.fits(candidate, within)
                )
                wide.take(0, *wide.span(label))
                return label
    return None


def place_mark_label(text: str, x: float, bar: Bar | None, track: Track, *, filled: bool) -> Label | None:
    """Place a mark's label beside its diamond, clear of the bar's edges, else below the bar, and take its room."""
    words = shorten(text, MARK_LETTERS)
    for candidate, within in _beside(words, x, bar, filled=filled):
        if track.fits(candidate, within):
            track.take(candidate.line, *track.span(candidate))
            return candidate
    return None


def _readable(bar: Bar, *, filled: bool) -> tuple[float, float] | None:
    """Give the part of a bar, in per cent, where text can be read: where it is full, or all of an outline."""
    return bar.full if filled else (bar.seen.x, bar.seen.right)


def _candidates(
    text: str, bar: Bar, zone: tuple[float, float] | None, now: float | None, *, light: bool
) -> Iterator[tuple[Label, tuple[float, float]]]:
    """Give the places for a bar's label: from the start of its full part, after the line of today, then beside it."""
    if zone is not None:
        yield Label(text, zone[0], INSET, Side.INSIDE, light=light), zone
        if now is not None and zone[0] < now < zone[1]:
            yield Label(text, now, INSET + TODAY, Side.INSIDE, light=light), zone
    yield Label(text, bar.seen.right, GAP, Side.RIGHT), (bar.seen.right, 100)
    yield Label(text, bar.seen.x, -GAP, Side.LEFT), (0, bar.seen.x)


def _beside(text: str, x: float, bar: Bar | None, *, filled: bool) -> Iterator[tuple[Label, tuple[float, float]]]:
    """Give the places for a mark's label: on the bar's line wholly in or out of the bar, then below."""
    beyond = DIAMOND + GAP
    for zone, light in _zones(bar, filled=filled):
        if zone[0] <= x <= zone[1]:
            yield Label(text, x, beyond, Side.RIGHT, light=light), zone
            yield Label(text, x, -beyond, Side.LEFT, light=light), zone
    yield Label(text, x, -DIAMOND, Side.RIGHT, line=1), (0, 100)
    yield Label(text, x, DIAMOND, Side.LEFT, line=1), (0, 100)


def _zones(bar: Bar | None, *, filled: bool) -> Iterator[tuple[tuple[float, float], bool]]:
    """Give the stretches of a track over which text keeps one colour, and whether that colour is light."""
    if bar is None:
        yield (0, 100), False
        return
    yield (0, bar.seen.x), False
    yield (bar.seen.right, 100), False
    full = _readable(bar, filled=filled)
    if full is not None:
        yield full, filled
