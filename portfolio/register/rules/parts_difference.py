"""What changed in the milestones and the classes of an initiative between two times. Pure."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from portfolio.core.timespan import Timespan

Pair = tuple[Any, Any]


class MilestoneFate(enum.StrEnum):
    """What became of a milestone that was not there at both times."""

    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class MilestoneChange:
    """One milestone: its time as (old, new), and the day on which it was completed likewise; of one that is new or
    gone both are the same.
    """

    id: int
    title_fi: str
    title_sv: str | None
    fate: MilestoneFate | None
    time: tuple[Timespan | None, Timespan | None]
    completed: tuple[dt.date | None, dt.date | None]


@dataclass(frozen=True, slots=True)
class PartChanges:
    """What changed in the parts of one initiative: its milestones, and by scheme the classes it left and got."""

    milestones: tuple[MilestoneChange, ...] = ()
    classes: Mapping[int, tuple[frozenset[int], frozenset[int]]] = field(default_factory=dict)


NO_PARTS = PartChanges()


def judge_milestone(row: Any, cells: Mapping[str, Pair], *, born: bool) -> MilestoneChange | None:
    """Tell what differs in one milestone, ``row`` as it is at the later time; None where nothing can be seen."""
    was_gone, is_gone = cells.get("removed", (row.removed, row.removed))
    was_gone = was_gone or born
    if was_gone and is_gone:
        return None
    fate = MilestoneFate.ADDED if was_gone else MilestoneFate.REMOVED if is_gone else None
    time, completed = (
        cells[name] if name in cells and fate is None else (getattr(row, name),) * 2
        for name in ("timespan", "completed_on")
    )
    if fate is None and time[0] == time[1] and completed[0] == completed[1]:
        return None
    return MilestoneChange(row.id, row.title_fi, row.title_sv, fate, time, completed)
