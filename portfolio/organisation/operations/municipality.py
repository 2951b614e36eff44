"""A municipality and its settings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from portfolio.core.history import Insert, StaleError, Update, Written, take_turn, write_many
from portfolio.core.language import N_
from portfolio.core.problem import Problem, Refusal
from portfolio.core.records import Wanted, changed_cells, judge_columns, judge_uniqueness, refuse, shape_of, tidied
from portfolio.core.rights import Actor, Right, Role, require
from portfolio.organisation.models import Municipality
from portfolio.organisation.rules import check_municipality

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

NOT_OPERATOR = N_("A new municipality is set up on the command line.")
FIXED = N_("This is fixed when the municipality is set up.")

_FIXED_SETTINGS = frozenset({"code", "number", "demo_day"})


def create_municipality(session: Session, actor: Actor, values: Mapping[str, Any]) -> int:
    """Set up a municipality and return its id; only the operator may, who belongs to none."""
    if actor.municipality_id is not None or not actor.has(Role.ADMIN):
        raise Refusal(Problem(NOT_OPERATOR))
    take_turn(session)
    tidy = tidied(Municipality, values)
    wanted = {0: Wanted(tidy, None, {**shape_of(Municipality).defaults, **tidy})}
    problems = [
        *judge_columns(Municipality, wanted).get(0, ()),
        *judge_uniqueness(session, actor, Municipality, wanted).get(0, ()),
        *check_municipality(tidy),
    ]
    refuse({0: problems}, {0: str(tidy.get("code"))})
    return write_many(session, actor, inserts=[Insert(Municipality, tidy)]).ids[0]


def update_municipality(
    session: Session, actor: Actor, values: Mapping[str, Any], *, version: int | None = None
) -> Written:
    """Change the settings of the actor's municipality; its code, number and demo day stay."""
    identity = require(actor, Right.SETTINGS)
    take_turn(session)
    table = shape_of(Municipality).table
    before = dict(session.execute(select(table).where(table.c.id == identity)).mappings().one())
    given = changed_cells(before, tidied(Municipality, values))
    if given and version is not None and version != before["version"]:
        raise StaleError([(Municipality, identity)])
    wanted = {identity: Wanted(given, before, {**before, **given})}
    problems = [
        *(Problem(FIXED, place=name) for name in sorted(given.keys() & _FIXED_SETTINGS)),
        *judge_columns(Municipality, wanted).get(identity, ()),
        *check_municipality(given),
    ]
    refuse({identity: problems}, {identity: before["code"]})
    return write_many(session, actor, updates=[Update(Municipality, identity, given)] if given else [])
