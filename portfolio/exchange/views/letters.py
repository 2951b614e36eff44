"""Sending the mails of a collection, and all its workbooks at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import quote

from flask import Response, abort, request, url_for

from portfolio.core.database import open_session
from portfolio.core.jobs import Job
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
from portfolio.web.language import gettext
from portfolio.web.limits import limiter
from portfolio.web.mailing import Sending, add_sending, begin_sending

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
    if kind is None or collection.closed_at is not None:
        abort(409)
    only = get_export(current.session, current.municipality.id, request.form.get("export", 0, type=int))
    only_id = only.id if only is not None and only.collection_id == collection.id else None
    actor, identity = current.actor, collection.id
    return begin_sending(blueprint, lambda session: send_soon(session, actor, identity, kind, only_id))


def _sending(job: Job) -> Sending:
    return Sending(
        title=gettext("Sending the mails"),
        back_url=url_for("exchange.collection", collection=collection_of(current.session, job)),
        sent=lambda: outcome(current.session, job),
        nobody=gettext("There is nobody to tell: all have answered, or nobody reports for those who have not."),
        crumbs=[{"label": gettext("Import and export"), "url": url_for("exchange.room")}],
    )


add_sending(blueprint, "/exchange/letters", Right.IMPORT, get_letters, _sending)


def _workbooks(engine: Engine, ids: list[int], actor: Actor, today: dt.date) -> Iterator[tuple[str, bytes]]:
    """Make workbook after workbook; the request's own session is closed when the first of them is asked for."""
    with open_session(engine, write=False) as session:
        for export in (session.get_one(Export, one) for one in ids):
            yield export.file_name, make_workbook(session, export, queries.answering(session, export, actor), today)
