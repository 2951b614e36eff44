"""One measured row, and how the rows are printed and kept."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

RESULTS = Path(__file__).parent / "results.json"
WARM_UP = 3


@dataclass(frozen=True, slots=True)
class Result:
    """A row of the table: ours and the reference in the same unit; a ratio above the goal falls short.

    An absolute limit stands as the reference with goal 1; the goal is None where none is set.
    """

    name: str
    ours: float
    reference: float
    ratio: float
    goal: float | None


def against(name: str, ours: float, reference: float, goal: float | None) -> Result:
    """Make a row; times are in milliseconds."""
    return Result(name, round(ours, 3), round(reference, 3), round(ours / reference, 3), goal)


def median_ms(action: Callable[[], object], runs: int = 15, warm_up: int = WARM_UP) -> float:
    """Run an action a few times unmeasured and then measured; the median in milliseconds."""
    for _ in range(warm_up):
        action()
    return statistics.median(once_ms(action) for _ in range(runs))


def medians_ms(*actions: Callable[[], object], runs: int = 15) -> list[float]:
    """Measure several actions in turn, A B A B …, so that a machine that slows down slows all of them."""
    for action in actions:
        for _ in range(WARM_UP):
            action()
    times = [[once_ms(action) for action in actions] for _ in range(runs)]
    return [statistics.median(column) for column in zip(*times, strict=True)]


def once_ms(action: Callable[[], object]) -> float:
    """Run an action once; milliseconds."""
    start = time.perf_counter()
    action()
    return (time.perf_counter() - start) * 1000


def show(results: Iterable[Result]) -> str:
    """Lay the rows out as a table in plain text."""
    rows = [("name", "ours", "reference", "ratio", "goal", "")]
    rows += [
        (
            one.name,
            f"{one.ours:.1f}",
            f"{one.reference:.1f}",
            f"{one.ratio:.2f}",
            "–" if one.goal is None else f"{one.goal:g}",
            "" if one.goal is None or one.ratio <= one.goal else "falls short",
        )
        for one in results
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join("  ".join(_padded(row, widths)).rstrip() for row in rows)


def _padded(row: tuple[str, ...], widths: list[int]) -> list[str]:
    first, *numbers = zip(row, widths, strict=True)
    return [first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in numbers)]


def keep(results: Iterable[Result]) -> None:
    """Write the rows as a JSON list."""
    rows = [asdict(one) for one in results]
    RESULTS.write_text(json.dumps(rows, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
