"""The style sheet's tokens as the chart needs them, in numbers; a test holds the two equal."""

from __future__ import annotations

from markupsafe import escape

from portfolio.roadmap.bars import MarkKind, Tone

INK, LINE, LANE, ICE, PAPER = "#17232e", "#e9eef1", "#f0f6fa", "#e3edf4", "#ffffff"
LINGON, SPRUCE = "#a81f43", "#1d6b4f"
COLOURS = {
    Tone.PROPOSED: "#56646f",
    Tone.PREPARED: "#56646f",
    Tone.APPROVED: "#5d4a8a",
    Tone.WAY: "#10629b",
    Tone.DONE: SPRUCE,
    Tone.PLAIN: "#56646f",
}
FILLS = {MarkKind.MILESTONE: INK, MarkKind.RECURRING: PAPER, MarkKind.COMPLETED: SPRUCE}
EDGES = {MarkKind.MILESTONE: PAPER, MarkKind.RECURRING: INK, MarkKind.COMPLETED: PAPER}


def safe(text: str) -> str:
    """Escape what Plotly would read as markup."""
    return str(escape(text))
