"""Mails that are sent once: each is claimed in a transaction of its own before it goes, and its fate is noted after."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import update
from sqlalchemy.dialects import postgresql, sqlite

from portfolio.core.database import is_sqlite, open_session
from portfolio.exchange.models import ExportLetter, ImportNotice, LetterKind
from portfolio.files.mail import Mail, send_each

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

    from portfolio.config import Smtp

LONGEST_REASON = 300
Clock = Callable[[], dt.datetime]


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail about one export to one user, ready to be claimed."""

    export_id: int
    user_id: int
    kind: LetterKind
    mail: Mail


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of mails: how many the server took and refused, and how many had been claimed before."""

    taken: int = 0
    refused: int = 0
    earlier: int = 0


def send_letters(
    engine: Engine, smtp: Smtp, letters: Sequence[Letter], clock: Clock, tell: Callable[[int], None] | None = None
) -> Sent:
    """Send those letters that nobody has claimed, or that the server refused before; none goes out twice.

    ``tell`` is told how many are behind; it may raise to stop the work between two letters.
    """

    def claim(one: Letter) -> Callable[[Session], int | None]:
        return lambda session: claim_letter(session, one, clock())

    return _send(engine, smtp, ExportLetter, [(claim(one), one.mail) for one in letters], clock, tell)


def send_notices(engine: Engine, smtp: Smtp, notices: Sequence[tuple[int, Mail]], clock: Clock) -> Sent:
    """Send the mails of import notices, by their ids, that nobody has claimed yet; none goes out twice."""

    def claim(identity: int) -> Callable[[Session], int | None]:
        return lambda session: identity if claim_notice(session, identity, clock()) else None

    return _send(engine, smtp, ImportNotice, [(claim(identity), mail) for identity, mail in notices], clock)


def claim_letter(session: Session, letter: Letter, at: dt.datetime) -> int | None:
    """Take a letter up for sending and give its id; None when it went out, or somebody else is sending it."""
    dialect = sqlite if is_sqlite(session) else postgresql
    values = {"export_id": letter.export_id, "user_id": letter.user_id, "kind": letter.kind, "claimed_at": at}
    statement = dialect.insert(ExportLetter).values(values)
    claim = statement.on_conflict_do_update(
        index_elements=[ExportLetter.export_id, ExportLetter.user_id, ExportLetter.kind],
        set_={"claimed_at": statement.excluded.claimed_at, "refused": None},
        where=ExportLetter.refused.is_not(None),
    )
    identity: int | None = session.scalar(claim.returning(ExportLetter.id))
    return identity


def claim_notice(session: Session, identity: int, at: dt.datetime) -> bool:
    """Take the mail of a notice up for sending; False when it was taken up before."""
    mine = update(ImportNotice).where(ImportNotice.id == identity, ImportNotice.claimed_at.is_(None))
    return session.scalar(mine.values(claimed_at=at).returning(ImportNotice.id)) is not None


def _send(
    engine: Engine,
    smtp: Smtp,
    model: type[ExportLetter | ImportNotice],
    letters: Sequence[tuple[Callable[[Session], int | None], Mail]],
    clock: Clock,
    tell: Callable[[int], None] | None = None,
) -> Sent:
    """Claim, send and note each before the next, so that a break leaves no more than one in doubt."""
    mine: list[int] = []

    def claimed() -> Iterator[Mail]:
        for number, (claim, mail) in enumerate(letters):
            if tell is not None:
                tell(number)
            with _brief(engine) as session:
                identity = claim(session)
            if identity is not None:
                mine.append(identity)
                yield mail

    refused = 0
    for reason in send_each(smtp, claimed()):
        fate = {"sent_at": clock()} if reason is None else {"refused": reason[:LONGEST_REASON]}
        with _brief(engine) as session:
            session.execute(update(model).where(model.id == mine[-1]).values(fate))
        refused += reason is not None
    return Sent(len(mine) - refused, refused, len(letters) - len(mine))


@contextmanager
def _brief(engine: Engine) -> Iterator[Session]:
    with open_session(engine, write=True) as session, session.begin():
        yield session
