"""Writing or judging planned rows, kind after kind, each after those it refers to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from sqlalchemy.orm import Session

from portfolio.core import history
from portfolio.core.rights import Actor
from portfolio.exchange.apply.batch import Batch, Row, judging, writing
from portfolio.exchange.apply.items import (
    by_sort,
    write_decisions,
    write_handling_forums,
    write_initiatives,
    write_links,
    write_money,
)
from portfolio.exchange.apply.lookups import (
    write_categories,
    write_forums,
    write_meetings,
    write_posts,
    write_units,
)
from portfolio.exchange.apply.parts import PARTS, remove_rows, write_parts
from portfolio.exchange.apply.reviews import write_reviews
from portfolio.exchange.columns import Entity, Key
from portfolio.exchange.merge import RowFate
from portfolio.exchange.queries import Present
from portfolio.exchange.rows import Record


def is_to_write(row: Row) -> bool:
    """Tell whether a planned row is written: it changes something, and has neither errors nor open conflicts."""
    if row.has_errors or row.has_conflicts:
        return False
    return row.fate in {RowFate.ADD, RowFate.REMOVE} or (row.fate is RowFate.MERGE and bool(row.changes))


def check_rows(
    session: Session, actor: Actor, present: Present, records: Mapping[Key, Record], rows: Iterable[Row]
) -> Batch:
    """Judge the merged result by the rules of the rooms; nothing is written and no lock is taken.

    The answer's ``faults`` tell what would be refused, its ``failed`` which rows.
    """
    batch = judging(session, actor, present, records)
    _write(batch, list(rows))
    return batch


def write_rows(
    session: Session, actor: Actor, present: Present, records: Mapping[Key, Record], rows: Iterable[Row]
) -> Batch:
    """Write rows in the session's transaction; of a row that is refused in any of its parts nothing is written.

    The ids of new rows are added to ``present``.
    """
    wanted = list(rows)
    faults, notices, failed = [], [], set()
    while True:
        batch = writing(session, actor, replace(present, ids=dict(present.ids)), records)
        with history.tentative(session) as attempt:
            _write(batch, wanted)
            if batch.failed:
                attempt.rollback()
        faults += batch.faults
        failed |= batch.failed
        if not batch.failed:
            break
        wanted = [row for row in wanted if row.key not in failed]
    present.ids.update(batch.present.ids)
    notices += batch.notices
    batch.faults, batch.notices, batch.failed = faults, notices, failed
    return batch


def _write(batch: Batch, rows: list[Row]) -> None:
    of: dict[str, list[Row]] = {entity: [] for entity in Entity}
    going: dict[str, list[Row]] = {entity: [] for entity in Entity}
    for row in rows:
        (going if row.fate is RowFate.REMOVE else of)[row.key[0]].append(row)
    write_units(batch, of[Entity.UNIT])
    write_posts(batch, of[Entity.POST])
    write_categories(batch, of[Entity.CATEGORY])
    write_forums(batch, of[Entity.FORUM])
    write_meetings(batch, of[Entity.MEETING])
    initiatives = of[Entity.INITIATIVE]
    sorts = by_sort(initiatives)
    write_initiatives(batch, initiatives, sorts)
    write_handling_forums(batch, sorts["forum"])
    write_decisions(batch, of[Entity.DECISION])
    write_links(batch, sorts["decision"], of[Entity.DECISION])
    write_money(batch, sorts["money"])
    for entity in PARTS:
        write_parts(batch, entity, of[entity])
    write_reviews(batch, of[Entity.REVIEW])
    for entity in (*PARTS, Entity.INITIATIVE):
        remove_rows(batch, entity, going[entity])
