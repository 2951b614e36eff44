"""Cycles among dependencies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from graphlib import CycleError, TopologicalSorter
from itertools import chain


def finds_cycle(edges: Iterable[tuple[int, int]], new_edges: Iterable[tuple[int, int]] = ()) -> tuple[int, ...] | None:
    """Return the ids round a cycle of (predecessor, successor) edges, in the order of the work; None without one."""
    before: dict[int, set[int]] = defaultdict(set)
    for predecessor, successor in chain(edges, new_edges):
        before[successor].add(predecessor)
    try:
        TopologicalSorter(before).prepare()
    except CycleError as error:
        way: list[int] = error.args[1]
        return tuple(way[:-1])
    return None
