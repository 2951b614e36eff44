"""From initiatives to a roadmap: who stands in which lane and in which order, and what stands around the rows."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from portfolio.budgets.rules import Sum
from portfolio.roadmap.bars.axis import make_axis
from portfolio.roadmap.bars.model import Arrangement, Item, Lane, LaneHead, Roadmap, Row
from portfolio.roadmap.bars.row import place_row
from portfolio.roadmap.bars.window import Window


def lay_out(items: Iterable[Item], arrangement: Arrangement, window: Window, today: dt.date, language: str) -> Roadmap:
    """Lay out a roadmap: lanes in the order of their heads, rows by time and title, geometry in per cent of the window.

    Each item appears exactly once. A lane without rows is left out; the last head takes items of unknown lanes, so
    there must be one.
    """
    heads = arrangement.heads
    now = _now(window, today)
    lanes: defaultdict[str, list[Row]] = defaultdict(list)
    elsewhere: list[Row] = []
    undated: list[Row] = []
    known = {head.key for head in heads}
    for item in sorted(items, key=_order):
        row = place_row(item, window, today, now, language)
        if row.where is not None:
            elsewhere.append(row)
        elif not (row.bar or row.marks or row.overrun):
            undated.append(row)
        else:
            key = item.lanes[0] if item.lanes else ""
            lanes[key if key in known else heads[-1].key].append(row)
    return Roadmap(
        window,
        make_axis(window, language),
        now,
        tuple(_lane(head, lanes[head.key]) for head in heads if head.key in lanes),
        tuple(elsewhere),
        tuple(undated),
    )


def _lane(head: LaneHead, rows: list[Row]) -> Lane:
    """Add up a lane: what is known together, and for how many initiatives something is not known."""
    known = [row.item.amount.known for row in rows if row.item.amount and row.item.amount.known is not None]
    without = sum(1 for row in rows if row.item.amount is None or row.item.amount.unknown)
    money = Sum(sum(known, start=Decimal(0)) if known else None, without)
    return Lane(head.key, head.title, tuple(rows), money, len(rows))


def _order(item: Item) -> tuple[dt.date, dt.date, str]:
    """Sort by start and end, a missing one being the other; what has no time comes last."""
    span = item.span
    days = [day for day in (span.start, span.end) if day] if span is not None else []
    days = days or [mark.day for mark in item.marks if mark.day]
    return min(days, default=dt.date.max), max(days, default=dt.date.max), item.sort


def _now(window: Window, today: dt.date) -> float | None:
    return window.place(today.toordinal()) if window.first <= today <= window.last else None
