"""What the address of a follow-up page asks: which reviews of the round, in which order."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from werkzeug.datastructures import MultiDict

from portfolio.core.columns import read_id
from portfolio.core.text import search_key, sort_key
from portfolio.reviews.queries import FollowRow
from portfolio.reviews.rules import HEALTH_WORDS, Health, Movement, ReviewState, Verdict

NOT_RATED = "none"
MOVED = ("improved", "worsened", "joined")
USUAL = "unit"
_STATES = {one: place for place, one in enumerate(ReviewState)}
_HEALTHS = {one: place for place, one in enumerate((*HEALTH_WORDS, None))}
ORDERS: Mapping[str, Callable[[FollowRow], Any]] = MappingProxyType(
    {
        "code": lambda row: sort_key(row.code),
        "title": lambda row: (row.title_sort, row.id),
        "state": lambda row: (_STATES[row.state], row.title_sort),
        "health": lambda row: (_HEALTHS[row.health], row.title_sort),
        "late": lambda row: (row.late, row.title_sort),
        "due": lambda row: (row.due_on, row.title_sort),
        "progress": lambda row: (-1 if row.progress is None else row.progress, row.title_sort),
        "verdict": lambda row: (row.verdict or "", row.title_sort),
    }
)


@dataclass(frozen=True, slots=True)
class AskedRows:
    """The filters of a follow-up and its order; unknown words ask for nothing."""

    states: frozenset[ReviewState] = frozenset()
    healths: frozenset[Health | None] = frozenset()
    verdicts: frozenset[Verdict] = frozenset()
    unit_ids: frozenset[int] = frozenset()
    late: bool = False
    moved: str = ""
    text: str = ""
    sort: str = USUAL

    @property
    def narrows(self) -> bool:
        """Tell whether anything is left out."""
        return bool(
            self.states or self.healths or self.verdicts or self.unit_ids or self.late or self.moved or self.text
        )


def read_rows(args: MultiDict[str, str]) -> AskedRows:
    """Read ``state``, ``health``, ``verdict``, ``unit`` (each repeated), ``late``, ``moved``, ``q`` and ``sort``."""
    known = set(Health)
    healths = {Health(one) for one in args.getlist("health") if one in known}
    unrated: set[Health | None] = {None} if NOT_RATED in args.getlist("health") else set()
    moved = args.get("moved", "")
    return AskedRows(
        frozenset(ReviewState(one) for one in args.getlist("state") if one in set(ReviewState)),
        frozenset(healths | unrated),
        frozenset(Verdict(one) for one in args.getlist("verdict") if one in set(Verdict)),
        frozenset(filter(None, map(read_id, args.getlist("unit")))),
        args.get("late") == "1",
        moved if moved in MOVED else "",
        args.get("q", "").strip(),
        args.get("sort", USUAL),
    )


def narrow(rows: Iterable[FollowRow], asked: AskedRows, units: Collection[int], movement: Movement) -> list[FollowRow]:
    """Give the rows that an address asks for, in its order; ``units`` are those asked for with all below them."""
    moved = frozenset(getattr(movement, asked.moved)) if asked.moved else frozenset()
    words = search_key(asked.text)
    kept = [
        row
        for row in rows
        if (not asked.states or row.state in asked.states)
        and (not asked.healths or row.health in asked.healths)
        and (not asked.verdicts or row.verdict in asked.verdicts)
        and (not asked.unit_ids or row.unit_id in units)
        and (not asked.late or row.overdue)
        and (not asked.moved or row.initiative_id in moved)
        and (not words or words in search_key(f"{row.code} {row.title_fi} {row.title_sv or ''}"))
    ]
    return _in_order(kept, asked.sort)


def _in_order(rows: list[FollowRow], sort: str) -> list[FollowRow]:
    order = ORDERS.get(sort.removeprefix("-"))
    if order is None:
        return rows
    return sorted(rows, key=order, reverse=sort.startswith("-"))


def chosen_reviews(args: MultiDict[str, str]) -> Mapping[int, int]:
    """Read the ids of what was ticked in a list, with the versions that the list showed."""
    found = {}
    for text in args.getlist("chosen"):
        identity, version = (read_id(one) for one in text.partition(".")[::2])
        if identity is not None:
            found[identity] = version or 0
    return found
