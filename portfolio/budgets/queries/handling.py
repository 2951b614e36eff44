"""What goes to the handling of one year's budget: initiatives with planned money, and what is news in them."""

from __future__ import annotations

import enum
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portfolio.budgets.models import BudgetLine
from portfolio.budgets.queries.sums import changed_sums
from portfolio.budgets.rules import NOTHING, BudgetPart, Sum, add_up, together
from portfolio.core import history
from portfolio.core.records import chunks
from portfolio.core.text import sort_key
from portfolio.register.models import Initiative


class News(enum.StrEnum):
    """What happened to an initiative's plan of the year since a point in time."""

    NEW = "new"
    CHANGED = "changed"
    GONE = "gone"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Handled:
    """One initiative on its way to the budget: what is planned by part, and what was planned before.

    ``before`` is None where nothing was told then, or nothing has changed.
    """

    initiative: Initiative
    news: News
    before: Sum | None = None
    parts: dict[BudgetPart, Sum] = field(default_factory=dict)

    @property
    def whole(self) -> Sum:
        """Give both parts together."""
        return together(self.parts.values())

    def part(self, part: BudgetPart) -> Sum:
        """Give one part."""
        return self.parts.get(part, NOTHING)


def read_handling(
    session: Session, municipality_id: int, year: int, since: int | None, *, at: int | None = None
) -> list[Handled]:
    """Return what is planned for a year by initiative, in order of portfolio and title.

    ``since`` is the revision from which news are counted; None: everything is as it is, nothing is news. What had a
    plan then and has none now is told as gone.
    """
    plans = _plans(session, municipality_id, year, at)
    changed = {} if since is None else changed_sums(session, municipality_id, since, at)
    moved = {identity: sums[year] for identity, sums in changed.items() if year in sums}
    born = _born(session, municipality_id, since, at)
    items = _items(session, municipality_id, plans.keys() | moved.keys(), at)
    found = []
    for identity, item in items.items():
        before = moved[identity][0] if identity in moved else None
        if item.removed and before is None:
            continue
        gone = item.removed or identity not in plans
        news = _news(is_new=identity in born, moved=identity in moved, gone=gone)
        found.append(Handled(item, news, before, {} if gone else plans[identity]))
    return sorted(found, key=lambda one: (one.initiative.portfolio_id, sort_key(one.initiative.title_fi)))


def _news(*, is_new: bool, moved: bool, gone: bool) -> News:
    if gone:
        return News.GONE
    if is_new:
        return News.NEW
    return News.CHANGED if moved else News.SAME


def _born(session: Session, municipality_id: int, since: int | None, at: int | None) -> set[int]:
    if since is None:
        return set()
    cells = history.cells_between(session, municipality_id, Initiative.__tablename__, since, at)
    return {identity for identity, changed in cells.items() if history.BIRTH in changed}


def _plans(session: Session, municipality_id: int, year: int, at: int | None) -> dict[int, dict[BudgetPart, Sum]]:
    """Add up what is planned for a year by initiative and part."""
    found: dict[int, dict[BudgetPart, Sum]] = defaultdict(dict)
    if at is not None:
        for line in history.rows(session, BudgetLine, municipality_id, at):
            if line.year == year:
                parts = found[line.initiative_id]
                parts[line.part] = parts.get(line.part, NOTHING) + add_up([line.planned])
        return found
    amount = BudgetLine.planned
    statement = (
        select(BudgetLine.initiative_id, BudgetLine.part, func.sum(amount), func.count(amount), func.count())
        .where(BudgetLine.municipality_id == municipality_id, BudgetLine.year == year, BudgetLine.removed.is_(False))
        .group_by(BudgetLine.initiative_id, BudgetLine.part)
    )
    for identity, part, known, number, every in session.execute(statement):
        found[identity][part] = Sum(known, every - number, every)
    return found


def _items(session: Session, municipality_id: int, ids: Iterable[int], at: int | None) -> dict[int, Initiative]:
    wanted = set(ids)
    if at is not None:
        every = history.rows(session, Initiative, municipality_id, at, with_removed=True)
        return {one.id: one for one in every if one.id in wanted}
    mine = select(Initiative).where(Initiative.municipality_id == municipality_id)
    rows = (one for some in chunks(sorted(wanted)) for one in session.scalars(mine.where(Initiative.id.in_(some))))
    return {one.id: one for one in rows}
