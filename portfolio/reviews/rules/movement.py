"""What moved since the last round: better, worse, new in the round, no longer in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from portfolio.reviews.rules.lists import Health


@dataclass(frozen=True, slots=True)
class Movement:
    """Ids of initiatives by what became of them; one without a rating in either round is in none of the first three."""

    improved: tuple[int, ...]
    worsened: tuple[int, ...]
    unchanged: tuple[int, ...]
    joined: tuple[int, ...]
    left: tuple[int, ...]


def movement(before: Mapping[int, Health | None], now: Mapping[int, Health | None]) -> Movement:
    """Compare two rounds by the health of each initiative asked about, in the order of ``now``; None is not rated."""
    steps: dict[int, list[int]] = {-1: [], 0: [], 1: []}
    for identity, health in now.items():
        was = before.get(identity)
        if health is not None and was is not None:
            step = health.rank - was.rank
            steps[(step > 0) - (step < 0)].append(identity)
    return Movement(
        tuple(steps[-1]),
        tuple(steps[1]),
        tuple(steps[0]),
        tuple(one for one in now if one not in before),
        tuple(one for one in before if one not in now),
    )
