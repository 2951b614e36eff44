"""Judging what an import would do by the rules of the rooms, without writing and without holding up who writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolio.core.rights import Actor
from portfolio.exchange.apply.model import Import
from portfolio.exchange.apply.write import check_rows, is_to_write

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def check_import(session: Session, actor: Actor, done: Import) -> None:
    """Add to a planned import what the rooms would refuse of it, and leave those rows out."""
    rows = [row for row in done.plan.rows if row.key not in done.left_out and is_to_write(row)]
    judged = check_rows(session, actor, done.present, done.parsed.records, rows)
    done.faults += judged.faults
    done.notices += judged.notices
    done.left_out |= judged.failed
