"""Collecting by Excel: which items go into whose workbook, how far an answer is. Pure."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Collection, Mapping

from portfolio.organisation.rules import nearest_of


class AnswerState(enum.StrEnum):
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


def standing(*, is_applied: bool, is_checked: bool, is_closed: bool) -> AnswerState:
    """Say how far an answer is: what was imported counts, even when the export was closed later."""
    if is_applied:
        return AnswerState.ANSWERED
    if is_closed:
        return AnswerState.CLOSED
    return AnswerState.CHECKED if is_checked else AnswerState.OPEN


def days_late(due_on: dt.date | None, today: dt.date, state: AnswerState) -> int:
    """Count the days since the due day while the answer is awaited; 0 where there is no such day or no waiting."""
    if due_on is None or state not in {AnswerState.OPEN, AnswerState.CHECKED}:
        return 0
    return max(0, (today - due_on).days)
