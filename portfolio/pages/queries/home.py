"""What waits for a person on the home page, and what changed last."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from portfolio.core import history
from portfolio.pages.queries.words import RevisionWords, described
from portfolio.register import queries as register
from portfolio.register.rules import InitiativeFilter, Status, is_late

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy.orm import Session

    from portfolio.core.rights import Actor
    from portfolio.register.models import Initiative

SHOWN = 8
LATEST = 6
NAMED = 3


@dataclass(frozen=True, slots=True)
class Latest:
    """One of the latest revisions: the first initiatives it touched and how many more; changes where it is one."""

    initiatives: tuple[Initiative, ...]
    more: int
    words: RevisionWords


@dataclass(frozen=True, slots=True)
class Home:
    """The home page's facts: own items, late ones, counts by status, the latest changes."""

    mine: tuple[Initiative, ...]
    late: tuple[Initiative, ...]
    late_ids: frozenset[int]
    undated: int
    without_owner: int
    by_status: dict[Status, int]
    latest: tuple[Latest, ...]

    @property
    def total(self) -> int:
        """How many initiatives the municipality has."""
        return sum(self.by_status.values())


def home(session: Session, actor: Actor, municipality_id: int, today: dt.date, language: str) -> Home:
    """Gather the home page in a number of queries that does not grow with the register."""
    mine = register.initiatives_of_posts(session, municipality_id, actor.post_ids, today=today)
    late = register.overdue(session, municipality_id, today=today, limit=SHOWN)
    undated = register.find_initiatives(
        session, municipality_id, InitiativeFilter(undated=True), today=today, per_page=1
    )
    return Home(
        tuple(mine[:SHOWN]),
        tuple(late),
        frozenset(one.id for one in (*mine, *late) if is_late(one.status, one.ends_on, today)),
        undated.total,
        register.count_without_owner(session, municipality_id),
        register.count_by_status(session, municipality_id, InitiativeFilter(), today=today),
        _latest(session, municipality_id, language),
    )


def _latest(session: Session, municipality_id: int, language: str) -> tuple[Latest, ...]:
    changes = history.latest_changes(session, municipality_id, entities=("initiative",), limit=LATEST)
    touched = [list(dict.fromkeys(change.entity_id for change in one.changes)) for one in changes]
    titles = register.titles_of(session, municipality_id, {one for ids in touched for one in ids[:NAMED]})
    words = described(session, municipality_id, changes, language)
    return tuple(
        Latest(tuple(titles[one] for one in ids[:NAMED] if one in titles), max(0, len(ids) - NAMED), one_words)
        for ids, one_words in zip(touched, words, strict=True)
    )
