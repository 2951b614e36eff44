"""From initiatives to a roadmap: who stands in which lane and in which order, and what stands around the rows."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import Any

from portfolio.budgets.rules import Total
from portfolio.roadmap.bars.arrows import arrows_of
from portfolio.roadmap.bars.axis import make_axis
from portfolio.roadmap.bars.bands import bands_of
from portfolio.roadmap.bars.model import Arrangement, Item, Lane, LaneHead, Order, Roadmap, Row
from portfolio.roadmap.bars.palette import tones_by_key
from portfolio.roadmap.bars.row import Scene, place_rows
from portfolio.roadmap.bars.window import Window

ONE_LEVEL = (LaneHead("", ""),)
"""Stands for the lanes within a lane where there are none."""


def lay_out(items: Iterable[Item], arrangement: Arrangement, window: Window, today: dt.date, language: str) -> Roadmap:
    """Lay out a roadmap: lanes in the order of their heads, rows in theirs, geometry in per cent of the window.

    Each item appears exactly once. A lane without rows is left out; the last head takes items of unknown lanes, so
    there must be one.
    """
    now = _now(window, today)
    tones = tones_by_key(arrangement.palette)
    scene = Scene(window, today, now, language, tones, money=arrangement.with_money, labels=arrangement.with_labels)
    places: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    elsewhere: list[Row] = []
    undated: list[Row] = []
    outer, inner = (cache(_chooser(heads)) for heads in (arrangement.heads, arrangement.inner or ONE_LEVEL))
    for row in place_rows(sorted(items, key=ORDERS[arrangement.order]), scene):
        item = row.item
        if row.where is not None:
            elsewhere.append(row)
        elif not (row.bar or row.marks or row.overrun or row.ghost):
            undated.append(row)
        else:
            places[outer(item.lanes), inner(item.inner_lanes)].append(row)
    lanes = tuple(_lanes(arrangement, places))
    return Roadmap(
        window,
        make_axis(window, language),
        now,
        lanes,
        tuple(elsewhere),
        tuple(undated),
        arrangement.palette,
        tuple(arrows_of(row for lane in lanes for row in lane.rows)),
        tuple(bands_of(window, arrangement.terms, language)),
    )


def _chooser(heads: Sequence[LaneHead]) -> Callable[[tuple[str, ...]], str]:
    """Tell how to choose among an item's lanes: the first, where it is known, else the last of all."""
    known, last = {head.key for head in heads}, heads[-1].key

    def choose(keys: tuple[str, ...]) -> str:
        key = keys[0] if keys else ""
        return key if key in known else last

    return choose


def _lanes(arrangement: Arrangement, places: Mapping[tuple[str, str], Sequence[Row]]) -> Iterator[Lane]:
    """Give the lanes that have rows, an outer one before those within it."""
    filled = {outer for outer, _inner in places}
    for head in arrangement.heads:
        if head.key not in filled:
            continue
        if not arrangement.inner:
            yield _lane(head.key, head.title, places[head.key, ONE_LEVEL[0].key])
            continue
        within = [(one, places[head.key, one.key]) for one in arrangement.inner if (head.key, one.key) in places]
        whole = _lane(head.key, head.title, [row for _one, rows in within for row in rows])
        yield replace(whole, rows=())
        for one, rows in within:
            lane = _lane(f"{head.key}/{one.key}", one.title, rows)
            yield replace(lane, level=2, outer=head.title)


def _lane(key: str, title: str, rows: Sequence[Row]) -> Lane:
    """Add up a lane: what is known together, and for how many initiatives something is not known."""
    known = [row.item.amount.known for row in rows if row.item.amount and row.item.amount.known is not None]
    without = sum(1 for row in rows if row.item.amount is None or row.item.amount.unknown)
    money = Total(sum(known, start=Decimal(0)) if known else None, without)
    return Lane(key, title, tuple(rows), money, len(rows))


def _days(item: Item) -> list[dt.date]:
    """Give the days between which an item lies: those of its time, else of its marks."""
    span = item.span
    days = [day for day in (span.start, span.end) if day] if span is not None else []
    return days or [mark.day for mark in item.marks if mark.day]


def _by_start(item: Item) -> tuple[dt.date, dt.date, str]:
    """Sort by start and end, a missing one being the other; what has no time comes last."""
    span = item.span
    if span is not None and span.start and span.end:
        return span.start, span.end, item.sort
    days = _days(item)
    return min(days, default=dt.date.max), max(days, default=dt.date.max), item.sort


def _by_end(item: Item) -> tuple[dt.date, dt.date, str]:
    """Sort by end and start; what has no end comes after all that have one."""
    days = _days(item)
    first = min(days, default=dt.date.max)
    if item.span is not None and days and item.span.start and not item.span.end:
        return dt.date.max, first, item.sort
    return max(days, default=dt.date.max), first, item.sort


def _by_title(item: Item) -> str:
    return item.sort


ORDERS: Mapping[Order, Callable[[Item], Any]] = {Order.START: _by_start, Order.END: _by_end, Order.TITLE: _by_title}


def _now(window: Window, today: dt.date) -> float | None:
    return window.place(today.toordinal()) if window.first <= today <= window.last else None
