"""The pure part of the roadmap: what every renderer (table, chart, later slides and documents) draws alike.

``lay_out`` turns items into lanes of placed bars; ``choose_window`` says which time is shown.
"""

from portfolio.roadmap.bars.axis import NARROW, ROOM, Axis, Tick
from portfolio.roadmap.bars.layout import lay_out
from portfolio.roadmap.bars.model import (
    Arrangement,
    Arrow,
    Band,
    Bar,
    Compared,
    Item,
    Label,
    Lane,
    LaneHead,
    Mark,
    MarkKind,
    Need,
    Order,
    PlacedMark,
    Roadmap,
    Row,
    Shape,
    Side,
    Stretch,
    Swatch,
    Tone,
    Where,
)
from portfolio.roadmap.bars.occurrences import yearly_marks
from portfolio.roadmap.bars.window import Scale, Window, choose_window, neighbours
from portfolio.roadmap.bars.words import Sign, period, sentence

__all__ = [
    "NARROW",
    "ROOM",
    "Arrangement",
    "Arrow",
    "Axis",
    "Band",
    "Bar",
    "Compared",
    "Item",
    "Label",
    "Lane",
    "LaneHead",
    "Mark",
    "MarkKind",
    "Need",
    "Order",
    "PlacedMark",
    "Roadmap",
    "Row",
    "Scale",
    "Shape",
    "Side",
    "Sign",
    "Stretch",
    "Swatch",
    "Tick",
    "Tone",
    "Where",
    "Window",
    "choose_window",
    "lay_out",
    "neighbours",
    "period",
    "sentence",
    "yearly_marks",
]
