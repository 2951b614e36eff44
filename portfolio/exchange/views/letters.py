"""Sending the mails of a collection, and all its workbooks at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import quote

from flask import Response, abort, flash, redirect, request, url_for

from portfolio.core.database import open_session
from portfolio.core.rights import Actor, Right
from portfolio.exchange.export import make_workbook
from portfolio.exchange.models import Collection, Export, LetterKind
from portfolio.exchange.operations.letters import letters_of
from portfolio.exchange.operations.sending import Sent, send_letters
from portfolio.exchange.queries import collecting as queries
from portfolio.exchange.queries.receivers import receivers_of
from portfolio.exchange.views.room import blueprint
from portfolio.files.archive import stream
from portfolio.organisation.models import Municipality
from portfolio.web.access import access
from portfolio.web.current import current
from portfolio.web.language import gettext, ngettext
from portfolio.web.limits import limiter

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
    """Tell those who have not answered that their workbook waits, or remind them; each gets either mail once."""
    kind = next((one for one in LetterKind if one.value == request.form.get("kind")), None)
    smtp = current.installation.settings.smtp
    if kind is None or smtp is None or collection.closed_at is not None:
        abort(409)
    state = queries.collection_state(current.session, collection, current.today)
    exports = [one.export for one in state.exports]
    receivers = receivers_of(current.session, collection.municipality_id, exports, current.today)
    letters = letters_of(kind, state, receivers, current.loaded(Municipality), page_address)
    only = request.form.get("export", type=int)
    asked = [one for one in letters if only is None or one.export_id == only]
    _tell(send_letters(current.installation.engine, smtp, asked, current.installation.clock))
    return redirect(url_for("exchange.collection", collection=collection.id))


def page_address(export: Export) -> str:
    """Give the whole address of an export's page; the host comes from the settings, not from the request's headers."""
    base = current.installation.settings.public_url or request.host_url.rstrip("/")
    return f"{base}{url_for('exchange.export', export=export.id)}"


def _workbooks(engine: Engine, ids: list[int], actor: Actor, today: dt.date) -> Iterator[tuple[str, bytes]]:
    """Make workbook after workbook; the request's own session is closed when the first of them is asked for."""
    with open_session(engine, write=False) as session:
        for export in (session.get_one(Export, one) for one in ids):
            yield export.file_name, make_workbook(session, export, queries.answering(session, export, actor), today)


def _tell(sent: Sent) -> None:
    """Say what became of the mails."""
    if sent.taken:
        flash(ngettext("%(num)s mail was sent.", "%(num)s mails were sent.", sent.taken))
    if sent.refused:
        words = ngettext("%(num)s mail was refused.", "%(num)s mails were refused.", sent.refused)
        flash(f"{words} {gettext('The reason stands beside the name; you can try again.')}", "bad")
    if sent.earlier:
        words = ngettext("%(num)s had been told already.", "%(num)s had been told already.", sent.earlier)
        flash(words, "info")
    if sent == Sent():
        flash(gettext("There is nobody to tell: all have answered, or nobody reports for those who have not."), "info")
