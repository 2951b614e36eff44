"""What became of the reminders that have gone out: by mail, and by the job that sent them."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from portfolio.accounts.models import User
from portfolio.core.claims import Sent
from portfolio.core.fate import Fate
from portfolio.core.jobs import Job
from portfolio.core.text import sort_key
from portfolio.reviews.models import Review, ReviewReminder, ReviewRound
from portfolio.reviews.rules import ReminderStage, RoundState

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

OF_ROUND = "reminders"
"""The kind of job that sends what is due in a round today; its subject is the round."""
IN_DOUBT = dt.timedelta(minutes=5)
"""How long a mail may be on its way before its outcome counts as unknown; a mail server is waited for much less."""


@dataclass(frozen=True, slots=True)
class PastMail:
    """One mail of a round that was claimed: when, of which of its reminders, and what became of it."""

    user: User
    stage: ReminderStage
    claimed_at: dt.datetime
    sent_at: dt.datetime | None
    refused: str | None
    ids: Sequence[int]

    @property
    def fate(self) -> Fate:
        """What became of it; unknown as long as it may be on its way, too."""
        if self.sent_at is not None:
            return Fate.TAKEN
        return Fate.UNKNOWN if self.refused is None else Fate.REFUSED

    def in_doubt(self, now: dt.datetime) -> bool:
        """Tell whether nobody knows if it went."""
        return self.fate is Fate.UNKNOWN and self.claimed_at < now - IN_DOUBT


def past_mails(session: Session, municipality_id: int, round_id: int) -> list[PastMail]:
    """Return the mails of a round, the latest first; what went in one mail is one."""
    return _mails(session, Review.municipality_id == municipality_id, Review.round_id == round_id)


def stuck_mails(session: Session, municipality_id: int, now: dt.datetime) -> list[PastMail]:
    """Return the mails of open rounds that nobody knows the outcome of: a person decides whether they go again."""
    unknown = _mails(
        session,
        ReviewRound.municipality_id == municipality_id,
        ReviewRound.state == RoundState.OPEN,
        ReviewRound.removed.is_(False),
        ReviewReminder.sent_at.is_(None),
        ReviewReminder.refused.is_(None),
    )
    return [one for one in unknown if one.in_doubt(now)]


def sent_by(session: Session, job: Job) -> Sent:
    """Count what became of the mails of a job's round since the job was made."""
    mails = _mails(session, Review.round_id == job.subject_id, ReviewReminder.claimed_at >= job.made_at)
    fates = Counter(one.fate for one in mails)
    return Sent(taken=fates[Fate.TAKEN], refused=fates[Fate.REFUSED], unknown=fates[Fate.UNKNOWN])


def get_sending(session: Session, municipality_id: int, key: int, *, at: int | None = None) -> Job | None:
    """Find a job of reminders of a municipality by its id (a loader); jobs have no history."""
    job = session.get(Job, key) if at is None else None
    return job if job is not None and job.municipality_id == municipality_id and job.kind == OF_ROUND else None


def _mails(session: Session, *conditions: ColumnElement[bool]) -> list[PastMail]:
    chosen = (
        select(ReviewReminder, User)
        .join(Review, Review.id == ReviewReminder.review_id)
        .join(ReviewRound, ReviewRound.id == Review.round_id)
        .join(User, User.id == ReviewReminder.user_id)
        .where(*conditions)
        .order_by(ReviewReminder.id)
    )
    rows: dict[tuple[object, ...], list[tuple[ReviewReminder, User]]] = defaultdict(list)
    for row, user in session.execute(chosen):
        rows[user.id, row.stage, row.claimed_at, row.sent_at, row.refused].append((row, user))
    mails = [_mail([row for row, _user in some], some[0][1]) for some in rows.values()]
    return sorted(mails, key=lambda one: (-one.claimed_at.timestamp(), sort_key(one.user.name), one.ids))


def _mail(rows: Sequence[ReviewReminder], user: User) -> PastMail:
    """Make one mail of the reminders that were claimed for it together."""
    first = rows[0]
    ids = tuple(row.id for row in rows)
    return PastMail(user, first.stage, first.claimed_at, first.sent_at, first.refused, ids)
