"""Search over initiatives, decisions, forums and posts: every word of the text as a part of a word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from portfolio.core.text import search_key
from portfolio.forums import queries as forums
from portfolio.organisation import queries as organisation
from portfolio.register import queries as register
from portfolio.register.rules import InitiativeFilter

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

    from portfolio.forums.models import Decision, Forum
    from portfolio.organisation.models import Post
    from portfolio.register.queries import Page

SHOWN = 20
SHORTEST_TEXT = 2


@dataclass(frozen=True, slots=True)
class Found:
    """What a text finds, kind by kind."""

    initiatives: Page
    decisions: tuple[Decision, ...]
    forums: tuple[Forum, ...]
    posts: tuple[Post, ...]

    @property
    def total(self) -> int:
        """How many finds there are in all."""
        return self.initiatives.total + len(self.decisions) + len(self.forums) + len(self.posts)


def search(session: Session, municipality_id: int, text: str, *, today: dt.date, at: int | None = None) -> Found:
    """Find initiatives (the first twenty and their number), decisions, forums and posts, now or at a revision."""
    words = search_key(text).split()
    return Found(
        register.find_initiatives(
            session, municipality_id, InitiativeFilter(text=text), today=today, per_page=SHOWN, at=at
        ),
        tuple(
            one
            for one in forums.decisions(session, municipality_id, at=at)
            if _holds(words, one.title_fi, one.title_sv, one.case_number, one.section, one.decision)
        ),
        tuple(
            one
            for one in forums.forums(session, municipality_id, at=at)
            if _holds(words, one.name_fi, one.name_sv, one.case_number, one.tasks)
        ),
        tuple(
            one
            for one in organisation.posts(session, municipality_id, at=at)
            if _holds(words, one.title_fi, one.title_sv)
        ),
    )


def _holds(words: Iterable[str], *texts: str | None) -> bool:
    haystack = search_key(" ".join(text for text in texts if text))
    return all(word in haystack for word in words)
