"""Units and posts: set up one by one on screen, or put by code from a profile or a workbook."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from portfolio.core.history import Written
from portfolio.core.language import N_
from portfolio.core.problem import Problem
from portfolio.core.records import (
    Problems,
    Put,
    Records,
    Wanted,
    chosen_rows,
    judge_loops,
    put_tree,
    with_free_code,
    with_ids,
)
from portfolio.core.rights import Actor, working_in
from portfolio.organisation.models import Post, Unit
from portfolio.organisation.rules import check_validity

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

HAS_BELOW = N_("The unit still has units or posts below it. Move or remove them first.")


def _judge_validity(_session: Session, _actor: Actor, wanted: Mapping[int, Wanted]) -> Problems:
    return {item: check_validity(row.given, row.after) for item, row in wanted.items()}


def _judge_removal(session: Session, actor: Actor, wanted: Mapping[int, Wanted]) -> Problems:
    """Tell which units would be removed from above others that stay."""
    going = {row.after["id"]: item for item, row in wanted.items() if row.given.get("removed")}
    found: Problems = {}
    for model, column in ((Unit, "parent_id"), (Post, "unit_id")):
        for row in chosen_rows(session, model, working_in(actor), column, going):
            if not row["removed"] and row["id"] not in (going if model is Unit else ()):
                found[going[row[column]]] = [Problem(HAS_BELOW)]
    return found


_UNITS = Records(
    Unit,
    (_judge_validity, _judge_removal, judge_loops(Unit)),
    needs=frozenset({"code", "valid_from", "valid_to"}),
)
_POSTS = Records(Post, (_judge_validity,), needs=frozenset({"code", "valid_from", "valid_to"}))


def check_units(session: Session, actor: Actor, rows: Mapping[str, Mapping[str, Any]]) -> Problems:
    """Tell what :func:`put_units` would refuse of rows that name the unit above by id, by index."""
    return _UNITS.check_put(session, actor, rows)


def check_posts(session: Session, actor: Actor, rows: Mapping[str, Mapping[str, Any]]) -> Problems:
    """Tell what :func:`put_posts` would refuse of rows that name their unit by id, by index."""
    return _POSTS.check_put(session, actor, rows)


def create_unit(session: Session, actor: Actor, values: Mapping[str, Any]) -> int:
    """Add a unit and return its id; without a code it gets one made from its name."""
    return _UNITS.create(session, actor, [with_free_code(session, actor, Unit, values, "name_fi")])[0]


def update_unit(
    session: Session, actor: Actor, identity: int, values: Mapping[str, Any], *, version: int | None = None
) -> Written:
    """Change a unit, or move it in the tree."""
    return _UNITS.update_one(session, actor, identity, values, version)


def remove_unit(session: Session, actor: Actor, identity: int) -> Written:
    """Remove a unit that has nothing below it; items that stand in it keep it until they are moved."""
    return _UNITS.set_removed(session, actor, [identity], removed=True)


def restore_unit(session: Session, actor: Actor, identity: int) -> Written:
    """Bring a removed unit back."""
    return _UNITS.set_removed(session, actor, [identity], removed=False)


def put_units(session: Session, actor: Actor, rows: Mapping[str, Mapping[str, Any]]) -> Put[str]:
    """Make the units with these codes hold these values; ``parent_code`` names the unit above."""
    return put_tree(_UNITS, session, actor, rows)


def create_post(session: Session, actor: Actor, values: Mapping[str, Any]) -> int:
    """Add a post and return its id; without a code it gets one made from its title."""
    return _POSTS.create(session, actor, [with_free_code(session, actor, Post, values, "title_fi")])[0]


def update_post(
    session: Session, actor: Actor, identity: int, values: Mapping[str, Any], *, version: int | None = None
) -> Written:
    """Change a post, or move it to another unit."""
    return _POSTS.update_one(session, actor, identity, values, version)


def remove_post(session: Session, actor: Actor, identity: int) -> Written:
    """Remove a post; items that it answers for keep it until another is named."""
    return _POSTS.set_removed(session, actor, [identity], removed=True)


def restore_post(session: Session, actor: Actor, identity: int) -> Written:
    """Bring a removed post back."""
    return _POSTS.set_removed(session, actor, [identity], removed=False)


def put_posts(session: Session, actor: Actor, rows: Mapping[str, Mapping[str, Any]]) -> Put[str]:
    """Make the posts with these codes hold these values; ``unit_code`` may stand for ``unit_id``."""
    return _POSTS.put(session, actor, with_ids(session, actor, rows, Unit, "unit_code", "unit_id"))
