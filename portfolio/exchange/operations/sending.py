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


def send_letters(engine: Engine, smtp: Smtp, letters: Sequence[Letter], clock: Clock) -> Sent:
    """Send those letters that nobody has claimed, or that the server refused before; none goes out twice."""
    with _brief(engine) as session:
        claimed = [(claim_letter(session, one, clock()), one.mail) for one in letters]
    return _send(engine, smtp, ExportLetter, claimed, clock)


def send_notices(engine: Engine, smtp: Smtp, notices: Sequence[tuple[int, Mail]], clock: Clock) -> Sent:
    """Send the mails of import notices, by their ids, that nobody has claimed yet; none goes out twice."""
    with _brief(engine) as session:
        claimed = [(identity if claim_notice(session, identity, clock()) else None, mail) for identity, mail in notices]
    return _send(engine, smtp, ImportNotice, claimed, clock)


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
    claimed: Sequence[tuple[int | None, Mail]],
    clock: Clock,
) -> Sent:
    """Send what was claimed and note of each at once what became of it, so that a break leaves the least in doubt."""
    mine = [(identity, mail) for identity, mail in claimed if identity is not None]
    refused = 0
    for (identity, _mail), reason in zip(mine, send_each(smtp, [mail for _, mail in mine]), strict=True):
        fate = {"sent_at": clock()} if reason is None else {"refused": reason[:LONGEST_REASON]}
        with _brief(engine) as session:
            session.execute(update(model).where(model.id == identity).values(fate))
        refused += reason is not None
    return Sent(len(mine) - refused, refused, len(claimed) - len(mine))


@contextmanager
def _brief(engine: Engine) -> Iterator[Session]:
    with open_session(engine, write=True) as session, session.begin():
        yield session
