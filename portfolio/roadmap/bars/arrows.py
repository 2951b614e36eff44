"""Dependencies between bars that are both drawn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from portfolio.roadmap.bars.model import Arrow, Row


def arrows_of(rows: Iterable[Row]) -> Iterator[Arrow]:
    """Give an arrow for each need of a drawn bar whose other bar is drawn too, from that one's end to its beginning.

    In the order of the rows that need; a need whose other bar is not drawn is told in the row's text only.
    """
    drawn = [(row.item, row.bar) for row in rows if row.bar is not None]
    bars = {item.id: bar for item, bar in drawn}
    for item, bar in drawn:
        for need in item.needs:
            before = bars.get(need.id)
            if before is not None:
                yield Arrow(need.id, item.id, before.seen.right, bar.seen.x, need.broken)
