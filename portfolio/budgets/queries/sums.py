"""Reading budget lines and their sums, now or after a revision."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from portfolio.budgets.models import BudgetLine, FundingSource
from portfolio.budgets.rules import AMOUNTS, BudgetPart, Sum, Total, YearMoney, add_up, total_of
from portfolio.core import history
from portfolio.core.records import chunks
from portfolio.core.text import sort_key
from portfolio.register.models import Initiative
from portfolio.register.queries import matching_ids, matching_rows
from portfolio.register.rules import InitiativeFilter

FEW = 500
"""Lines of so many initiatives are read of a past by themselves; for more, the whole past table is read and kept."""


def funding_sources(session: Session, municipality_id: int, *, at: int | None = None) -> list[FundingSource]:
    """Return where money may come from: the municipality's own first, then in Finnish order."""
    rows = history.rows(session, FundingSource, municipality_id, at)
    return sorted(rows, key=lambda row: (row.external, sort_key(row.name_fi), row.id))


def get_funding_source(
    session: Session, municipality_id: int, identity: int, *, at: int | None = None
) -> FundingSource | None:
    """Return one funding source, removed or not."""
    return history.row(session, FundingSource, municipality_id, identity, at)


def sums_by_initiative(
    session: Session,
    municipality_id: int,
    initiative_ids: Collection[int] | None,
    year: int | range,
    *,
    part: BudgetPart | None = None,
    amount: str = "planned",
    at: int | None = None,
) -> dict[int, Sum]:
    """Return what each initiative has in one year or several, over sources and (with ``part`` None) parts.

    ``initiative_ids`` None is all of the municipality. ``amount`` is planned, forecast or actual. An initiative without
    any line is not there: nothing is known of it.
    """
    if at is not None:
        past = _past_sums(session, municipality_id, _years(year), part, amount, at)
        ids = past if initiative_ids is None else initiative_ids
        return {identity: past[identity] for identity in ids if identity in past}
    lines = _sums_in_sql(year, part, amount).where(BudgetLine.municipality_id == municipality_id)
    statements = [lines]
    if initiative_ids is not None:
        statements = [lines.where(BudgetLine.initiative_id.in_(chunk)) for chunk in chunks(list(initiative_ids))]
    found = (row for statement in statements for row in session.execute(statement))
    return {identity: Sum(known, unknown, of) for identity, known, unknown, of in found}


def amounts_by_initiative(
    session: Session, municipality_id: int, initiative_ids: Collection[int], year: int, *, at: int | None = None
) -> dict[int, dict[str, Sum]]:
    """Return what each initiative has in a year by amount, over parts and sources; in one statement for them all.

    An initiative without any line is not there: nothing is known of it.
    """
    found: dict[int, dict[str, Sum]] = {}
    if at is not None:
        for name in AMOUNTS:
            past = _past_sums(session, municipality_id, _years(year), None, name, at)
            for identity in past.keys() & set(initiative_ids):
                found.setdefault(identity, {})[name] = past[identity]
        return found
    columns = [(name, getattr(BudgetLine, name)) for name in AMOUNTS]
    sums = [
        column for name, one in columns for column in (func.sum(one).label(name), func.count(one).label(f"{name}s"))
    ]
    statement = (
        select(BudgetLine.initiative_id, func.count().label("lines"), *sums)
        .where(BudgetLine.municipality_id == municipality_id, BudgetLine.year == year, BudgetLine.removed.is_(False))
        .group_by(BudgetLine.initiative_id)
    )
    for chunk in chunks(list(initiative_ids)):
        for row in session.execute(statement.where(BudgetLine.initiative_id.in_(chunk))).mappings():
            found[row["initiative_id"]] = {
                name: Sum(row[name], row["lines"] - row[f"{name}s"], row["lines"]) for name in AMOUNTS
            }
    return found


def money_by_year(
    session: Session, municipality_id: int, initiative_id: int, years: Iterable[int], *, at: int | None = None
) -> list[YearMoney]:
    """Return what is told of one initiative's money in some years, over parts and sources; in one statement."""
    lines = history.few(session, BudgetLine, municipality_id, at, initiative_id=initiative_id)
    return [
        YearMoney(year, *(add_up(getattr(line, name) for line in lines if line.year == year) for name in AMOUNTS))
        for year in years
    ]


def total(  # noqa: PLR0913 -- whose and which money of which year, at which time
    session: Session,
    municipality_id: int,
    chosen: InitiativeFilter,
    year: int,
    *,
    today: dt.date,
    part: BudgetPart | None = None,
    amount: str = "planned",
    at: int | None = None,
    initiatives: int | None = None,
) -> Total:
    """Return the foot of the whole list that a filter keeps, whatever page is shown.

    ``initiatives`` is how many it keeps, where that has been counted already.
    """
    if at is not None:
        return _past_total(session, municipality_id, chosen, year, today=today, part=part, amount=amount, at=at)
    ids_now = matching_ids(municipality_id, chosen, today=today)
    lines = _sums_in_sql(year, part, amount).where(BudgetLine.municipality_id == municipality_id)
    each = lines.where(_kept(municipality_id, chosen, ids_now)).subquery()
    whole = case((and_(each.c.known.is_not(None), each.c.unknown == 0), 1), else_=0)
    known, with_figure = session.execute(select(func.sum(each.c.known), func.coalesce(func.sum(whole), 0))).one()
    if initiatives is None:
        initiatives = session.scalar(select(func.count()).select_from(ids_now.subquery())) or 0
    return Total(known, initiatives - with_figure)


