"""What the choice of clocks and kinds is called."""

from __future__ import annotations

from portfolio.web.language import gettext
from portfolio.yearclock.forms import AskedClock
from portfolio.yearclock.rules import KIND_WORDS


def narrowed(asked: AskedClock) -> list[str]:
    """Name the clocks and kinds chosen; none where everything is shown."""
    return [head.title for head in asked.heads] + [gettext(KIND_WORDS[one]) for one in sorted(asked.kinds)]
