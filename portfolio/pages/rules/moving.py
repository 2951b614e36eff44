"""Telling a move in time from other changes, so that what was saved can be said in words. Pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Protocol

from portfolio.core.timespan import Timespan

INITIATIVE, MILESTONE, TIME = "initiative", "milestone", "timespan"


class Cell(Protocol):
    """A changed cell, as the history gives it."""

    @property
    def entity(self) -> str:
        """Its table."""

    @property
    def entity_id(self) -> int:
        """The id of its row."""

    @property
    def field(self) -> str:
        """Its column."""

    @property
    def old(self) -> Any:
        """What it held."""

    @property
    def new(self) -> Any:
        """What it holds."""


@dataclass(frozen=True, slots=True)
class Move:
    """An initiative that was moved from one time to another, and how many of its milestones came along."""

    initiative_id: int
    old: Timespan | None
    new: Timespan | None
    milestones: int


def move_in(changes: Collection[Cell]) -> Move | None:
    """Find the one move of which a revision consists; None where anything else changed too, or nothing moved."""
    moved = [one for one in changes if one.entity == INITIATIVE]
    along = [one for one in changes if one.entity == MILESTONE]
    times_only = all(one.field == TIME for one in changes)
    if len(moved) != 1 or not times_only or len(moved) + len(along) != len(changes):
        return None
    return Move(moved[0].entity_id, moved[0].old, moved[0].new, len(along))
