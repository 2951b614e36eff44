"""How much a file may hold: more is refused in words before it is made, as it would fill the server's memory."""

from __future__ import annotations

from portfolio.core.language import N_
from portfolio.core.problem import Problem, Refusal

MOST = 4_000
"""Initiatives. In a presentation each takes 0.1 MB of memory while it is made; ten thousand in a document take 20 s."""
SLIDES = N_("%(count)s initiatives are too many for a presentation, which holds %(most)s. Narrow the roadmap down.")
PAPER = N_(
    "%(count)s initiatives are too many for a PDF, which holds %(most)s. Narrow the roadmap down, or take the Excel."
)


def refuse_more(count: int, words: str) -> None:
    """Refuse more initiatives than ``MOST`` with one of the sentences above."""
    if count > MOST:
        raise Refusal(Problem(words, {"count": count, "most": MOST}))
