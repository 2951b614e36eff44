"""Baselines: points in time that get a name, so that a meeting, a version or a round can be gone back to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import chain, count
from typing import TYPE_CHECKING, Any

from portfolio.core import history
from portfolio.core.history import Baseline, Written
from portfolio.core.language import N_
from portfolio.core.problem import Problem
from portfolio.core.records import Problems, Records, Wanted
from portfolio.core.rights import Actor, Right, require, working_in
from portfolio.core.text import search_key

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

LONGEST_NAME = 120
NAME_TAKEN = N_('There is a baseline "%(name)s" already. Give this one a name of its own.')


def _judge_names(session: Session, actor: Actor, wanted: Mapping[int, Wanted]) -> Problems:
    """Tell which names are taken: people ask for a baseline by its name, so removed ones do not keep theirs."""
    going = {row.after["id"] for row in wanted.values() if row.before is not None}
    held = Counter(
        search_key(one.name) for one in history.rows(session, Baseline, working_in(actor)) if one.id not in going
    )
    staying = {item: row.after["name"] for item, row in wanted.items() if not row.after.get("removed")}
    held.update(search_key(name) for name in staying.values() if name)
    return {
        item: [Problem(NAME_TAKEN, {"name": name}, "name")]
        for item, name in staying.items()
        if name and held[search_key(name)] > 1
    }


_BASELINES = Records(Baseline, (_judge_names,), needs=frozenset({"name", "removed"}))


def create_baseline(session: Session, actor: Actor, values: Mapping[str, Any]) -> int:
    """Name a point in time and return the baseline's id.

    Without a ``revision_id`` it is this moment: what was written in this very transaction belongs to it.
    """
    require(actor, Right.MANAGE)
    given = dict(values)
    if given.get("revision_id") is None:
        given["revision_id"] = history.take_revision(session, actor).id
    return _BASELINES.create(session, actor, [given])[0]


def free_name(session: Session, actor: Actor, wanted: str) -> str:
    """Give a name for a baseline: the one wanted, with a number where it is taken, cut to what fits."""
    held = {search_key(one.name) for one in history.rows(session, Baseline, working_in(actor))}
    endings = chain([""], (f" ({number})" for number in count(2)))
    return next(one for end in endings if search_key(one := wanted[: LONGEST_NAME - len(end)] + end) not in held)


def update_baseline(
    session: Session, actor: Actor, identity: int, values: Mapping[str, Any], *, version: int | None = None
) -> Written:
    """Change a baseline's name, kind or note; its point in time stays."""
    return _BASELINES.update_one(session, actor, identity, values, version)


def remove_baseline(session: Session, actor: Actor, identity: int) -> Written:
    """Remove a baseline; what it showed can still be seen by its day."""
    return _BASELINES.set_removed(session, actor, [identity], removed=True)


def restore_baseline(session: Session, actor: Actor, identity: int) -> Written:
    """Bring a removed baseline back."""
    return _BASELINES.set_removed(session, actor, [identity], removed=False)
