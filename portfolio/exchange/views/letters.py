"""Sending the mails of a collection, and all its workbooks at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import quote

from flask import Response, abort, redirect, request, url_for

from portfolio.core.database import open_session
from portfolio.core.jobs import Job, JobState, ask_to_cancel, state_of, try_again
from portfolio.core.rights import Actor, Right
from portfolio.exchange.export import make_workbook
from portfolio.exchange.models import Collection, Export, LetterKind
from portfolio.exchange.operations.posting import collection_of, get_letters, outcome, send_soon
from portfolio.exchange.queries import collecting as queries
from portfolio.exchange.queries.files import get_export
from portfolio.exchange.views.room import blueprint
from portfolio.files.archive import stream
from portfolio.web.access import access
from portfolio.web.current import current
from portfolio.web.jobs import progress_answer, start_after_commit
from portfolio.web.language import gettext
from portfolio.web.limits import limiter
from portfolio.web.mailing import mail_settings, tell_sent
from portfolio.web.session import brief_write

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy import Engine
    from werkzeug.wrappers import Response as Answer

ZIP = "application/zip"


@blueprint.get("/<municipality>/exchange/collections/<int:collection>/workbooks.zip")
@access(Right.IMPORT, load={"collection": queries.get_collection})
@limiter.limit("30 per hour")
def collection_files(collection: Collection) -> Response:
    """Give all workbooks of a collection in one file, which begins to come when the first of them is made."""
    state = queries.collection_state(current.session, collection, current.today)
    ids = [one.export.id for one in state.exports]
    answer = Response(stream(_workbooks(current.installation.engine, ids, current.actor, current.today)), mimetype=ZIP)
    name = quote(f"{collection.name}.zip", safe="")
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return answer


@blueprint.post("/<municipality>/exchange/collections/<int:collection>/letters")
@access(Right.IMPORT, load={"collection": queries.get_collection}, writes=False)
@limiter.limit("60 per hour")
def remind(collection: Collection) -> Answer:
    """Have those who have not answered told that their workbook waits, or reminded; each gets either mail once."""
    kind = next((one for one in LetterKind if one.value == request.form.get("kind")), None)
    if kind is None or current.installation.settings.smtp is None or collection.closed_at is not None:
        abort(409)
    only = get_export(current.session, current.municipality.id, request.form.get("export", 0, type=int))
    only_id = only.id if only is not None and only.collection_id == collection.id else None
    with brief_write() as session:  # a transaction of its own, since hits are counted in another one
        job_id = send_soon(session, current.actor, collection.id, kind, only_id).id
    start_after_commit(job_id, mail_settings().environment)
    return redirect(url_for("exchange.letters", job=job_id))


@blueprint.get("/<municipality>/exchange/letters/<int:job>")
@access(Right.IMPORT, load={"job": get_letters})
def letters(job: Job) -> Answer:
    """Show how far the sending is; when it is done, the collection tells what became of each."""
    collection = _collection_url(job)
    if state_of(job, current.now) is JobState.DONE:
        nobody = gettext("There is nobody to tell: all have answered, or nobody reports for those who have not.")
        tell_sent(outcome(current.session, job), nobody=nobody)
    return progress_answer(
        job,
        title=gettext("Sending the mails"),
        done_url=collection,
        back_url=collection,
        cancel_url=url_for("exchange.stop_letters", job=job.id),
        again_url=url_for("exchange.letters_again", job=job.id),
        crumbs=[{"label": gettext("Import and export"), "url": url_for("exchange.room")}],
    )


@blueprint.post("/<municipality>/exchange/letters/<int:job>/stop")
@access(Right.IMPORT, load={"job": get_letters})
def stop_letters(job: Job) -> Answer:
    """Stop sending: what has gone has gone."""
    ask_to_cancel(current.session, job)
    return redirect(url_for("exchange.letters", job=job.id))


@blueprint.post("/<municipality>/exchange/letters/<int:job>/again")
@access(Right.IMPORT, load={"job": get_letters})
def letters_again(job: Job) -> Answer:
    """Go on with a sending that broke off: nobody is told twice."""
    if try_again(current.session, job, current.now):
        start_after_commit(job.id, mail_settings().environment)
    return redirect(url_for("exchange.letters", job=job.id))


def _collection_url(job: Job) -> str:
    return url_for("exchange.collection", collection=collection_of(current.session, job))


def _workbooks(engine: Engine, ids: list[int], actor: Actor, today: dt.date) -> Iterator[tuple[str, bytes]]:
    """Make workbook after workbook; the request's own session is closed when the first of them is asked for."""
    with open_session(engine, write=False) as session:
        for export in (session.get_one(Export, one) for one in ids):
            yield export.file_name, make_workbook(session, export, queries.answering(session, export, actor), today)
