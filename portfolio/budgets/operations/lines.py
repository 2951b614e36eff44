"""Writing the money of initiatives, cell by cell."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

from portfolio.budgets.models import BudgetLine, YearLock
from portfolio.budgets.rules import AMOUNTS, BudgetPart, check_line, check_lock, editable_amounts
from portfolio.core import history
from portfolio.core.history import Written
from portfolio.core.language import N_
from portfolio.core.problem import Problem
from portfolio.core.records import GONE, Problems, Records, Wanted, fresh_rows
from portfolio.core.rights import Actor, working_in
from portfolio.register.models import Initiative

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

Key: TypeAlias = tuple[int, int, BudgetPart, int]
"""Which line: (initiative id, year, part, funding source id)."""

CLOSED = N_("Your access does not cover the money of this item.")

_KEY = ("initiative_id", "year", "part", "source_id")


def set_budget_cells(session: Session, actor: Actor, cells: Mapping[Key, Mapping[str, Decimal | None]]) -> Written:
    """Write amounts in euros: {key: {"planned": …, "forecast": …, "actual": …}}; amounts not named stay.

    A line that is missing is made, one that was removed comes back. None is unknown, zero is an explicit zero.
    """
    return _LINES.put(session, actor, cells, key=_KEY).written


def check_budget_cells(session: Session, actor: Actor, cells: Mapping[Key, Mapping[str, Decimal | None]]) -> Problems:
    """Tell what :func:`set_budget_cells` would refuse, by index; nothing is written."""
    return _LINES.check_put(session, actor, cells, key=_KEY)


def _judge_lines(session: Session, actor: Actor, wanted: Mapping[int, Wanted]) -> Problems:
    """Tell which amounts are not the actor's to write, or cannot be."""
    owners = {row.after["initiative_id"] for row in wanted.values()}
    rows = fresh_rows(session, Initiative, working_in(actor), owners, ("unit_id", "owner_post_id"))
    open_amounts = {
        identity: editable_amounts(actor, row["unit_id"], row["owner_post_id"])
        for identity, row in rows.items()
        if not row["removed"]
    }
    locked = {one.year for one in history.rows(session, YearLock, working_in(actor))}
    found: Problems = {}
    for item, row in wanted.items():
        amounts = open_amounts.get(row.after["initiative_id"])
        problems = [*check_line(row.given), *check_lock(row.given, row.after["year"], locked)]
        if amounts is None and row.before is not None:
            problems.append(Problem(GONE, place="initiative_id"))
        elif amounts is not None:
            asked = sorted(row.given.keys() & set(AMOUNTS)) or ["planned"]
            problems += [Problem(CLOSED, place=name) for name in asked if name not in amounts]
        found[item] = problems
    return found


_LINES = Records(BudgetLine, (_judge_lines,), right=None, needs=frozenset(_KEY))
