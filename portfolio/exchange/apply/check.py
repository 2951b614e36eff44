"""Judging what an import would do by the rules of the rooms, without writing and without holding up who writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolio.core.rights import Actor
from portfolio.exchange.apply.model import Import
from portfolio.exchange.apply.write import check_rows, is_to_write
from portfolio.exchange.merge import Choice, Outcome, Plan, RowFate, resolved

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def check_import(session: Session, actor: Actor, done: Import) -> None:
    """Add to a planned import what the rooms would refuse of it, and leave those rows out.

    What they would refuse of a conflict if the file won is kept by its cell, for the one who chooses.
    """
    rows = [row for row in done.plan.rows if row.key not in done.left_out and is_to_write(row)]
    judged = check_rows(session, actor, done.present, done.parsed.records, rows)
    done.faults += judged.faults
    done.notices += judged.notices
    done.left_out |= judged.failed
    _warn_of_conflicts(session, actor, done)


def _warn_of_conflicts(session: Session, actor: Actor, done: Import) -> None:
    asking = [row for row in done.plan.rows if row.fate is RowFate.MERGE and row.has_conflicts and not row.has_errors]
    won = [row for row in resolved(Plan(tuple(asking)), Choice.FILE).rows if row.key not in done.parsed.blocked]
    if not won:
        return
    judged = check_rows(session, actor, done.present, done.parsed.records, won)
    conflicts = {
        cell.place
        for row in asking
        for one in row.cells
        if one.outcome is Outcome.CONFLICT and (cell := done.parsed.records[row.key].said_in(one.field))
    }
    done.warnings |= {fault.place: fault.problem for fault in judged.faults if fault.place in conflicts}
