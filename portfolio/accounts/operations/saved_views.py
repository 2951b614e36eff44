"""Saved views: ways to look at a page that people name, keep to themselves or share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import false, or_, select

from portfolio.accounts.models import SavedView
from portfolio.accounts.rules import LONGEST_QUERY, may_change_view, may_share_views
from portfolio.core import history
from portfolio.core.history import Insert, Update, write_many
from portfolio.core.language import N_
from portfolio.core.problem import Problem, Refusal
from portfolio.core.rights import Right, require
from portfolio.core.text import search_key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from portfolio.core.history import Written
    from portfolio.core.rights import Actor

NO_NAME = N_("Give the view a name.")
NAME_TAKEN = N_('There is a view "%(name)s" already. Give this one another name, or save it in place of that one.')
TOO_LONG = N_("What is shown is narrowed by so many choices that it cannot be kept as a view.")
NOT_YOURS = N_("The view belongs to somebody else, so it cannot be changed. Save one of your own.")
NO_SHARING = N_("Your access does not cover sharing views. The view can be kept as your own.")
CHANGED_MEANWHILE = N_(
    'Somebody changed the view "%(name)s" while you were here. Open it to see what it shows now, or save again to '
    "replace it all the same."
)
CHANGEABLE = frozenset({"name", "query", "shared"})


def save_view(session: Session, actor: Actor, page: str, values: Mapping[str, Any]) -> int:
    """Keep a way to look at a page as the actor's own and return its id; values are name, query, shared."""
    municipality_id = require(actor, Right.READ)
    if actor.user_id is None:
        message = "a saved view belongs to a user, and the operator is none"
        raise ValueError(message)
    history.take_turn(session)
    cells = {"user_id": actor.user_id, "page": page, "municipality_id": municipality_id, "shared": False, **values}
    _check(session, actor, cells, None)
    return write_many(session, actor, inserts=[Insert(SavedView, cells)]).ids[0]


def update_view(
    session: Session,
    actor: Actor,
    view_id: int,
    values: Mapping[str, Any],
    *,
    version: int | None = None,
    seen: int | None = None,
) -> Written:
    """Rename a view, share it or keep it to its owner, or make it show something else.

    Raises ``StaleError`` where it is no longer of that version, and Refusal where it changed after revision ``seen``.
    """
    row = _own_row(session, actor, view_id)
    if seen is not None and history.changes_of(session, [(SavedView.__tablename__, view_id)], since=seen, limit=1):
        raise Refusal(Problem(CHANGED_MEANWHILE, {"name": row.name}, "replaces"))
    given = {name: value for name, value in values.items() if name in CHANGEABLE}
    _check(session, actor, {**_cells_of(row), **given}, row)
    return write_many(session, actor, updates=[Update(SavedView, view_id, given, version)])


def remove_view(session: Session, actor: Actor, view_id: int) -> Written:
    """Remove a view; it can be brought back."""
    _own_row(session, actor, view_id)
    return write_many(session, actor, updates=[Update(SavedView, view_id, {"removed": True})])


def restore_view(session: Session, actor: Actor, view_id: int) -> Written:
    """Bring a removed view back, under a name that is still free."""
    row = _own_row(session, actor, view_id)
    _check(session, actor, _cells_of(row), row)
    return write_many(session, actor, updates=[Update(SavedView, view_id, {"removed": False})])


def _own_row(session: Session, actor: Actor, view_id: int) -> SavedView:
    municipality_id = require(actor, Right.READ)
    history.take_turn(session)
    row = history.row(session, SavedView, municipality_id, view_id, None)
    if row is None:
        message = f"no saved view {view_id} in municipality {municipality_id}"
        raise LookupError(message)
    if not may_change_view(actor, row):
        raise Refusal(Problem(NOT_YOURS))
    return row


def _cells_of(row: SavedView) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("name", "query", "shared", "page", "user_id", "municipality_id")}


def _check(session: Session, actor: Actor, cells: Mapping[str, Any], row: SavedView | None) -> None:
    """Refuse a view without a name or with one that those who see it know already, and sharing without the right."""
    problems = []
    name = str(cells.get("name") or "").strip()
    if not name:
        problems.append(Problem(NO_NAME, place="name"))
    elif _is_taken(session, cells, name, row):
        problems.append(Problem(NAME_TAKEN, {"name": name}, "name"))
    if len(cells["query"]) > LONGEST_QUERY:
        problems.append(Problem(TOO_LONG))
    if cells["shared"] and not (row is not None and row.shared) and not may_share_views(actor):
        problems.append(Problem(NO_SHARING, place="shared"))
    if problems:
        raise Refusal(*problems)


def _is_taken(session: Session, cells: Mapping[str, Any], name: str, row: SavedView | None) -> bool:
    """Tell whether another view of the owner, or a shared one beside which this would stand, has the name."""
    seen_beside = or_(SavedView.user_id == cells["user_id"], SavedView.shared.is_(True) if cells["shared"] else false())
    named = select(SavedView.id, SavedView.name).where(
        SavedView.municipality_id == cells["municipality_id"],
        SavedView.page == cells["page"],
        SavedView.removed.is_(False),
        seen_beside,
    )
    others = (one for one in session.execute(named) if row is None or one.id != row.id)
    return any(search_key(one.name) == search_key(name) for one in others)
