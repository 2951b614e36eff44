"""The room's first page: files out, files in, and what came of them."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, url_for

from portfolio.core.columns import can_be_kept
from portfolio.core.language import N_
from portfolio.core.rights import Right
from portfolio.exchange.queries import files
from portfolio.exchange.queries.collecting import waiting_for
from portfolio.exchange.views.room import blueprint
from portfolio.exchange.views.uploading import under_way
from portfolio.web.access import access
from portfolio.web.current import current
from portfolio.web.language import gettext
from portfolio.web.listing import asked_page, paging, pill
from portfolio.web.rail import Group, rail

LATEST = 5
PER_PAGE = 50


@blueprint.get("/<municipality>/exchange")
@access(Right.EDIT)
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
        names=files.names_of(session, people),
        sees_all=whose is None,
        most=current.installation.settings.upload_megabytes,
        waiting=waiting_for(session, actor, place, current.today),
    )


@blueprint.get("/<municipality>/exchange/imports")
@access(Right.EDIT)
def imports() -> str:
    """List imports: everybody's for those who may import for all, else one's own."""
    session, place, actor = current.session, current.municipality.id, current.actor
    sees_all = actor.may(Right.IMPORT)
    asked = files.BatchFilter(
        user_id=_asked_user() if sees_all else actor.user_id,
        text=request.args.get("q", "").strip() or None,
        is_undone={"in_force": False, "undone": True}.get(request.args.get("state", "")),
    )
    found = files.list_batches(session, place, asked, asked_page(), PER_PAGE)
    people = [(one.id, one.name) for one in files.importers(session, place)] if sees_all else []
    return render_template(
        "exchange/imports.html",
        batches=found,
        names=files.names_of(session, (one.user_id for one in found.rows)),
        sees_all=sees_all,
        pills=_pills(people),
        text=asked.text,
        clear_url=url_for("exchange.imports") if {"q", "user", "state"} & set(request.args) else None,
        pages=paging(found.total, PER_PAGE),
    )


def _asked_user() -> int | None:
    user_id = request.args.get("user", type=int)
    return user_id if can_be_kept(user_id) else None


def _pills(people: list[tuple[int, str]]) -> list[dict[str, Any]]:
    states = (("in_force", gettext("in force")), ("undone", gettext("undone")))
    found = [pill("state", gettext("State"), states)]
    return [pill("user", gettext("Imported by"), people), *found] if people else found
