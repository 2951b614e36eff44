"""What a bar's label says, from the fullest to the shortest wording, and where labels stand without ever overlapping.

Places are judged on the narrowest track (``ROOM`` pixels): each label hangs at a share of the width and has a length in
pixels, so that on any wider track the free room beside it only grows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from portfolio.core.language import N_, format_date, format_percent, say
from portfolio.register.rules import Status
from portfolio.roadmap.bars.model import Bar, Item, Label, Shape, Side
from portfolio.roadmap.bars.text_width import shorten, width_of

STATUS_WORDS = {
    Status.PROPOSED: N_("Proposed"),
    Status.IN_PREPARATION: N_("In preparation"),
    Status.APPROVED: N_("Approved"),
    Status.UNDER_WAY: N_("Under way"),
    Status.COMPLETED: N_("Completed"),
    Status.IN_USE: N_("In use"),
    Status.ESTABLISHED: N_("Established"),
    Status.PAUSED: N_("Paused"),
    Status.STOPPED: N_("Stopped"),
    Status.REJECTED: N_("Rejected"),
    Status.MERGED: N_("Merged"),
}
NO_END = N_("no end date")

MARK_LETTERS = 34
DIAMOND = 9
"""Pixels from the middle of a diamond to its edge, its white line included."""
TODAY = 4
"""Pixels kept free at each side of the line of today."""
INSET = 8
GAP = 5


def wordings(item: Item, shape: Shape, language: str) -> list[str]:
    """Give the texts that may stand at a bar, the fullest first; none where the colour says it all."""
    status = say(STATUS_WORDS[item.status], language)
    match item.status:
        case Status.UNDER_WAY:
            texts = [] if item.progress is None else [format_percent(item.progress, language)]
        case Status.COMPLETED if item.completed_on:
            texts = [f"✓ {status} {format_date(item.completed_on, language)}", f"✓ {status}", "✓"]
        case Status.COMPLETED | Status.IN_USE | Status.ESTABLISHED:
            texts = [f"✓ {status}", "✓"]
        case _:
            texts = [status]
    if shape.last_edge == 0 and item.status not in FINISHED:
        no_end = say(NO_END, language)
        texts = [f"{texts[0]} · {no_end}", *texts] if texts else [no_end]
    return texts


FINISHED = frozenset(
    {Status.COMPLETED, Status.IN_USE, Status.ESTABLISHED, Status.STOPPED, Status.REJECTED, Status.MERGED}
)


@dataclass(slots=True)
class Track:
    """The pixels of one row that are taken, on a track of a given width; two lines of text."""

    room: int
    taken: tuple[list[tuple[float, float]], list[tuple[float, float]]] = field(default_factory=lambda: ([], []))

    def pixels(self, x: float) -> float:
        """Give the pixel of a place in per cent."""
        return x * self.room / 100

    def take(self, line: int, start: float, end: float) -> None:
        """Take room on a line."""
        self.taken[line].append((start, end))

    def span(self, label: Label) -> tuple[float, float]:
        """Give the first and last pixel of a label."""
        at, width = self.pixels(label.x) + label.dx, width_of(label.text)
        return (at - width, at) if label.side is Side.LEFT else (at, at + width)

    def fits(self, label: Label, within: tuple[float, float] | None = None) -> bool:
        """Tell whether a label stands in the track, within the places given in per cent, and touches nothing."""
        start, end = self.span(label)
        first, last = (0.0, 100.0) if within is None else within
        if start < self.pixels(first) or end > self.pixels(last):
            return False
        return all(end + GAP <= left or start - GAP >= right for left, right in self.taken[label.line])


def prepare(
    room: int, now: float | None, marks: Iterable[tuple[float, float]], overrun: tuple[float, float] | None
) -> Track:
    """Give a track on which the line of today, the diamonds and the overrun are taken; all places in per cent."""
    track = Track(room)
    if now is not None:
        for line in (0, 1):
            track.take(line, track.pixels(now) - TODAY, track.pixels(now) + TODAY)
    if overrun is not None:
        track.take(0, track.pixels(overrun[0]), track.pixels(overrun[1]))
    for first, last in marks:
        track.take(0, track.pixels(first) - DIAMOND, track.pixels(last) + DIAMOND)
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
