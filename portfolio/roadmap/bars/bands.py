"""Council terms behind the bars."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from portfolio.core.language import N_, say
from portfolio.roadmap.bars.axis import PADDING, ROOM
from portfolio.roadmap.bars.model import Band
from portfolio.roadmap.bars.text_width import AXIS_SIZE, width_of
from portfolio.roadmap.bars.window import Term, Window

TERM = N_("Council term %(first)s–%(last)s")


def bands_of(window: Window, terms: Sequence[Term], language: str) -> Iterator[Band]:
    """Give the council terms of the window in order of time.

    Of all terms every second one is shaded, so that a term looks the same in every window that shows it.
    """
    for place, (first, last) in enumerate(sorted(terms)):
        if last < window.first or first > window.last:
            continue
        x, right = window.place(first.toordinal()), window.place(last.toordinal() + 1)
        words = say(TERM, language, first=first.year, last=last.year)
        years, room = f"{first.year}–{last.year}", ROOM * (right - x) / 100
        fitting = (text for text in (words, years) if width_of(text, AXIS_SIZE) + PADDING <= room)
        yield Band(x, round(right - x, 2), next(fitting, ""), words, shaded=place % 2 == 1)
