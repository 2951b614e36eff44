"""What leaves the system once, such as a mail: claimed in a transaction of its own, sent, and its fate noted at once.

A row is claimed before the sending begins, so that nobody is told the same twice, whoever else sends. A refused one
may be claimed again. One that was claimed and has neither outcome was being sent when something broke off, here or on
the way to the server: nobody knows whether it went, so it is not sent again by itself but listed for a person.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeAlias, TypeVar

from sqlalchemy import String, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from portfolio.core.columns import Moment
from portfolio.core.database import Base, is_sqlite, open_session
from portfolio.core.fate import Fate, Outcome

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

LONGEST_REASON = 300
T = TypeVar("T")
Clock: TypeAlias = Callable[[], dt.datetime]


class Claimable(Base):
    """The columns that tell what became of something that is sent once; ``refused`` is why the server did not take it.

    Its table has ``claimed_at`` too, empty where a row is made before anybody takes it up.
    """

    __abstract__ = True

    id: Mapped[int] = mapped_column(primary_key=True, sort_order=-10)
    sent_at: Mapped[dt.datetime | None] = mapped_column(Moment, sort_order=10)
    refused: Mapped[str | None] = mapped_column(String(LONGEST_REASON), sort_order=11)


@dataclass(frozen=True, slots=True)
class Claimed(Generic[T]):
    """What was claimed: the ids of its rows, and what is sent for all of them together."""

    ids: Collection[int]
    content: T


Claim: TypeAlias = "Callable[[Session], Claimed[T] | None]"
"""Claims one thing in the session's transaction; None when it went out, or somebody else is sending it."""
Send: TypeAlias = Callable[[Iterable[T]], Iterator[Outcome]]
"""Sends one after another and tells of each, when its turn is over, what became of it."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of mails: how many the server took and refused, had been claimed before, and are in doubt."""

    taken: int = 0
    refused: int = 0
    earlier: int = 0
    unknown: int = 0

    def __add__(self, other: Sent) -> Sent:
        """Count two together."""
        return Sent(
            taken=self.taken + other.taken,
            refused=self.refused + other.refused,
            earlier=self.earlier + other.earlier,
            unknown=self.unknown + other.unknown,
        )


def send_claimed(
    engine: Engine,
    model: type[Claimable],
    claims: Sequence[Claim[T]],
    send: Send[T],
    clock: Clock,
    tell: Callable[[int], None] | None = None,
) -> Sent:
    """Claim, send and note each before the next, so that a break leaves no more than one in doubt.

    Of one whose outcome is not known nothing is noted: it stays claimed, and is not sent again. ``tell`` is told how
    many are behind; it may raise to stop the work between two.
    """
    mine: list[Collection[int]] = []

    def claimed() -> Iterator[T]:
        for number, claim in enumerate(claims):
            if tell is not None:
                tell(number)
            with _brief(engine) as session:
                found = claim(session)
            if found is not None:
                mine.append(found.ids)
                yield found.content

    fates: Counter[Fate] = Counter()
    for outcome in send(claimed()):
        fates[outcome.fate] += 1
        if outcome.fate is not Fate.UNKNOWN:
            taken = outcome.fate is Fate.TAKEN
            told = {"sent_at": clock()} if taken else {"refused": outcome.reason[:LONGEST_REASON]}
            with _brief(engine) as session:
                session.execute(update(model).where(model.id.in_(mine[-1])).values(told))
    return Sent(
        taken=fates[Fate.TAKEN],
        refused=fates[Fate.REFUSED],
        earlier=len(claims) - len(mine),
        unknown=fates[Fate.UNKNOWN],
    )


def claim_row(session: Session, model: type[Claimable], key: Mapping[str, Any], at: dt.datetime) -> int | None:
    """Take a row up for sending, new or refused before, and give its id; None when somebody else has it or had it."""
    dialect = sqlite if is_sqlite(session) else postgresql
    statement = dialect.insert(model).values({**key, "claimed_at": at})
    claim = statement.on_conflict_do_update(
        index_elements=list(key),
        set_={"claimed_at": statement.excluded.claimed_at, "refused": None},
        where=model.refused.is_not(None),
    )
    identity: int | None = session.scalar(claim.returning(model.id))
    return identity


@contextmanager
def _brief(engine: Engine) -> Iterator[Session]:
    with open_session(engine, write=True) as session, session.begin():
        yield session
