"""What initiatives need of others first, and whether their times keep it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from portfolio.core import history
from portfolio.core.language import in_language
from portfolio.register.models import Dependency, Initiative
from portfolio.register.rules import OPEN_STATUSES, Fit, fit
from portfolio.roadmap.bars import Need
from portfolio.roadmap.queries.find import FoundInitiative
from portfolio.roadmap.queries.rows import Before, columns, taken


def needs_of(
    session: Session, municipality_id: int, found: Iterable[FoundInitiative], language: str, *, at: int | None = None
) -> dict[int, tuple[Need, ...]]:
    """Return by initiative what it needs first, in order of title, now or after revision ``at``; one statement.

    What is needed is there whether the filter keeps it or not; what has been removed is needed no more. A need is
    broken only where both are open: what is done has kept or lost it.
    """
    pairs = list(_present(session, municipality_id) if at is None else _past(session, municipality_id, at))
    needing = {successor_id for successor_id, _before in pairs}
    rows = {one.row.id: one.row for one in found if one.row.id in needing} if pairs else {}
    needs: defaultdict[int, list[tuple[str, Need]]] = defaultdict(list)
    for successor_id, before in pairs:
        after = rows.get(successor_id)
        if after is None:
            continue
        done = before.status not in OPEN_STATUSES
        judged = not done and after.status in OPEN_STATUSES
        broken = judged and fit(before.timespan, after.timespan) is Fit.BROKEN
        title = in_language(before.title_fi, before.title_sv, language)
        needs[successor_id].append((before.title_sort, Need(before.id, title, broken, done)))
    return {one: tuple(need for _sort, need in sorted(some, key=_order)) for one, some in needs.items()}


def _order(need: tuple[str, Need]) -> tuple[str, int]:
    return need[0], need[1].id


def _present(session: Session, municipality_id: int) -> Iterator[tuple[int, Before]]:
    """Give successors' ids with what comes before them."""
    statement = (
        select(Dependency.successor_id, *columns(Before, Initiative.__table__))
        .join(Initiative, Initiative.id == Dependency.predecessor_id)
        .where(
            Dependency.municipality_id == municipality_id, Dependency.removed.is_(False), Initiative.removed.is_(False)
        )
    )
    return ((successor_id, Before._make(before)) for successor_id, *before in session.connection().execute(statement))


def _past(session: Session, municipality_id: int, at: int) -> Iterator[tuple[int, Before]]:
    links = history.rows(session, Dependency, municipality_id, at)
    wanted = frozenset(link.predecessor_id for link in links)
    past = history.few(session, Initiative, municipality_id, at, id=wanted) if wanted else ()
    rows = {row.id: row for row in taken(Before, past)}
    return ((link.successor_id, rows[link.predecessor_id]) for link in links if link.predecessor_id in rows)
