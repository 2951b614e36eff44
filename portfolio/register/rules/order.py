"""Whether a dependency holds between two times: what is needed first must have ended before the other begins."""

from datetime import date, timedelta
from enum import StrEnum

from portfolio.core.timespan import Precision, Timespan
from portfolio.core.timespan.value import months_later


class Order(StrEnum):
    """How two times stand in order; vague ends that may overlap or not are unsure, as is what is not known."""

    KEPT = "kept"
    UNSURE = "unsure"
    BROKEN = "broken"


_MONTHS = {
    Precision.MONTH: 1,
    Precision.QUARTER: 3,
    Precision.SEASON: 5,
    Precision.HALF: 6,
    Precision.YEAR: 12,
    Precision.TERM: 48,
}
"""How long the true day of an end may lie from the one that is reckoned with: the length of the written unit."""


def order_of(before: Timespan | None, after: Timespan | None) -> Order:
    """Tell whether what is needed first ends before the other begins: surely, surely not, or nobody can tell."""
    if before is None or after is None or before.end is None or after.start is None:
        return Order.UNSURE
    end, start = before.end, after.start
    if end < start:
        return Order.KEPT
    soonest_end = _unit_before(end, before.end_precision)
    if before.start is not None:
        soonest_end = max(soonest_end, before.start)
    return Order.BROKEN if _unit_after(start, after.start_precision) < soonest_end else Order.UNSURE


def _unit_before(end: date, precision: Precision) -> date:
    months = _MONTHS.get(precision, 0)
    return months_later(end + timedelta(days=1), -months) if months else end


def _unit_after(start: date, precision: Precision) -> date:
    months = _MONTHS.get(precision, 0)
    return months_later(start, months) - timedelta(days=1) if months else start
