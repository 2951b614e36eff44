"""The money of a whole municipality in one reading: added up by portfolio, unit, year, part and source."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import Session

from portfolio.budgets.models import BudgetLine
from portfolio.budgets.rules import AMOUNTS, BudgetPart, Slice, Sum, add_up
from portfolio.core import history
from portfolio.register.models import Initiative


class MoneyPlace(NamedTuple):
    """The portfolio and the unit in which an initiative is counted."""

    portfolio_id: int
    unit_id: int | None


@dataclass(frozen=True, slots=True)
class ItemCounts:
    """How many initiatives stand where: all of them, and those of whose money nothing is told."""

    every: Counter[MoneyPlace]
    silent: Counter[MoneyPlace]


@dataclass(frozen=True, slots=True)
class MoneyFilter:
    """Whose and which money is added up; an empty set and None narrow nothing. Units are those named, no others."""

    portfolio_ids: frozenset[int] = frozenset()
    unit_ids: frozenset[int] = frozenset()
    source_ids: frozenset[int] = frozenset()
    part: BudgetPart | None = None

    def keeps_item(self, item: Initiative) -> bool:
        """Tell whether an initiative's money counts."""
        return (not self.portfolio_ids or item.portfolio_id in self.portfolio_ids) and (
            not self.unit_ids or item.unit_id in self.unit_ids
        )

    def keeps_line(self, line: BudgetLine) -> bool:
        """Tell whether a line of such an initiative counts."""
        return self.part in (None, line.part) and (not self.source_ids or line.source_id in self.source_ids)


def read_slices(
    session: Session, municipality_id: int, years: Sequence[int], chosen: MoneyFilter, *, at: int | None = None
) -> list[Slice]:
    """Return the money of some years, added up; in one statement, however many initiatives there are."""
    if at is not None:
        return _past_slices(session, municipality_id, years, chosen, at)
    key = (Initiative.portfolio_id, Initiative.unit_id, BudgetLine.year, BudgetLine.part, BudgetLine.source_id)
    sums = [f(getattr(BudgetLine, name)) for name in AMOUNTS for f in (func.sum, func.count)]
    statement = (
        select(*key, func.count(), *sums)
        .join(Initiative, Initiative.id == BudgetLine.initiative_id)
        .where(
            BudgetLine.municipality_id == municipality_id,
            BudgetLine.year.in_(years),
            BudgetLine.removed.is_(False),
            Initiative.removed.is_(False),
        )
        .group_by(*key)
    )
    if chosen.source_ids:
        statement = statement.where(BudgetLine.source_id.in_(chosen.source_ids))
    if chosen.part is not None:
        statement = statement.where(BudgetLine.part == chosen.part)
    rows = session.execute(_of_items(statement, chosen))
    return [Slice(*row[:5], *_amounts(row[5], row[6:])) for row in rows]


def count_items(
    session: Session, municipality_id: int, years: Sequence[int], chosen: MoneyFilter, *, at: int | None = None
) -> ItemCounts:
    """Count initiatives by where they stand, and those of whose money nothing is told in these years."""
    if at is not None:
        return _past_counts(session, municipality_id, years, chosen, at)
    told = exists().where(
        BudgetLine.initiative_id == Initiative.id, BudgetLine.year.in_(years), BudgetLine.removed.is_(False)
    )
    key = (Initiative.portfolio_id, Initiative.unit_id)
    mine = _of_items(
        select(*key, func.count()).where(Initiative.municipality_id == municipality_id, Initiative.removed.is_(False)),
        chosen,
    ).group_by(*key)
    every, silent = (
        Counter({MoneyPlace(portfolio, unit): number for portfolio, unit, number in session.execute(one)})
        for one in (mine, mine.where(~told))
    )
    return ItemCounts(every, silent)


def _of_items(statement: Select[*tuple[Any, ...]], chosen: MoneyFilter) -> Select[*tuple[Any, ...]]:
    if chosen.portfolio_ids:
        statement = statement.where(Initiative.portfolio_id.in_(chosen.portfolio_ids))
    if chosen.unit_ids:
        statement = statement.where(Initiative.unit_id.in_(chosen.unit_ids))
    return statement


def _amounts(lines: int, sums: Sequence[Any]) -> list[Sum]:
    """Make the three amounts of their sums and counts, which stand in pairs."""
    pairs = zip(sums[::2], sums[1::2], strict=True)
    return [Sum(known, lines - number, lines) for known, number in pairs]


def _past_slices(
    session: Session, municipality_id: int, years: Sequence[int], chosen: MoneyFilter, at: int
) -> list[Slice]:
    items = {one.id: one for one in history.rows(session, Initiative, municipality_id, at) if chosen.keeps_item(one)}
    found: dict[tuple[Any, ...], list[BudgetLine]] = defaultdict(list)
    for line in history.rows(session, BudgetLine, municipality_id, at):
        if line.year in years and line.initiative_id in items and chosen.keeps_line(line):
            item = items[line.initiative_id]
            found[item.portfolio_id, item.unit_id, line.year, line.part, line.source_id].append(line)
    return [
        Slice(*key, *(add_up(getattr(line, name) for line in lines) for name in AMOUNTS))
        for key, lines in found.items()
    ]


def _past_counts(
    session: Session, municipality_id: int, years: Sequence[int], chosen: MoneyFilter, at: int
) -> ItemCounts:
    told = {one.initiative_id for one in history.rows(session, BudgetLine, municipality_id, at) if one.year in years}
    items = [one for one in history.rows(session, Initiative, municipality_id, at) if chosen.keeps_item(one)]
    return ItemCounts(
        every=Counter(MoneyPlace(one.portfolio_id, one.unit_id) for one in items),
        silent=Counter(MoneyPlace(one.portfolio_id, one.unit_id) for one in items if one.id not in told),
    )
