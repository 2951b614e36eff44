"""Search over initiatives, decisions, portfolios, forums and posts: every word of the text as a part of a word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from portfolio.core.text import search_key
from portfolio.forums import queries as forums
from portfolio.organisation import queries as organisation
from portfolio.register import queries as register
from portfolio.register.rules import InitiativeFilter

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy.orm import Session

    from portfolio.forums.models import Decision, Forum
    from portfolio.organisation.models import Post
    from portfolio.register.models import Initiative, Portfolio

SHOWN = 20
SHORTEST_TEXT = 2

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Finds(Generic[T]):
    """The first finds of one kind, and how many there are."""

    rows: tuple[T, ...]
    total: int

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.total - len(self.rows)


@dataclass(frozen=True, slots=True)
class SearchResults:
    """What a text finds, kind by kind."""

    initiatives: Finds[Initiative]
    decisions: Finds[Decision]
    portfolios: Finds[Portfolio]
    forums: Finds[Forum]
    posts: Finds[Post]

    @property
    def total(self) -> int:
        """How many finds there are in all."""
        kinds = (self.initiatives, self.decisions, self.portfolios, self.forums, self.posts)
        return sum(one.total for one in kinds)


def search(
    session: Session, municipality_id: int, text: str, *, today: dt.date, at: int | None = None
) -> SearchResults:
    """Find what holds every word of a text, the first twenty of each kind and their number, now or at a revision."""
    wanted = InitiativeFilter(text=text)
    page = register.find_initiatives(session, municipality_id, wanted, today=today, per_page=SHOWN, at=at)
    words = wanted.words

    def those(rows: Iterable[T], *fields: str) -> Finds[T]:
        kept = tuple(row for row in rows if _holds(words, (getattr(row, field) for field in fields)))
        return Finds(kept[:SHOWN], len(kept))

    portfolios = (one.portfolio for one in register.portfolios(session, municipality_id, at=at))
    return SearchResults(
        Finds(page.rows, page.total),
        those(
            forums.decisions(session, municipality_id, at=at),
            *("title_fi", "title_sv", "case_number", "section", "decision"),
        ),
        those(portfolios, "name_fi", "name_sv", "code"),
        those(forums.forums(session, municipality_id, at=at), "name_fi", "name_sv", "case_number", "tasks"),
        those(organisation.posts(session, municipality_id, at=at), "title_fi", "title_sv"),
    )


def _holds(words: Iterable[str], texts: Iterable[str | None]) -> bool:
    haystack = search_key(" ".join(text for text in texts if text))
    return all(word in haystack for word in words)
