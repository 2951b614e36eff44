"""Holding a ledger against what is there, and writing its sums as actual amounts in one transaction."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import select

from portfolio.budgets.models import BudgetLine, FundingSource
from portfolio.budgets.operations import set_budget_cells
from portfolio.core import history
from portfolio.core.language import N_
from portfolio.core.problem import Problem, Refusal
from portfolio.core.records import chunks
from portfolio.core.rights import Actor, Right, require
from portfolio.exchange.apply.record import record_batch
from portfolio.exchange.ledger.plan import Amounts, Key, KnownAmounts, LedgerPlan, plan_ledger
from portfolio.exchange.ledger.profile import LedgerProfile, Unit
from portfolio.exchange.ledger.read import LedgerFile
from portfolio.exchange.models import ImportBatch
from portfolio.register.models import Initiative

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

PREFIX = "ledger:"
"""What the profile of an import of actual amounts begins with, where imports are listed."""
LONGEST = 60

NO_SOURCE = N_('The profile names the funding source "%(code)s", which is not here.')
ANOTHER = N_("The amounts have changed since you looked at them. Look at them again, then write them.")


def preview_ledger(
    session: Session, municipality_id: int, file: LedgerFile, profile: LedgerProfile, unit: Unit | None = None
) -> LedgerPlan:
    """Tell what a file would write; raises Refusal where the profile does not fit the municipality."""
    return plan_ledger(file, profile, _known(session, municipality_id, file, profile), unit)


def write_ledger(
    session: Session,
    actor: Actor,
    name: str,
    file: LedgerFile,
    profile: LedgerProfile,
    *,
    unit: Unit | None = None,
    seen: str | None = None,
) -> tuple[LedgerPlan, ImportBatch | None]:
    """Write the actual amounts and record the import, so that it can be undone; in the session's transaction.

    ``seen`` names the plan that a person looked at: another one is refused. Nothing is written while the file has
    errors or a question waits; then, and where nothing changes, there is no import.
    """
    municipality_id = require(actor, Right.IMPORT)
    history.take_turn(session)
    plan = preview_ledger(session, municipality_id, file, profile, unit)
    if seen is not None and seen != plan.stamp:
        raise Refusal(Problem(ANOTHER))
    if plan.errors or plan.asks or not plan.changed:
        return plan, None
    before = history.latest_revision(session)
    signed = replace(actor, source="ledger", source_ref=name[:80])
    set_budget_cells(session, signed, {one.key: {"actual": one.new} for one in plan.changed})
    values = {
        "municipality_id": municipality_id,
        "file_name": name[:200],
        "content_hash": _content(file),
        "profile": f"{PREFIX}{profile.name}"[:LONGEST],
        "revision_id": history.latest_revision(session),
        "base_revision_id": before,
        "counts": count_plan(plan),
        "export_id": None,
    }
    return plan, record_batch(session, signed, values, [])


def count_plan(plan: LedgerPlan) -> dict[str, int]:
    """Count rows and amounts, by the names that other imports use."""
    changed = len(plan.changed)
    return {
        "rows": plan.entries,
        "cells": len(plan.cells),
        "added": 0,
        "changed": changed,
        "unchanged": len(plan.cells) - changed,
        "kept": 0,
        "conflicts": 0,
        "errors": len(plan.errors),
        "not_in_file": 0,
        "unmatched": len(plan.unmatched),
    }


def _known(session: Session, municipality_id: int, file: LedgerFile, profile: LedgerProfile) -> KnownAmounts:
    items = _items(session, municipality_id, {one.project for one in file.entries})
    own = select(FundingSource.code, FundingSource.id).where(
        FundingSource.municipality_id == municipality_id, FundingSource.removed.is_(False)
    )
    sources: dict[str, int] = {row.code: row.id for row in session.execute(own)}
    wanted = {profile.pays_rest, *(one.source for one in profile.accounts if one.source)}
    if missing := sorted(wanted - sources.keys()):
        raise Refusal(*(Problem(NO_SOURCE, {"code": code}) for code in missing))
    owners = {identity for some in items.values() for identity in some}
    return KnownAmounts(items, sources, _lines(session, municipality_id, owners))


def _items(session: Session, municipality_id: int, numbers: Iterable[str]) -> dict[str, set[int]]:
    """Find the initiatives of ledger numbers; a number is compared without what surrounds it."""
    found: dict[str, set[int]] = defaultdict(set)
    wanted = set(numbers)
    mine = select(Initiative.ledger_number, Initiative.id).where(
        Initiative.municipality_id == municipality_id,
        Initiative.removed.is_(False),
        Initiative.ledger_number.is_not(None),
    )
    for number, identity in session.execute(mine):
        if (plain := " ".join((number or "").split())) in wanted:
            found[plain].add(identity)
    return dict(found)


def _lines(session: Session, municipality_id: int, owners: set[int]) -> dict[Key, Amounts]:
    columns = (BudgetLine.initiative_id, BudgetLine.year, BudgetLine.part, BudgetLine.source_id)
    mine = select(*columns, BudgetLine.planned, BudgetLine.actual).where(
        BudgetLine.municipality_id == municipality_id, BudgetLine.removed.is_(False)
    )
    rows = (
        row
        for some in chunks(sorted(owners))
        for row in session.execute(mine.where(BudgetLine.initiative_id.in_(some)))
    )
    return {Key(*row[:4]): Amounts(row.planned, row.actual) for row in rows}


def _content(file: LedgerFile) -> str:
    rows = [[*map(str, entry)] for entry in file.entries]
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest()
