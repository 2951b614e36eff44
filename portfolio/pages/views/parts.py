"""Adding, changing and removing what belongs to an initiative: the same three pages for every kind of part."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import abort, render_template, request

from portfolio.core import history
from portfolio.core.rights import Right
from portfolio.pages.views.initiative import Answer, to_card
from portfolio.pages.views.part_kinds import KINDS, PartKind, open_form, owned_part
from portfolio.pages.views.rights import open_fields
from portfolio.pages.views.room import blueprint
from portfolio.register import operations
from portfolio.register import queries as register
from portfolio.register.models import Initiative
from portfolio.web.access import access
from portfolio.web.current import current
from portfolio.web.language import gettext

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from portfolio.pages.forms.parts import PartForm


@blueprint.route("/<municipality>/initiatives/<int:initiative>/<kind>/new", methods=["GET", "POST"])
@access(Right.EDIT, load={"initiative": register.get_initiative}, plain=("kind",))
def add_part(initiative: Initiative, kind: str) -> Answer | Response:
    """Add a part to an initiative."""
    part_kind = _open_kind(initiative, kind)
    form = open_form(part_kind, initiative, None)
    if form.validate_on_submit():
        with form.refusals():
            return to_card(initiative.id, _saved(part_kind.save(initiative, None, form)), kind)
    return _page(initiative, kind, part_kind, form, None), form.status


@blueprint.route("/<municipality>/initiatives/<int:initiative>/<kind>/<int:part>/edit", methods=["GET", "POST"])
@access(Right.EDIT, load={"initiative": register.get_initiative}, plain=("kind", "part"))
def edit_part(initiative: Initiative, kind: str, part: int) -> Answer | Response:
    """Change a part of an initiative."""
    part_kind = _open_kind(initiative, kind)
    row = owned_part(part_kind, initiative, part) or abort(404)
    form = open_form(part_kind, initiative, row)
    if form.validate_on_submit():
        with form.refusals():
            return to_card(initiative.id, _saved(part_kind.save(initiative, row, form)), kind)
    return _page(initiative, kind, part_kind, form, row), form.status


@blueprint.post("/<municipality>/initiatives/<int:initiative>/<kind>/<int:part>/remove")
@access(Right.EDIT, load={"initiative": register.get_initiative}, plain=("kind", "part"))
def remove_part(initiative: Initiative, kind: str, part: int) -> Response:
    """Remove a part of an initiative; the card offers to undo it."""
    part_kind = _open_kind(initiative, kind)
    row = owned_part(part_kind, initiative, part) or abort(404)
    written = operations.remove_parts(current.session, current.actor, part_kind.model, [row.id])
    return to_card(initiative.id, written.revision_id, kind)


def _open_kind(initiative: Initiative, kind: str) -> PartKind:
    """Give the kind of part, 404 where there is none such, 403 where it is not this person's."""
    if kind not in KINDS or initiative.removed:
        abort(404)
    if kind not in open_fields(initiative):
        abort(403)
    return KINDS[kind]


def _saved(changed: bool) -> int | None:  # noqa: FBT001 -- what an operation told
    """Give the revision of what this request wrote; None when it changed nothing."""
    return history.take_revision(current.session, current.actor).id if changed else None


def _page(initiative: Initiative, kind: str, part_kind: PartKind, form: PartForm, part: Any) -> str:
    return render_template(
        "pages/part_form.html",
        initiative=initiative,
        kind=kind,
        heading=gettext(part_kind.add if part is None else part_kind.edit),
        purpose=gettext(part_kind.purpose),
        form=form,
        part=part,
        find=request.args.get("find", ""),
    )
