"""The ghost of a bar: where it lay at the time compared with, as softly ended as that time was vague."""

from __future__ import annotations

from dataclasses import replace

from portfolio.roadmap.bars.model import Bar, Item
from portfolio.roadmap.bars.shape import clip, shape_of
from portfolio.roadmap.bars.window import Window


def ghost_of(item: Item, bar: Bar | None, window: Window) -> Bar | None:
    """Give the bar of the old time, without progress; None where the time did not change or is drawn the same.

    ``bar`` is what is drawn of the new time: None where it is outside the window or there is none.
    """
    change = item.change.time if item.change is not None else None
    if change is None or change.old is None:
        return None
    shape = shape_of(change.old, window)
    ghost = clip(shape, window, None) if shape is not None else None
    return None if bar is not None and ghost == replace(bar, done=None) else ghost
