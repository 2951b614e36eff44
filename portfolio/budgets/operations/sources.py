"""Where money comes from: funding sources, and how each takes part in an initiative's costs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from portfolio.budgets.models import BudgetLine, FundingShare, FundingSource
from portfolio.budgets.operations.lines import CLOSED
from portfolio.budgets.rules import check_share, editable_amounts
from portfolio.core.history import Written
from portfolio.core.language import N_
from portfolio.core.problem import Problem
from portfolio.core.records import GONE, Problems, Put, Records, Wanted, fresh_rows, with_free_code
from portfolio.core.rights import Actor, working_in
from portfolio.register.models import Initiative

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

IN_USE = N_("There are amounts from this source. Move them to another source first.")


def create_funding_source(session: Session, actor: Actor, values: Mapping[str, Any]) -> int:
    """Add a source of money and return its id; without a code it gets one made from its name."""
    return _SOURCES.create(session, actor, [with_free_code(session, actor, FundingSource, values, "name_fi")])[0]


def update_funding_source(
    session: Session, actor: Actor, identity: int, values: Mapping[str, Any], *, version: int | None = None
) -> Written:
    """Change a source of money."""
    return _SOURCES.update_one(session, actor, identity, values, version)


def remove_funding_source(session: Session, actor: Actor, identity: int) -> Written:
    """Remove a source from which no amounts come."""
    return _SOURCES.set_removed(session, actor, [identity], removed=True)


def restore_funding_source(session: Session, actor: Actor, identity: int) -> Written:
    """Bring a removed source back."""
    return _SOURCES.set_removed(session, actor, [identity], removed=False)


def put_funding_sources(session: Session, actor: Actor, rows: Mapping[str, Mapping[str, Any]]) -> Put[str]:
    """Make the sources with these codes hold these values."""
    return _SOURCES.put(session, actor, rows)


def put_funding_shares(
    session: Session, actor: Actor, rows: Mapping[tuple[int, int], Mapping[str, Any]]
) -> Put[tuple[int, int]]:
    """Make the shares of these (initiative id, source id) hold these values: per cent, period, note (requirement 136).

    A share that was removed comes back.
    """
    return _SHARES.put(session, actor, rows, key=("initiative_id", "source_id"))


def remove_funding_share(session: Session, actor: Actor, identity: int) -> Written:
    """Remove a share: nothing is said any more of what the source pays."""
    return _SHARES.set_removed(session, actor, [identity], removed=True)


def _judge_sources(session: Session, actor: Actor, wanted: Mapping[int, Wanted]) -> Problems:
    going = {item: row.after["id"] for item, row in wanted.items() if row.given.get("removed")}
    if not going:
        return {}
    used = select(BudgetLine.source_id).where(
        BudgetLine.municipality_id == working_in(actor),
        BudgetLine.source_id.in_(going.values()),
        BudgetLine.removed.is_(False),
    )
    in_use = set(session.scalars(used.distinct()))
    return {item: [Problem(IN_USE)] for item, identity in going.items() if identity in in_use}


def _judge_shares(session: Session, actor: Actor, wanted: Mapping[int, Wanted]) -> Problems:
    """Tell which shares are not the actor's to write: who plans the money of an item writes who pays it."""
    owners = {row.after["initiative_id"] for row in wanted.values()}
    rows = fresh_rows(session, Initiative, working_in(actor), owners, ("unit_id", "owner_post_id"))
    found: Problems = {}
    for item, row in wanted.items():
        problems = check_share(row.given)
        owner = rows.get(row.after["initiative_id"])
        if owner is None or owner["removed"]:
            problems.append(Problem(GONE, place="initiative_id"))
        elif "planned" not in editable_amounts(actor, owner["unit_id"], owner["owner_post_id"]):
            problems.append(Problem(CLOSED))
        found[item] = problems
    return found


_SOURCES = Records(FundingSource, (_judge_sources,), needs=frozenset({"code"}))
_SHARES = Records(FundingShare, (_judge_shares,), right=None, needs=frozenset({"initiative_id", "source_id"}))
