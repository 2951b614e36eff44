"""What initiatives need of others first, and whether their times keep it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy.orm import Session

from portfolio.core.language import in_language
from portfolio.register.rules import OPEN_STATUSES, Fit, fit
from portfolio.roadmap.bars import Need
from portfolio.roadmap.queries.find import FoundInitiative
from portfolio.roadmap.queries.rows import Drawn, read_links, read_some


def needs_of(
    session: Session, municipality_id: int, found: Iterable[FoundInitiative], language: str, *, at: int | None = None
) -> dict[int, tuple[Need, ...]]:
    """Return by initiative what it needs first, in order of title, now or after revision ``at``.

    What is needed is there whether the filter keeps it or not, read in one statement more; what has been removed is
    needed no more. A need is broken only where both are open: what is done has kept or lost it.
    """
    links = read_links(session, municipality_id, at)
    rows = {one.row.id: one.row for one in found} if links else {}
    pairs = [(link.predecessor_id, rows[link.successor_id]) for link in links if link.successor_id in rows]
    elsewhere = {before_id for before_id, _after in pairs} - rows.keys()
    if elsewhere:
        rows |= {row.id: row for row in read_some(session, municipality_id, elsewhere, at)}
    needs: defaultdict[int, list[tuple[str, Need]]] = defaultdict(list)
    for before_id, after in pairs:
        if before_id in rows:
            before = rows[before_id]
            needs[after.id].append((before.title_sort, _need(before, after, language)))
    return {one: tuple(need for _sort, need in sorted(some, key=_order)) for one, some in needs.items()}


def _need(before: Drawn, after: Drawn, language: str) -> Need:
    done = before.status not in OPEN_STATUSES
    judged = not done and after.status in OPEN_STATUSES
    broken = judged and fit(before.timespan, after.timespan) is Fit.BROKEN
    return Need(before.id, in_language(before.title_fi, before.title_sv, language), broken, done)


def _order(need: tuple[str, Need]) -> tuple[str, int]:
    return need[0], need[1].id
