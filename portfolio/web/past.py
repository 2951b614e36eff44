"""The point in time of a page: now, or the past of ``?at=YYYY-MM-DD`` or ``?revision=N``."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from flask import request
from sqlalchemy import func, select

from portfolio.core import history
from portfolio.core.history import Baseline, Change, Revision
from portfolio.core.language import HELSINKI, N_, format_date, format_datetime
from portfolio.core.problem import Problem, Refusal
from portfolio.web.current import current
from portfolio.web.language import current_language, gettext

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

NOT_A_DAY = N_('"%(text)s" is not a day. Write the day as 2026-12-31.')
NOT_A_REVISION = N_('There is no change number "%(text)s".')
TO_COME = N_("%(day)s has not come yet: the past can be seen up to today.")
BEFORE_FIRST = N_("Nothing was recorded here before %(first)s.")
BASELINES_SHOWN = 8
TIME = ("at", "revision")
LONGEST_NUMBER = 10


@dataclass(frozen=True, slots=True)
class Past:
    """A past that is shown: its revision, its day, its words in the page's language, and the query that asks for it."""

    revision: int
    day: dt.date
    words: str
    query: tuple[str, str]

    @property
    def now_url(self) -> str:
        """The address of this page as of now."""
        return address_at(None)


def asked_past(session: Session, municipality_id: int, today: dt.date) -> Past | None:
    """Read the point in time from the address; None for now. Raises Refusal with a sentence when there is none such."""
    day, number = request.args.get("at", "").strip(), request.args.get("revision", "").strip()
    if day:
        return _on_day(session, municipality_id, day, today)
    if number:
        return _at_revision(session, municipality_id, number)
    return None


def address_at(query: tuple[str, str] | None) -> str:
    """Give this page's address at another time, its other filters kept; None is now."""
    kept = [(name, value) for name, value in request.args.items(multi=True) if name not in TIME]
    asked = urlencode([*kept, *([query] if query is not None else [])])
    return f"{request.path}?{asked}" if asked else request.path


def time_choices(session: Session, municipality_id: int) -> list[dict[str, Any]]:
    """Give the ways to look at another time: now, and the latest named points in time."""
    shown = current.past.query if current.past else None
    named = select(Baseline).where(Baseline.municipality_id == municipality_id, Baseline.removed.is_(False))
    latest = session.scalars(named.order_by(Baseline.revision_id.desc()).limit(BASELINES_SHOWN))
    points = [(one.name, ("revision", str(one.revision_id))) for one in latest]
    return [
        {"label": name, "url": address_at(query), "current": query == shown}
        for name, query in ((gettext("Now"), None), *points)
    ]


def time_form(today: dt.date) -> dict[str, Any]:
    """Give what the form "another day" needs: its address, the day shown, the last day, and the filters to keep."""
    kept = [(name, one) for name, one in request.args.items(multi=True) if name not in TIME]
    shown = current.past.query[1] if current.past and current.past.query[0] == "at" else ""
    return {"action": request.path, "value": shown, "max": today.isoformat(), "keep": kept}


def _on_day(session: Session, municipality_id: int, text: str, today: dt.date) -> Past:
    try:
        day = dt.date.fromisoformat(text)
    except ValueError as error:
        raise Refusal(Problem(NOT_A_DAY, {"text": text})) from error
    if day > max(today, current.now.astimezone(HELSINKI).date()):
        raise Refusal(Problem(TO_COME, {"day": day}))
    revision = history.revision_on(session, day)
    _refuse_unborn(session, municipality_id, revision)
    return Past(revision, day, format_date(day, current_language()), ("at", text))


def _at_revision(session: Session, municipality_id: int, text: str) -> Past:
    revision = (
        session.get(Revision, int(text)) if text.isascii() and text.isdigit() and len(text) < LONGEST_NUMBER else None
    )
    if revision is None:
        raise Refusal(Problem(NOT_A_REVISION, {"text": text}))
    _refuse_unborn(session, municipality_id, revision.id)
    day = revision.at.astimezone(HELSINKI).date()
    return Past(revision.id, day, format_datetime(revision.at, current_language()), ("revision", text))


def _refuse_unborn(session: Session, municipality_id: int, revision: int) -> None:
    """Refuse a time before the municipality's own first revision."""
    own = (Change.entity == "municipality", Change.municipality_id == municipality_id)
    birth = session.scalar(select(func.min(Change.revision_id)).where(*own))
    if birth is not None and revision < birth:
        first = session.get_one(Revision, birth).at
        raise Refusal(Problem(BEFORE_FIRST, {"first": first.astimezone(HELSINKI).date()}))
