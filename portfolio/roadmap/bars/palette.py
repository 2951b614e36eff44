"""Which colour stands for which class, and which classes must share the grey one."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import cycle

from portfolio.roadmap.bars.model import LaneHead, Swatch, Tone

COLOURS = (Tone.C1, Tone.C2, Tone.C3, Tone.C4, Tone.C5, Tone.C6, Tone.C7, Tone.C8)
"""The colours of classes in the order in which they are given; the key "" and what is left take the plain one."""


def make_palette(heads: Sequence[LaneHead], used: Collection[str]) -> tuple[Swatch, ...]:
    """Give every class a swatch, in the order of the heads; a class keeps its colour whatever else is shown.

    Of more classes than there are colours, two share one: the earlier of those ``used`` has it, the other is then
    plain, and the words tell them apart. So a class never turns from one colour to another by what else is shown.
    """
    named = [head.key for head in heads if head.key]
    tones: dict[str, Tone] = {}
    for key, tone in zip(named, cycle(COLOURS), strict=False):
        if len(named) <= len(COLOURS) or (key in used and tone not in tones.values()):
            tones[key] = tone
    return tuple(Swatch(head.key, head.title, tones.get(head.key, Tone.PLAIN)) for head in heads)


def tones_by_key(palette: Sequence[Swatch]) -> Mapping[str, Tone]:
    """Give the tone of each key of a palette."""
    return {swatch.key: swatch.tone for swatch in palette}
