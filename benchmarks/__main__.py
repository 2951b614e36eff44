"""``python -m benchmarks``: generate, measure, print, keep."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from benchmarks import documents, money, reviews, roadmap, rows
from benchmarks.applying import applying
from benchmarks.browser import browsing
from benchmarks.exporting import exports
from benchmarks.importing import previews, returns
from benchmarks.reading import readings
from benchmarks.result import Result, keep, show
from benchmarks.time import differences
from benchmarks.town import make_town

SMALL, LARGE, CHANGES = 1_000, 10_000, 200_000
WITH_BARS = 1.12
"""So many initiatives to a bar: some have no time."""


def main() -> None:
    """Measure every row; the machine's own noise is told by no number here, so compare ratios of one run."""
    with tempfile.TemporaryDirectory() as folder:
        _say(f"Generating {SMALL} and {LARGE} initiatives with {CHANGES} changes …")
        small, large = make_town(Path(folder), SMALL), make_town(Path(folder), LARGE, CHANGES)
        few, many = (make_town(Path(folder), round(bars * WITH_BARS)) for bars in (roadmap.FEW, roadmap.MANY))
        reported = make_town(Path(folder), documents.INITIATIVES)
        reviewed = make_town(Path(folder), reviews.INITIATIVES)
        results: list[Result] = []
        for part in (
            rows.pages(small, large),
            roadmap.pages(few),
            roadmap.data(many),
            roadmap.files(few),
            documents.reports(reported),
            reviews.rounds(reviewed),
            browsing(few, many, large),
            money.sums(large),
            rows.past(large),
            differences(large),
            rows.writing(large),
            applying(large),
            exports(large),
            previews(small),
            returns(large),
            readings(),
        ):
            for result in part:
                _say(f"{result.name}: {result.ours}")
                results.append(result)
        for town in (small, few, many, large, reported, reviewed):
            town.engine.dispose()
    keep(results)
    print(show(results))


def _say(words: str) -> None:
    sys.stderr.write(f"{words}\n")


main()
