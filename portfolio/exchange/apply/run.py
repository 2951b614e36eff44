"""Importing a workbook: read it, hold it against what is there, and write it through the rooms' operations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolio.core import history
from portfolio.core.rights import Actor
from portfolio.exchange.apply.batch import Batch, Row
from portfolio.exchange.apply.dating import refuse_going_back
from portfolio.exchange.apply.items import (
    check_money,
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
from portfolio.exchange.apply.model import Import, Options, Way
from portfolio.exchange.apply.parts import PARTS, write_parts
from portfolio.exchange.apply.plan import plan_import
from portfolio.exchange.apply.summary import summary
from portfolio.exchange.columns import Entity
from portfolio.exchange.merge import Fate
from portfolio.exchange.models import ImportBatch, ImportOrigin
from portfolio.files.cells import Workbook
from portfolio.organisation.models import Municipality

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def import_workbook(
    session: Session, actor: Actor, municipality: Municipality, way: Way, workbook: Workbook, options: Options
) -> Import:
    """Read, plan and write a workbook in the session's transaction, which the caller keeps or gives up.

    Everything sound is written: rows with faults, errors or open conflicts are left out and told. Whoever wants all or
    nothing gives the transaction up when the answer has any. A preview is an import that is given up.
    """
    history.take_turn(session)
    refuse_going_back(session, actor.at)
    before = history.latest_revision(session)
    done = plan_import(session, actor, municipality, workbook, way, options)
    batch = Batch(session, actor, done.present, done.parsed, done.rights)
    blocked = done.parsed.blocked
    rows = [row for row in done.plan.rows if row.key not in blocked and _is_to_write(row)]
    _write(batch, rows, rehearsal=options.rehearsal)
    done.faults += batch.faults
    done.notices += batch.notices
    done.left_out |= batch.failed
    if options.rehearsal:
        return done
    revision = history.latest_revision(session)
    done.batch = _record(session, actor, way, workbook, done, revision if revision > before else None, before)
    return done


def _is_to_write(row: Row) -> bool:
    if row.has_errors or row.has_conflicts or row.fate is Fate.GONE:
        return False
    return row.fate is Fate.ADD or bool(row.changes)


def _write(batch: Batch, rows: list[Row], *, rehearsal: bool) -> None:
    """Write kind after kind, each after those it refers to."""
    of: dict[Entity, list[Row]] = {entity: [] for entity in Entity}
    for row in rows:
        of[Entity(row.key[0])].append(row)
    write_units(batch, of[Entity.UNIT])
    write_posts(batch, of[Entity.POST])
    write_categories(batch, of[Entity.CATEGORY])
    write_forums(batch, of[Entity.FORUM])
    write_meetings(batch, of[Entity.MEETING])
    initiatives = of[Entity.INITIATIVE]
    write_initiatives(batch, initiatives)
    write_handling_forums(batch, initiatives)
    write_decisions(batch, of[Entity.DECISION])
    write_links(batch, initiatives, of[Entity.DECISION])
    (check_money if rehearsal else write_money)(batch, initiatives)
    for entity in PARTS:
        write_parts(batch, entity, of[entity])


def _record(
    session: Session,
    actor: Actor,
    way: Way,
    workbook: Workbook,
    done: Import,
    revision: int | None,
    before: int,
) -> ImportBatch | None:
    """Record the import and where each item stood in the file; the same rows that change nothing are no new import."""
    if revision is None and done.earlier is not None:
        return None
    ids = done.present.ids
    told = {key: record for key, record in done.parsed.records.items() if key in ids and key not in done.left_out}
    if not told:
        return None
    batch = ImportBatch(
        municipality_id=done.present.municipality_id,
        file_name=workbook.name[:200],
        content_hash=done.parsed.content_hash,
        profile=way.name,
        applied_at=actor.at,
        user_id=actor.user_id,
        revision_id=revision,
        base_revision_id=before if done.earlier is None else done.earlier.revision_id or before,
        counts=summary(done),
    )
    session.add(batch)
    session.flush()
    session.add_all(
        ImportOrigin(batch_id=batch.id, entity=key[0], entity_id=ids[key], sheet=sheet[:80], row=row)
        for key, record in told.items()
        for sheet, row in record.rows
    )
    session.flush()
    return batch
