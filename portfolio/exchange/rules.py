"""Collecting by Excel: which items go into whose workbook, who reports for a unit, how far an answer is. Pure."""

from __future__ import annotations

import datetime as dt
import enum
from collections import defaultdict
from collections.abc import Collection, Mapping


class Standing(enum.StrEnum):
    """How far the answer to one export is."""

    OPEN = "open"
    CHECKED = "checked"
    ANSWERED = "answered"
    CLOSED = "closed"


def share_out(
    parents: Mapping[int, int | None], chosen: Collection[int], unit_of: Mapping[int, int | None]
) -> dict[int, list[int]]:
    """Give each chosen unit the items of its own and of the units below it that have no workbook of their own.

    ``parents`` leads from a unit to the one above it, ``unit_of`` from an item to its unit. Every item goes into one
    workbook at most, so that two answers never compete; items of no chosen unit go nowhere.
    """
    shared: dict[int, list[int]] = {unit: [] for unit in chosen}
    for item, unit in unit_of.items():
        nearest = nearest_of(parents, unit, shared)
        if nearest is not None:
            shared[nearest].append(item)
    return shared


def nearest_of(parents: Mapping[int, int | None], unit: int | None, among: Collection[int]) -> int | None:
    """Find the unit itself or the first one above it that is among the given ones; None when there is none."""
    seen: set[int] = set()
    while unit is not None and unit not in seen:
        if unit in among:
            return unit
        seen.add(unit)
        unit = parents.get(unit)
    return None


def reporters_of(
    parents: Mapping[int, int | None], units: Collection[int], reporters: Mapping[int, Collection[int]]
) -> dict[int, frozenset[int]]:
    """Tell for each unit who reports for it: those of the nearest unit, itself or above, that has any.

    ``reporters`` leads from a unit to the users who have the role there. Whoever reports for a whole branch is not
    asked for a part of it that has reporters of its own.
    """
    found: dict[int, frozenset[int]] = defaultdict(frozenset)
    for unit in units:
        nearest = nearest_of(parents, unit, [one for one, users in reporters.items() if users])
        if nearest is not None:
            found[unit] = frozenset(reporters[nearest])
    return found


def standing(*, is_applied: bool, is_checked: bool, is_closed: bool) -> Standing:
    """Say how far an answer is: what was imported counts, even when the export was closed later."""
    if is_applied:
        return Standing.ANSWERED
    if is_closed:
        return Standing.CLOSED
    return Standing.CHECKED if is_checked else Standing.OPEN


def days_late(due_on: dt.date | None, today: dt.date, state: Standing) -> int:
    """Count the days since the due day while the answer is awaited; 0 where there is no such day or no waiting."""
    if due_on is None or state not in {Standing.OPEN, Standing.CHECKED}:
        return 0
    return max(0, (today - due_on).days)
