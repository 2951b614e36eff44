"""The point in time of a page: now, or the past of ``?at=YYYY-MM-DD``, ``?revision=N`` or ``?baseline=ID``."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from flask import request

from portfolio.core import history
from portfolio.core.history import Baseline, BaselineKind
from portfolio.core.language import HELSINKI, N_, format_date, format_datetime
from portfolio.web.current import current
from portfolio.web.language import current_language, gettext

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

BASELINE_KINDS = {
    BaselineKind.MEETING: N_("Meetings"),
    BaselineKind.VERSION: N_("Versions"),
    BaselineKind.ROUND: N_("Review rounds"),
    BaselineKind.FREE: N_("Other points in time"),
}
"""What the named points of each kind are called together, in the order in which they are offered."""

OFFERED = 5
"""Named points of each kind in the control of a page head; all of them have a page of their own."""

TIME = ("at", "revision", "baseline")


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
    language = current_language()
    day, number, baseline = (request.args.get(name, "").strip() for name in TIME)
    if baseline:
        named, revision = history.point_of_baseline(session, municipality_id, baseline)
        when = format_datetime(revision.at, language)
        return Past(revision.id, _day_of(revision.at, today), f"{named.name}, {when}", ("baseline", baseline))
    if day:
        latest = max(today, current.now.astimezone(HELSINKI).date())
        last, shown = history.point_of_day(session, municipality_id, day, latest)
        return Past(last, min(shown, today), format_date(shown, language), ("at", day))
    if number:
        revision = history.point_of_number(session, municipality_id, number)
        return Past(
            revision.id, _day_of(revision.at, today), format_datetime(revision.at, language), ("revision", number)
        )
    return None


def address_at(query: tuple[str, str] | None) -> str:
    """Give this page's address at another time, its other filters kept; None is now."""
    kept = [(name, value) for name, value in request.args.items(multi=True) if name not in TIME]
    asked = urlencode([*kept, *([query] if query is not None else [])])
    return f"{request.path}?{asked}" if asked else request.path


def named_points(session: Session, municipality_id: int) -> list[tuple[str, list[Baseline]]]:
    """Return the latest named points of each kind that has any, with what those of the kind are called together."""
    latest = history.latest_baselines(session, municipality_id, OFFERED)
    groups = [(gettext(words), [one for one in latest if one.kind is kind]) for kind, words in BASELINE_KINDS.items()]
    return [group for group in groups if group[1]]


def time_choices(session: Session, municipality_id: int) -> list[dict[str, Any]]:
    """Give the ways to look at another time, in groups: now, and the latest named points of each kind."""
    shown = current.past.query if current.past else None
    groups: list[dict[str, Any]] = [{"title": None, "items": [_choice(gettext("Now"), None, shown)]}]
    for words, points in named_points(session, municipality_id):
        items = [_choice(one.name, ("baseline", str(one.id)), shown) for one in points]
        groups.append({"title": words, "items": items})
    return groups


def _choice(label: str, query: tuple[str, str] | None, shown: tuple[str, str] | None) -> dict[str, Any]:
    return {"label": label, "url": address_at(query), "current": query == shown}


def time_form(today: dt.date) -> dict[str, Any]:
    """Give what the form "another day" needs: its address, the day shown, the last day, and the filters to keep."""
    kept = [(name, one) for name, one in request.args.items(multi=True) if name not in TIME]
    shown = current.past.query[1] if current.past and current.past.query[0] == "at" else ""
    return {"action": request.path, "value": shown, "max": today.isoformat(), "keep": kept}


def _day_of(at: dt.datetime, today: dt.date) -> dt.date:
    """Give the day of a revision; in a demo never a day after the one in which it lives."""
    return min(at.astimezone(HELSINKI).date(), today)
