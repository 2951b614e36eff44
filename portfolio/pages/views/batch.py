"""One import: what it changed, and taking it back as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import abort, flash, redirect, render_template, url_for

from portfolio.accounts.queries import names_of_users
from portfolio.core.history import Revision
from portfolio.core.language import N_
from portfolio.core.problem import Problem, Refusal
from portfolio.core.rights import Right
from portfolio.exchange.models import ImportBatch
from portfolio.exchange.queries import files
from portfolio.exchange.queries.origins import comments_of
from portfolio.pages.operations.undo import undo_checks, undo_revision
from portfolio.pages.queries.batch import count_changes, page_of_changes, told, undone_by
from portfolio.pages.queries.undo import initiatives_of, plan_of_undo
from portfolio.pages.rules import may_undo_import
from portfolio.pages.views.room import blueprint
from portfolio.pages.views.undo import ALREADY, rows_in_words
from portfolio.register.models import Initiative
from portfolio.web.access import access
from portfolio.web.current import current
from portfolio.web.language import gettext, ngettext
from portfolio.web.listing import asked_page, paging

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session
    from werkzeug.wrappers import Response

PER_PAGE = 100
ROWS_SHOWN = 50
CHANGED_NOTHING = N_("This import changed nothing, so there is nothing to undo.")


def batch_shown(session: Session, municipality_id: int, key: int, *, at: int | None = None) -> ImportBatch | None:
    """Find an import that this person may see: one's own, or with the right to import everybody's (a loader)."""
    found = files.batch_of(session, municipality_id, key, at=at)
    return found if found is not None and may_undo_import(current.actor, found.user_id) else None


@blueprint.get("/<municipality>/exchange/imports/<int:batch>")
@access(Right.EDIT, load={"batch": batch_shown})
def batch(batch: ImportBatch) -> str:
    """Show one import with all that it changed."""
    revision = _revision(batch)
    total = count_changes(current.session, revision.id) if revision else 0
    page = min(asked_page(), max(1, -(-total // PER_PAGE)))
    undone = undone_by(current.session, revision.id) if revision else None
    return render_template(
        "pages/batch.html",
        batch=batch,
        items=_items(revision, page) if revision else [],
        comments=_comments(batch),
        undone=undone,
        names=names_of_users(current.session, (batch.user_id, undone.user_id if undone else None)),
        may_undo=revision is not None and undone is None,
        pages=paging(total, PER_PAGE, page),
        total=total,
    )


@blueprint.get("/<municipality>/exchange/imports/<int:batch>/undo")
@access(Right.EDIT, load={"batch": batch_shown})
def ask_undo_batch(batch: ImportBatch) -> str:
    """Show what undoing an import would put back, and what it would leave because somebody changed it since."""
    revision = _undoable(batch)
    plan = plan_of_undo(current.session, current.actor, revision.id, undo_checks())
    rows = _by_item(rows_in_words(plan))
    back = [part for part in (_only(row, stays=False) for row in rows) if part["changes"]]
    stays = [part for part in (_only(row, stays=True) for row in rows) if part["changes"]]
    return render_template(
        "pages/batch_undo.html",
        batch=batch,
        back=back[:ROWS_SHOWN],
        stays=stays[:ROWS_SHOWN],
        counts={"back": sum(len(one["changes"]) for one in back), "stays": sum(len(one["changes"]) for one in stays)},
        more={"back": max(0, len(back) - ROWS_SHOWN), "stays": max(0, len(stays) - ROWS_SHOWN)},
    )


@blueprint.post("/<municipality>/exchange/imports/<int:batch>/undo")
@access(Right.EDIT, load={"batch": batch_shown})
def undo_batch(batch: ImportBatch) -> Response:
    """Undo a whole import, and tell what stayed."""
    undone = undo_revision(current.session, current.actor, _undoable(batch).id)
    if undone.written.changed:
        flash(gettext("The import was undone: what nobody had changed since is as it was before."))
    if undone.left:
        words = ngettext(
            "%(num)s value was left as it is now.", "%(num)s values were left as they are now.", len(undone.left)
        )
        flash(words, "warn")
    return redirect(url_for("pages.batch", batch=batch.id))


def _undoable(batch: ImportBatch) -> Revision:
    revision = _revision(batch)
    if revision is None:
        raise Refusal(Problem(CHANGED_NOTHING))
    if undone_by(current.session, revision.id) is not None:
        raise Refusal(Problem(ALREADY))
    return revision


def _revision(batch: ImportBatch) -> Revision | None:
    if batch.revision_id is None:
        return None
    return current.session.get(Revision, batch.revision_id) or abort(404)


def _items(revision: Revision, page: int) -> list[Any]:
    changes = page_of_changes(current.session, revision.id, PER_PAGE, (page - 1) * PER_PAGE)
    return told(current.session, current.municipality.id, revision, changes, current.language)


def _comments(batch: ImportBatch) -> list[tuple[Any, Initiative | None]]:
    """Give what people wrote beside rows, with the initiative that each row was about."""
    found = comments_of(current.session, batch.id, PER_PAGE)
    owners = initiatives_of(current.session, current.municipality.id, {(one.entity, one.entity_id) for one in found})
    return [(one, owners.get((one.entity, one.entity_id))) for one in found]


def _by_item(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Gather the rows of one initiative and of its parts."""
    found: dict[tuple[str, str | None], dict[str, Any]] = {}
    for row in rows:
        one = found.setdefault((row["title"], row["code"]), {**row, "changes": []})
        one["changes"] += row["changes"]
    return list(found.values())


def _only(row: dict[str, Any], *, stays: bool) -> dict[str, Any]:
    """Give a row with only the cells that stay, or that go back."""
    return {**row, "changes": [one for one in row["changes"] if bool(one["note"]) is stays]}
