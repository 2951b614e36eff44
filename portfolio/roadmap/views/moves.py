"""The links by which rows of the roadmap are moved in time, written in one go."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import urlencode

from flask import url_for
from markupsafe import Markup, escape

from portfolio.core.timespan import EMPTY, Ends, Timespan, steps_of
from portfolio.roadmap.bars import Item
from portfolio.web.current import current
from portfolio.web.language import gettext

SOME_ID = 9_007_199_254_740_991
"""Stands in an address for any initiative; no other part of an address holds it."""
KEY = "M"
NO_STEPS = "-"
REMEMBERED = 4096
"""Of thousands of rows many lie at the same times, and the same page is asked for again and again."""


class MoveLinks:
    """Writes the link of one row after another; each comes back to ``back`` when the move has been saved."""

    def __init__(self, back: str) -> None:
        """Write what all links say alike."""
        address = f"{url_for('roadmap.move', initiative=SOME_ID)}?{urlencode({'next': back})}"
        self._before, self._after = map(escape, address.split(str(SOME_ID)))
        shortcuts = current.user.shortcuts if current.user else False
        self._key = Markup(' aria-keyshortcuts="{}"').format(KEY) if shortcuts else Markup()
        self._word = escape(gettext("Move"))

    def link(self, item: Item) -> Markup | None:
        """Write the link of one initiative, with the units by which its bar may be dragged; None where it may not."""
        if not item.movable:
            return None
        lang = f' lang="{item.title_language}"' if item.title_language else ""
        return Markup(  # noqa: S704 -- each part is escaped
            f'<a class="rm-move" href="{self._before}{item.id}{self._after}"{self._key}'
            f' data-steps="{steps_in_letters(item.span or EMPTY)}">{self._word}'
            f'<span class="visually-hidden"{lang}>: {escape(item.title)}</span></a>'
        )


@lru_cache(maxsize=REMEMBERED)
def steps_in_letters(span: Timespan) -> str:
    """Give the units by which a time, its start and its end may be moved, a letter each: "mqhy mqhy -"."""
    return " ".join("".join(step[0] for step in steps_of(span, ends)) or NO_STEPS for ends in Ends)
