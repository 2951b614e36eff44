"""``portfolio undo``: an import out again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from portfolio.cli import telling
from portfolio.cli.context import INPUT_ERRORS, language, language_option, now, with_engine
from portfolio.core.columns import can_be_kept
from portfolio.core.database import open_session
from portfolio.core.language import N_
from portfolio.core.problem import Problem, Refusal
from portfolio.core.rights import operator
from portfolio.exchange.queries import get_batch, is_undone

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

    from portfolio.exchange.models import ImportBatch

NO_BATCH = N_("There is no import %(batch)s.")
NOTHING_TO_UNDO = N_("Import %(batch)s changed nothing, so there is nothing to undo.")
UNDONE_ALREADY = N_("Import %(batch)s has been undone already.")


@click.command()
@click.argument("batch_id", metavar="BATCH", type=int)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@language_option
@with_engine
def undo_command(engine: Engine, batch_id: int, *, as_json: bool, tongue: str | None) -> None:
    """Take import BATCH back.

    What nobody has changed since goes back as it was; the rest stays, and is listed. BATCH is the number that the
    import told.
    """
    from portfolio.pages.operations.undo import undo_revision
    from portfolio.pages.queries.left import left_in_words

    speaker = telling.Speaker(tongue or language(), as_json=as_json)
    telling.need_tables(engine, speaker, str(batch_id))
    with open_session(engine, write=True) as session:
        batch, revision_id = _undoable(session, speaker, batch_id)
        actor = operator(now(), source="undo", source_ref=batch.file_name[:80]).within(batch.municipality_id)
        undone = undo_revision(session, actor, revision_id)
        left = left_in_words(session, batch.municipality_id, undone.left, speaker.language)
        session.commit()
    restored = sum(len(cells) for cells in undone.written.changed.values())
    speaker.undone(batch_id, batch.file_name, restored, left)


def _undoable(session: Session, speaker: telling.Speaker, batch_id: int) -> tuple[ImportBatch, int]:
    """Find the import and the revision that it made; end where there is nothing to undo."""
    batch = get_batch(session, batch_id) if can_be_kept(batch_id) else None
    if batch is None:
        telling.refuse(speaker, str(batch_id), Refusal(Problem(NO_BATCH, {"batch": batch_id})))
    if batch.revision_id is None or is_undone(session, batch):
        msgid = NOTHING_TO_UNDO if batch.revision_id is None else UNDONE_ALREADY
        telling.refuse(speaker, batch.file_name, Refusal(Problem(msgid, {"batch": batch_id})), INPUT_ERRORS)
    return batch, batch.revision_id
