"""The mails of exports and imports: each is claimed before it goes (core.claims), so that nobody is told twice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import update

from portfolio.core.claims import Claim, Claimed, Clock, Sent, claim_row, send_claimed
from portfolio.exchange.models import ExportLetter, ImportNotice, LetterKind
from portfolio.files.mail import Mail, send_each

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

    from portfolio.config import Smtp


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail about one export to one user, ready to be claimed."""

    export_id: int
    user_id: int
    kind: LetterKind
    mail: Mail


def send_letters(
    engine: Engine, smtp: Smtp, letters: Sequence[Letter], clock: Clock, tell: Callable[[int], None] | None = None
) -> Sent:
    """Send those letters that nobody has claimed, or that the server refused before; none goes out twice.

    ``tell`` is told how many are behind; it may raise to stop the work between two letters.
    """
    claims = [_letter(one, clock) for one in letters]
    return send_claimed(engine, ExportLetter, claims, partial(send_each, smtp), clock, tell)


def send_notices(engine: Engine, smtp: Smtp, notices: Sequence[tuple[int, Mail]], clock: Clock) -> Sent:
    """Send the mails of import notices, by their ids, that nobody has claimed yet; none goes out twice."""
    claims = [_notice(identity, mail, clock) for identity, mail in notices]
    return send_claimed(engine, ImportNotice, claims, partial(send_each, smtp), clock)


def claim_letter(session: Session, letter: Letter, at: dt.datetime) -> int | None:
    """Take a letter up for sending and give its id; None when it went out, or somebody else is sending it."""
    key = {"export_id": letter.export_id, "user_id": letter.user_id, "kind": letter.kind}
    return claim_row(session, ExportLetter, key, at)


def claim_notice(session: Session, identity: int, at: dt.datetime) -> bool:
    """Take the mail of a notice up for sending; False when it was taken up before."""
    mine = update(ImportNotice).where(ImportNotice.id == identity, ImportNotice.claimed_at.is_(None))
    return session.scalar(mine.values(claimed_at=at).returning(ImportNotice.id)) is not None


def _letter(letter: Letter, clock: Clock) -> Claim[Mail]:
    def claim(session: Session) -> Claimed[Mail] | None:
        identity = claim_letter(session, letter, clock())
        return None if identity is None else Claimed((identity,), letter.mail)

    return claim


def _notice(identity: int, mail: Mail, clock: Clock) -> Claim[Mail]:
    def claim(session: Session) -> Claimed[Mail] | None:
        return Claimed((identity,), mail) if claim_notice(session, identity, clock()) else None

    return claim
