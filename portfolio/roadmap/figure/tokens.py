"""The style sheet's tokens as the chart needs them, in numbers; a test holds the two equal."""

from __future__ import annotations

from html import escape

from portfolio.roadmap.bars import MarkKind, Tone

INK, LINE, LANE, ICE, PAPER = "#17232e", "#e9eef1", "#f0f6fa", "#e3edf4", "#ffffff"
LINGON, SPRUCE, GHOST, QUIET, SHADE = "#a81f43", "#1d6b4f", "#7d8b96", "#56646f", "#f6f8fa"
COLOURS = {
    Tone.PROPOSED: "#56646f",
    Tone.PREPARED: "#56646f",
    Tone.APPROVED: "#5d4a8a",
    Tone.WAY: "#10629b",
    Tone.DONE: SPRUCE,
    Tone.PLAIN: "#56646f",
    Tone.C1: "#4a6db0",
    Tone.C2: "#b35c05",
    Tone.C3: "#347a1c",
    Tone.C4: "#7d1b92",
    Tone.C5: "#7e2a0a",
    Tone.C6: "#c7257f",
    Tone.C7: "#3524c4",
    Tone.C8: "#31494f",
}
FILLS = {MarkKind.MILESTONE: INK, MarkKind.RECURRING: PAPER, MarkKind.COMPLETED: SPRUCE}
EDGES = {MarkKind.MILESTONE: PAPER, MarkKind.RECURRING: INK, MarkKind.COMPLETED: PAPER}


def safe(text: str) -> str:
    """Escape what Plotly would read as markup."""
    return escape(text, quote=False)
