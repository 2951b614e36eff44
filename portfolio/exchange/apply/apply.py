"""Applying a checked plan: what was ticked and chosen, in one transaction, as it was planned."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from portfolio.core import history
from portfolio.core.collecting import without_collecting
from portfolio.core.language import N_
from portfolio.core.problem import Problem, Refusal
from portfolio.core.rights import Actor
from portfolio.exchange.apply.batch import Batch
from portfolio.exchange.apply.record import Origin, record_added, record_batch
from portfolio.exchange.apply.refused import tell_refused
from portfolio.exchange.apply.stale import StaleCell, StalePlanError, refuse_stale
from portfolio.exchange.apply.stored import Stored, read_plan
from portfolio.exchange.apply.write import write_rows
from portfolio.exchange.merge import RowFate
from portfolio.exchange.models import Export, ImportBatch, PlannedCell, Upload, UploadState
from portfolio.exchange.operations.notices import note_owners
from portfolio.exchange.queries import earlier_import
from portfolio.exchange.queries.plan import UNDECIDED, leftovers
from portfolio.organisation.models import Municipality
from portfolio.organisation.rules import today_in

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

__all__ = ["AnotherPlanError", "StaleCell", "StalePlanError", "apply_upload"]

NOT_CHECKED = N_("This file does not wait to be applied.")
NOT_YOURS = N_("Only the person who sent the file may apply it.")
ANOTHER_PLAN = N_("The file was compared anew since you opened this page. Look at the changes once more, then import.")
STILL_OPEN = N_(
    "Choose between the file and what is there now in each ticked conflict, or untick it. Still open: %(count)s."
)


class AnotherPlanError(Refusal):
    """The plan that the person looked at is not the one that is kept any more."""


def apply_upload(session: Session, actor: Actor, upload: Upload, seen: str | None) -> ImportBatch | None:
    """Write the ticked changes of a checked upload and record the import, in the session's transaction.

    ``seen`` names the plan that the person looked at, by its hash: raises :class:`AnotherPlanError` for another.
    Rows in error and what is not ticked are left. Applied already, it answers with the batch there is; None where the
    file changed nothing and nothing of it was to be recorded. Raises :class:`StalePlanError` when others have changed
    what the plan rests on, and Refusal while a ticked conflict is undecided. What a room refuses after all, since the
    person's access changed, is left out, row by row, and told in the plan.
    """
    with without_collecting():
        return _apply(session, actor, upload, seen)


def _apply(session: Session, actor: Actor, upload: Upload, seen: str | None) -> ImportBatch | None:
    history.take_turn(session)
    session.refresh(upload, with_for_update=True)
    if upload.user_id != actor.user_id or upload.municipality_id != actor.municipality_id:
        raise Refusal(Problem(NOT_YOURS))
    if upload.state is UploadState.APPLIED:
        return session.get(ImportBatch, upload.batch_id) if upload.batch_id else None
    if upload.state is not UploadState.CHECKED:
        raise Refusal(Problem(NOT_CHECKED))
    if (upload.plan_hash or "") != (seen or ""):
        raise AnotherPlanError(Problem(ANOTHER_PLAN))
    if open_ := session.scalar(select(func.count()).where(PlannedCell.upload_id == upload.id, UNDECIDED)):
        raise Refusal(Problem(STILL_OPEN, {"count": open_}))
    stored = read_plan(session, upload)
    refuse_stale(session, upload, stored)
    signed = replace(actor, source="import", source_ref=upload.file_name[:80])
    before = history.latest_revision(session)
    written = write_rows(session, signed, stored.present, stored.records, stored.rows)
    tell_refused(session, upload, stored, written)
    revision = history.latest_revision(session)
    batch = _record(session, signed, upload, stored, written, revision if revision > before else None)
    if batch is not None and revision > before:
        municipality = session.get_one(Municipality, upload.municipality_id)
        note_owners(session, signed, batch, today_in(municipality.demo_day, actor.at))
    upload.state, upload.batch_id = UploadState.APPLIED, batch.id if batch else None
    if leftovers(session, upload.id).is_empty:
        upload.data = None
    upload.unchanged = None
    session.flush()
    return batch


def _record(
    session: Session, actor: Actor, upload: Upload, stored: Stored, written: Batch, revision: int | None
) -> ImportBatch | None:
    """Record the import; the same rows that change nothing are no new import but the earlier one."""
    name = upload.profile_name or ""
    earlier = earlier_import(session, upload.municipality_id, name, upload.content_hash or "")
    if revision is None and earlier is not None:
        return earlier
    origins = [*stored.origins(written.failed), *(Origin(*one) for one in upload.unchanged or ())]
    if revision is None and not origins:
        return None
    values: dict[str, Any] = {
        "municipality_id": upload.municipality_id,
        "file_name": upload.file_name,
        "content_hash": upload.content_hash or "",
        "profile": name,
        "revision_id": revision,
        "base_revision_id": _base_revision(session, upload, earlier),
        "counts": _counts(upload, stored, written),
        "export_id": upload.export_id,
    }
    batch = record_batch(session, actor, values, origins)
    record_added(session, batch, (row for row in stored.rows if row.key not in written.failed), stored.present.ids)
    return batch


def _base_revision(session: Session, upload: Upload, earlier: ImportBatch | None) -> int:
    if upload.export_id is not None:
        return session.get_one(Export, upload.export_id).revision_id
    return (earlier.revision_id if earlier else None) or upload.planned_revision_id or 0


def _counts(upload: Upload, stored: Stored, written: Batch) -> dict[str, int]:
    """Count what was done: of the plan's counts, as the person decided."""
    moved = stored.moved
    told: dict[str, int] = dict(upload.summary or {})
    refused = [row for row in stored.rows if row.key in written.failed]
    lost = sum(len(row.cells) for row in refused if row.fate is RowFate.MERGE)
    steps = {
        "changed": moved["file"] - moved["unticked"] - lost,
        "conflicts": -moved["file"] - moved["current"],
        "kept": moved["current"],
        "unchanged": moved["unticked"],
        "errors": lost,
        "added": -moved["left"] - sum(row.fate is RowFate.ADD for row in refused),
    }
    return {name: count + steps.get(name, 0) for name, count in told.items()}
