"""Importing a workbook on the command line: planned, written and recorded in one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolio.core import history
from portfolio.core.rights import Actor
from portfolio.exchange.apply.dating import refuse_going_back
from portfolio.exchange.apply.model import Import, Options, Way
from portfolio.exchange.apply.plan import plan_import
from portfolio.exchange.apply.record import Origin, origins_of, record_added, record_batch
from portfolio.exchange.apply.summary import summary
from portfolio.exchange.apply.write import is_to_write, write_rows
from portfolio.files.cells import Workbook
from portfolio.organisation.models import Municipality

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from portfolio.exchange.models import ImportBatch


def import_workbook(
    session: Session, actor: Actor, municipality: Municipality, way: Way, workbook: Workbook, options: Options
) -> Import:
    """Read, plan and write a workbook in the session's transaction, which the caller keeps or gives up.

    Everything sound is written: rows with faults, errors or open conflicts are left out and told. Whoever wants all or
    nothing gives the transaction up when the answer has any.
    """
    history.take_turn(session)
    refuse_going_back(session, actor.at)
    before = history.latest_revision(session)
    done = plan_import(session, actor, municipality, workbook, way, options)
    rows = [row for row in done.plan.rows if row.key not in done.left_out and is_to_write(row)]
    written = write_rows(session, actor, done.present, done.parsed.records, rows)
    done.faults += written.faults
    done.left_out |= written.failed
    revision = history.latest_revision(session)
    done.batch = _record(session, actor, workbook, done, revision if revision > before else None, before)
    return done


def _record(
    session: Session, actor: Actor, workbook: Workbook, done: Import, revision: int | None, before: int
) -> ImportBatch | None:
    """Record the import and where each item stood in the file; the same rows that change nothing are no new import."""
    ids, origins = done.present.ids, list(_origins(done))
    if not origins or (revision is None and done.earlier is not None):
        return None
    values = {
        "municipality_id": done.present.municipality_id,
        "file_name": workbook.name[:200],
        "content_hash": done.parsed.content_hash,
        "profile": done.way.name,
        "revision_id": revision,
        "base_revision_id": before if done.earlier is None else done.earlier.revision_id or before,
        "counts": summary(done),
        "export_id": done.way.export_id,
    }
    batch = record_batch(session, actor, values, origins)
    record_added(session, batch, (row for row in done.plan.rows if row.key not in done.left_out), ids)
    return batch


def _origins(done: Import) -> Iterator[Origin]:
    ids = done.present.ids
    for key, record in done.parsed.records.items():
        if key in ids and key not in done.left_out:
            yield from origins_of(key[0], ids[key], record)
