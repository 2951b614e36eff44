"""The room's first page: files out, files in, and what came of them."""

from __future__ import annotations

from flask import render_template

from portfolio.accounts.queries import names_of_users
from portfolio.core.language import N_
from portfolio.core.rights import Right
from portfolio.exchange.queries import files
from portfolio.exchange.queries.collecting import waiting_for
from portfolio.exchange.views.room import ANSWERS, blueprint
from portfolio.exchange.views.uploading import under_way
from portfolio.web.access import access
from portfolio.web.current import current
from portfolio.web.rail import Group, rail

LATEST = 5


@blueprint.get("/<municipality>/exchange")
@access(Right.EDIT, also=ANSWERS)
@rail(N_("Import and export"), Group.ADMINISTRATION, 10)
def room() -> str:
    """Show what can be done here, and the latest exports, uploads and imports."""
    session, place, actor = current.session, current.municipality.id, current.actor
    whose = None if actor.may(Right.IMPORT) else actor.user_id
    exports = files.latest_exports(session, place, whose, LATEST)
    batches = files.list_batches(session, place, files.BatchFilter(user_id=whose), 1, LATEST)
    people = (*(one.user_id for one in exports), *(one.user_id for one in batches.rows))
    return render_template(
        "exchange/room.html",
        **under_way(),
        exports=exports,
        batches=batches,
        names=names_of_users(session, people),
        sees_all=whose is None,
        may_export=actor.may(Right.EDIT),
        most=current.installation.settings.upload_megabytes,
        waiting=waiting_for(session, actor, place, current.today),
    )