def _kept(municipality_id: int, chosen: InitiativeFilter, ids_now: Select[int]) -> ColumnElement[bool]:
    """Tell which lines belong to initiatives that a filter keeps; without a filter, to those that are not removed.

    The second is much cheaper to ask: the removed are few, and every line would else be looked up among all.
    """
    if not chosen.is_empty:
        return BudgetLine.initiative_id.in_(ids_now)
    removed = select(Initiative.id).where(Initiative.municipality_id == municipality_id, Initiative.removed.is_(True))
    return BudgetLine.initiative_id.not_in(removed)


def changed_sums(
    session: Session, municipality_id: int, first: int, second: int | None = None
) -> dict[int, dict[int, tuple[Sum | None, Sum | None]]]:
    """Return the plans that differ between two revisions, by initiative and year as (old, new); ``second`` None is now.

    None is a year without any line. Sums go over parts and sources.
    """
    cells = history.cells_between(session, municipality_id, BudgetLine.__tablename__, first, second)
    touched = _keys_of(session, cells)
    wanted = set(touched.values())
    before: dict[tuple[int, int], list[Decimal | None]] = defaultdict(list)
    after: dict[tuple[int, int], list[Decimal | None]] = defaultdict(list)
    for line in _lines_at(session, municipality_id, {initiative for initiative, _year in wanted}, second):
        key = line.initiative_id, line.year
        if key not in wanted:
            continue
        changed = cells.get(line.id, {})
        was_removed, old = (changed.get(name, (getattr(line, name),))[0] for name in ("removed", "planned"))
        if not was_removed and history.BIRTH not in changed:
            before[key].append(old)
        if not line.removed:
            after[key].append(line.planned)
    found: dict[int, dict[int, tuple[Sum | None, Sum | None]]] = defaultdict(dict)
    for key in sorted(wanted):
        old_sum, new_sum = (add_up(side[key]) if key in side else None for side in (before, after))
        if _says(old_sum) != _says(new_sum):
            found[key[0]][key[1]] = (old_sum, new_sum)
    return dict(found)


def _says(one: Sum | None) -> tuple[Decimal | None, int] | None:
    """Give what a person reads of a sum: the same money on more lines is the same."""
    return None if one is None else (one.known, one.unknown)


def _keys_of(session: Session, ids: Collection[int]) -> dict[int, tuple[int, int]]:
    """Give the initiative and the year of lines, which never become others."""
    own = select(BudgetLine.id, BudgetLine.initiative_id, BudgetLine.year)
    rows = (row for chunk in chunks(list(ids)) for row in session.execute(own.where(BudgetLine.id.in_(chunk))))
    return {identity: (initiative, year) for identity, initiative, year in rows}


def _lines_at(session: Session, municipality_id: int, ids: Collection[int], at: int | None) -> Iterable[Any]:
    """Give the lines of initiatives, removed ones too, now or after a revision."""
    if at is not None and len(ids) <= FEW:
        return history.few(session, BudgetLine, municipality_id, at, with_removed=True, initiative_id=frozenset(ids))
    if at is not None:
        return (
            one for one in history.past(session, BudgetLine, municipality_id, at).values() if one.initiative_id in ids
        )
    columns = [getattr(BudgetLine, name) for name in ("id", "initiative_id", "year", "planned", "removed")]
    mine = select(*columns).where(BudgetLine.municipality_id == municipality_id)
    return (
        row for chunk in chunks(list(ids)) for row in session.execute(mine.where(BudgetLine.initiative_id.in_(chunk)))
    )


def _sums_in_sql(year: int | range, part: BudgetPart | None, amount: str) -> Select[int, Decimal | None, int, int]:
    column: InstrumentedAttribute[Decimal | None] = getattr(BudgetLine, amount)
    statement = (
        select(
            BudgetLine.initiative_id,
            func.sum(column).label("known"),
            (func.count() - func.count(column)).label("unknown"),
            func.count().label("of"),
        )
        .where(BudgetLine.year.in_(_years(year)), BudgetLine.removed.is_(False))
        .group_by(BudgetLine.initiative_id)
    )
    return statement if part is None else statement.where(BudgetLine.part == part)


def _past_total(
    session: Session,
    municipality_id: int,
    chosen: InitiativeFilter,
    year: int,
    *,
    today: dt.date,
    part: BudgetPart | None,
    amount: str,
    at: int,
) -> Total:
    """Add up what a filter kept then; the foot of the whole list depends on the past alone and is made once."""

    def add() -> Total:
        ids = [row.id for row in matching_rows(session, municipality_id, chosen, today=today, at=at)]
        past = _past_sums(session, municipality_id, _years(year), part, amount, at)
        return total_of((past[identity] for identity in ids if identity in past), len(ids))

    if not chosen.is_empty:
        return add()
    return history.kept(session, ("budget total", municipality_id, at, year, part, amount), add)


def _past_sums(
    session: Session, municipality_id: int, years: range, part: BudgetPart | None, amount: str, at: int
) -> dict[int, Sum]:
    """Return what every initiative had after a revision, made once."""

    def add() -> dict[int, Sum]:
        rows = history.rows(session, BudgetLine, municipality_id, at)
        return _sums((row for row in rows if row.year in years and part in (None, row.part)), amount)

    return history.kept(session, ("budget sums", municipality_id, at, years, part, amount), add)


def _sums(lines: Iterable[BudgetLine], amount: str) -> dict[int, Sum]:
    amounts: dict[int, list[Decimal | None]] = defaultdict(list)
    for line in lines:
        amounts[line.initiative_id].append(getattr(line, amount))
    return {identity: add_up(found) for identity, found in amounts.items()}


def _years(year: int | range) -> range:
    return range(year, year + 1) if isinstance(year, int) else year
