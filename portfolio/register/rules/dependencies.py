"""Whether an initiative's time keeps what its dependency asks: that it begins when the other's result is there."""

from __future__ import annotations

import datetime as dt
import enum
from types import MappingProxyType

from portfolio.core.timespan import Kind, Precision, Timespan
from portfolio.core.timespan.value import months_later

LONGEST_MONTHS = MappingProxyType(
    {
        Precision.MONTH: 1,
        Precision.QUARTER: 3,
        Precision.SEASON: 6,
        Precision.HALF: 6,
        Precision.YEAR: 12,
        Precision.TERM: 60,
    }
)
"""How many months a time of some precision covers at most; seasons and terms are a municipality's own."""


class Fit(enum.StrEnum):
    """How two times keep a dependency: surely, perhaps, or surely not."""

    KEPT = "kept"
    UNSURE = "unsure"
    BROKEN = "broken"


def fit(before: Timespan | None, after: Timespan | None) -> Fit | None:
    """Judge whether what comes ``after`` begins on or after the day on which what comes ``before`` ends.

    BROKEN only where it is so for every day that the words may mean: "by 31.12." may end sooner, "from 1.1." begin
    later, an open end may come at any time, and what is tentative may still move. None where a time is missing, unread
    or repeats, for then there is nothing to judge.
    """
    if before is None or after is None or not (_tells(before) and _tells(after)):
        return None
    latest_end, earliest_start = before.end, after.start
    if latest_end and earliest_start and latest_end <= earliest_start:
        return Fit.KEPT
    earliest_end, latest_start = _earliest_end(before), _latest_start(after)
    if before.tentative or after.tentative or earliest_end is None or latest_start is None:
        return Fit.UNSURE
    return Fit.BROKEN if latest_start < earliest_end else Fit.UNSURE


def _tells(span: Timespan) -> bool:
    return span.kind not in {Kind.UNREAD, Kind.RECURRING} and bool(span.start or span.end)


def _earliest_end(span: Timespan) -> dt.date | None:
    """Give the first day on which it may end: in the unit of its vague end, and not before it may begin."""
    if span.end is None or span.kind is Kind.BY:
        return span.start
    months = LONGEST_MONTHS.get(span.end_precision, 0)
    first = months_later(span.end + dt.timedelta(days=1), -months) if months else span.end
    return max(first, span.start) if span.start else first


def _latest_start(span: Timespan) -> dt.date | None:
    """Give the last day on which it may begin: in the unit of its vague beginning, and not after its end."""
    if span.start is None or span.kind is Kind.FROM:
        return span.end
    months = LONGEST_MONTHS.get(span.start_precision, 0)
    last = months_later(span.start, months) - dt.timedelta(days=1) if months else span.start
    return min(last, span.end) if span.end else last
