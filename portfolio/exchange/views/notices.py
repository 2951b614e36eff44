"""What somebody else's import changed of a person's initiatives: putting the notice away, and mailing it."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from flask import redirect, url_for

from portfolio.core.rights import Right
from portfolio.exchange.models import ImportNotice
from portfolio.exchange.operations import notices as operations
from portfolio.exchange.queries.notices import own_notice
from portfolio.exchange.views.room import blueprint
from portfolio.web.access import access
from portfolio.web.current import current

if TYPE_CHECKING:
    from sqlalchemy.orm import Session
    from werkzeug.wrappers import Response


def seen_notice(session: Session, municipality_id: int, key: int, *, at: int | None = None) -> ImportNotice | None:
    """Find a notice for the one whom it tells something (a loader)."""
    del at  # notices are no history
    return own_notice(session, municipality_id, key, current.actor.user_id)


@blueprint.post("/<municipality>/exchange/notices/<int:notice>/seen")
@access(Right.READ, load={"notice": seen_notice})
def put_away(notice: ImportNotice) -> Response:
    """Note that the person has seen a notice: it leaves the home page."""
    operations.put_away(current.session, notice, current.now)
    return redirect(url_for("pages.home"))


def tell_owners_soon(batch_id: int) -> None:
    """Mail an import's notices once the request's transaction has been committed, in a thread of its own.

    Without a mail server nothing is sent; the notices stand on the home pages all the same.
    """
    settings, engine, clock = current.installation.settings, current.installation.engine, current.installation.clock
    if settings.smtp is None:
        return
    link = f"{current.site_url}{url_for('pages.home')}"
    work = (engine, settings.smtp, batch_id, link, clock)
    thread = threading.Thread(target=operations.tell_owners, args=work, name="notices")
    current.afterwards(lambda _session: thread.start())
