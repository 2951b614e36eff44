"""Undoing what was saved: the bar after a save, the page that asks, and the undo itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from flask import abort, flash, redirect, render_template, request, url_for

from portfolio.core.history import BIRTH, Revision, changes_in
from portfolio.core.language import N_
from portfolio.core.money import NOT_KNOWN
from portfolio.core.problem import Problem, Refusal
from portfolio.core.rights import Right
from portfolio.pages.operations.undo import undo_checks, undo_revision
from portfolio.pages.queries.undo import UndonePart, UndoPlan, get_revision, initiatives_of, is_undone, plan_of_undo
from portfolio.pages.queries.words import Speaker
from portfolio.pages.rules import Move, may_undo, move_in
from portfolio.pages.views.room import blueprint
from portfolio.register.models import Initiative
from portfolio.web.access import access
from portfolio.web.current import current
from portfolio.web.language import gettext, ngettext, say_here, title_of
from portfolio.web.safe import safe_next

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

MADE_ON_PAGES = frozenset({"form", "undo"})
NOT_HERE = N_("This was not saved on a page: an import is undone as a whole, where it was made.")
ALREADY = N_("This has been undone already.")
CHANGED_SINCE = N_("Changed since, so it stays as it is.")
ROWS_SHOWN = 100
DECISION = "decision"


def offered() -> dict[str, str] | None:
    """Give the bar "saved – undo" for the revision that ``?saved=`` names; None where this person may not undo it."""
    key = request.args.get("saved", type=int)
    revision = get_revision(current.session, current.municipality.id, key) if key and current.at is None else None
    if revision is None or revision.source not in MADE_ON_PAGES or not _may(revision):
        return None
    if is_undone(current.session, revision.id):
        return None
    kept = urlencode([(name, value) for name, value in request.args.items(multi=True) if name != "saved"])
    return {
        "words": _saved_words(revision),
        "url": url_for("pages.undo", revision=revision.id),
        "next": f"{request.path}?{kept}" if kept else request.path,
    }


blueprint.add_app_template_global(offered, "undo_offered")  # for pages of rooms below this one


@blueprint.get("/<municipality>/revisions/<int:revision>/undo")
@access(Right.READ, load={"revision": get_revision})
def ask_undo(revision: Revision) -> str:
    """Show what undoing would put back, and what stays."""
    _refuse_unless_undoable(revision)
    plan = plan_of_undo(current.session, current.actor, revision.id, undo_checks())
    return render_template(
        "pages/undo_page.html",
        revision=revision,
        rows=list(rows_in_words(plan))[:ROWS_SHOWN],
        more=max(0, len(plan.rows) - ROWS_SHOWN),
        does_something=plan.does_something,
        next_url=_next(request.args.get("next")),
    )


@blueprint.post("/<municipality>/revisions/<int:revision>/undo")
@access(Right.READ, load={"revision": get_revision})
def undo(revision: Revision) -> Response:
    """Undo a revision, and tell what stayed."""
    _refuse_unless_undoable(revision)
    undone = undo_revision(current.session, current.actor, revision.id)
    if undone.written.changed:
        flash(gettext("Undone: it is as it was before."))
    if undone.left:
        count = len(undone.left)
        words = ngettext("%(num)s value was left as it is now.", "%(num)s values were left as they are now.", count)
        flash(words, "warn")
    return redirect(_next(request.form.get("next")))


def _saved_words(revision: Revision) -> str:
    """Say what was saved: a decision, a move from when to when, or of how many initiatives when they are several."""
    changes = changes_in(current.session, revision.id)
    if any(one.entity == DECISION and one.field == BIRTH for one in changes):
        return gettext("The decision was recorded.")
    items = {(one.entity, one.entity_id) for one in changes}
    owners = {one.id: one for one in initiatives_of(current.session, current.municipality.id, items).values()}
    if len(owners) > 1:
        return ngettext("Saved: %(num)s initiative changed.", "Saved: %(num)s initiatives changed.", len(owners))
    move = move_in(changes)
    return _moved_words(move, owners[move.initiative_id]) if move is not None else gettext("Saved.")


def _moved_words(move: Move, initiative: Initiative) -> str:
    """Say what was moved, from when to when, and how many of its milestones came along."""
    old, new = (span.words if span is not None else gettext(NOT_KNOWN) for span in (move.old, move.new))
    facts = {"title": title_of(initiative), "old": old, "new": new}
    if not move.milestones:
        return gettext("Moved in time: %(title)s, %(old)s → %(new)s.", **facts)
    return ngettext(
        "Moved in time: %(title)s, %(old)s → %(new)s, and %(num)s milestone with it.",
        "Moved in time: %(title)s, %(old)s → %(new)s, and %(num)s milestones with it.",
        move.milestones,
        **facts,
    )


def _refuse_unless_undoable(revision: Revision) -> None:
    if not _may(revision):
        abort(403)
    if revision.source not in MADE_ON_PAGES:
        raise Refusal(Problem(NOT_HERE))
    if is_undone(current.session, revision.id):
        raise Refusal(Problem(ALREADY))


def _may(revision: Revision) -> bool:
    return may_undo(current.actor, revision.user_id, revision.at)


def _next(address: str | None) -> str:
    return safe_next(address, url_for("pages.initiatives"))


def rows_in_words(plan: UndoPlan) -> Iterator[dict[str, Any]]:
    """Put each row into words: what it is, and its cells from what they are now back to what they were."""
    cells = [part.cell for part in plan.parts]
    speaker = Speaker(current.session, current.municipality.id, cells, current.language)
    owners = initiatives_of(current.session, current.municipality.id, plan.rows.keys())
    for key, parts in plan.rows.items():
        owner = owners.get(key)
        yield {
            "title": title_of(owner) if owner else speaker.kind(parts[0].cell),
            "code": owner.code if owner else None,
            "url": url_for("pages.card", initiative=owner.id) if owner and not owner.removed else None,
            "changes": [_in_words(speaker, part) for part in parts],
        }


def _in_words(speaker: Speaker, part: UndonePart) -> dict[str, Any]:
    cell = part.cell
    note = (
        say_here(part.left.problem)
        if part.left and part.left.problem
        else gettext(CHANGED_SINCE)
        if part.left
        else None
    )
    if cell.field == BIRTH:
        return {"label": speaker.row(cell), "old": gettext("added"), "new": gettext("removed"), "note": note}
    old, new = (speaker.value(cell.entity, cell.field, value) for value in (cell.new, cell.old))
    return {"label": speaker.field(cell.entity, cell.field), "old": old, "new": new, "note": note}
