"""Cycles among dependencies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable


def finds_cycle(edges: Iterable[tuple[int, int]], new_edges: Iterable[tuple[int, int]]) -> tuple[int, ...] | None:
    """Return the ids round a cycle that the new (predecessor, successor) edges would close; None when there is none.

    ``edges`` are those there are, assumed to be without cycles.
    """
    after: dict[int, list[int]] = defaultdict(list)
    added = list(new_edges)
    for predecessor, successor in [*edges, *added]:
        after[predecessor].append(successor)
    for predecessor, successor in added:
        way = _way(after, successor, predecessor)
        if way is not None:
            return way
    return None


def _way(after: dict[int, list[int]], start: int, goal: int) -> tuple[int, ...] | None:
    """Return the ids from start to goal along the edges, depth first without recursion; None when there is no way."""
    came_from: dict[int, int | None] = {start: None}
    open_ends = [start]
    while open_ends:
        here = open_ends.pop()
        if here == goal:
            return _walked(came_from, goal)
        for following in after[here]:
            if following not in came_from:
                came_from[following] = here
                open_ends.append(following)
    return None


def _walked(came_from: dict[int, int | None], goal: int) -> tuple[int, ...]:
    way: list[int] = []
    here: int | None = goal
    while here is not None:
        way.append(here)
        here = came_from[here]
    return tuple(reversed(way))
