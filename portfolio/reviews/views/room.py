"""The room's blueprint, and what several of its screens share: the time a round is read at, what may be chosen."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask import Blueprint

from portfolio.accounts.queries import UserFilter, users_of
from portfolio.core.language import HELSINKI
from portfolio.forums import queries as forums
from portfolio.reviews import queries
from portfolio.reviews.models import ReviewRound
from portfolio.web.current import current
from portfolio.web.language import name_of

blueprint = Blueprint("reviews", __name__)
Choice = tuple[Any, str]


def frame_of(asked: ReviewRound) -> tuple[int | None, dt.date]:
    """Give the revision at which a round is read, and the day against which its answers are late.

    A closed round is read as closing froze it; any other at the page's own time. A demo that is closed by hand was
    closed on its own day, not on that of the clock.
    """
    frozen = queries.frozen_at(current.session, asked)
    if frozen is not None:
        return frozen.id, min(frozen.at.astimezone(HELSINKI).date(), current.today)
    return current.at, current.shown_day


def forum_choices(empty: str) -> list[Choice]:
    """Offer the forums in Finnish order, after the words for none."""
    found = forums.forums(current.session, current.municipality.id)
    return [("", empty), *((one.id, name_of(one)) for one in found)]


def template_choices(empty: str) -> list[Choice]:
    """Offer the sets of questions in Finnish order, after the words for none."""
    found = queries.templates(current.session, current.municipality.id)
    return [("", empty), *((one.id, name_of(one)) for one in found)]


def user_choices(empty: str) -> list[Choice]:
    """Offer the people who may sign in here, after the words for none."""
    found = users_of(current.session, current.municipality.id, UserFilter())
    return [("", empty), *((one.user.id, one.user.name) for one in found if one.user.active)]
