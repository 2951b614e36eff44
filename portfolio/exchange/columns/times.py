"""Days and time words in cells; words that cannot be read stay words, and a year is never filled in silently."""

from __future__ import annotations

import datetime as dt
import re

from portfolio.core.language import N_
from portfolio.core.problem import Problem
from portfolio.core.timespan import Context, Precision, Timespan, parse, unread
from portfolio.core.timespan.doubts import END_BEFORE_START, IMPOSSIBLE_DATE, IMPOSSIBLE_WEEK

NOT_A_DATE = N_('"%(text)s" is not a date. Write day, month and year, for example 31.12.2025.')
NO_SUCH_DAY = N_('"%(text)s" is not a day of the calendar.')

IMPOSSIBLE = frozenset({IMPOSSIBLE_DATE, IMPOSSIBLE_WEEK, END_BEFORE_START})

_FINNISH = re.compile(r"(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


def read_words(text: str, times: Context) -> Timespan | Problem:
    """Read time words; what would have to be guessed is kept as words only (DESIGN §1, promise 3).

    A Problem is what cannot be meant at all: a day that no calendar has, an end before its start.
    """
    found = parse(text, times)
    if found.certain:
        return found.value
    impossible = next((reason for reason in found.reasons if reason.msgid in IMPOSSIBLE), None)
    return impossible if impossible and found.proposal is None else unread(text)


def doubts(text: str, times: Context) -> tuple[Timespan | None, tuple[Problem, ...]]:
    """Give what words that were kept as words may mean, for a person to confirm, and why they were not taken so."""
    found = parse(text, times)
    return found.proposal, found.reasons


def read_date(text: str, times: Context) -> dt.date | Problem:
    """Read a true day: 31.12.2025, 2025-12-31, or words that mean exactly one day and leave nothing to confirm."""
    plain = " ".join(text.split())
    if match := _FINNISH.fullmatch(plain):
        day, month, year = map(int, match.groups())
    elif match := _ISO.fullmatch(plain):
        year, month, day = map(int, match.groups())
    else:
        return _day_of(read_words(plain, times)) or Problem(NOT_A_DATE, {"text": text})
    try:
        return dt.date(year, month, day)
    except ValueError:
        return Problem(NO_SUCH_DAY, {"text": text})


def _day_of(span: Timespan | Problem) -> dt.date | None:
    if isinstance(span, Problem):
        return None
    is_day = span.start == span.end and span.start_precision is span.end_precision is Precision.DAY
    return span.start if is_day and not span.tentative else None
