"""Dependencies without cycles (requirements 20, 21)."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import TYPE_CHECKING

from portfolio.core.language import N_
from portfolio.core.problem import Problem
from portfolio.core.records import Problems, Wanted, chosen_rows, fresh_rows
from portfolio.core.rights import Actor, working_in
from portfolio.register.models import Dependency, Initiative
from portfolio.register.rules import finds_cycle

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

ITSELF = N_("An item cannot depend on itself.")
CIRCLE = N_("These would wait for one another: %(way)s.")

Edge = tuple[int, int]


def judge_cycles(session: Session, actor: Actor, wanted: Mapping[int, Wanted]) -> Problems:
    """Tell which dependencies would close a circle together with those there are."""
    edges = {
        item: _edge(row) for item, row in wanted.items() if not row.after.get("removed") and None not in _edge(row)
    }
    found: Problems = {
        item: [Problem(ITSELF, place="successor_id")] for item, (before, after) in edges.items() if before == after
    }
    open_edges = {item: edge for item, edge in edges.items() if item not in found}
    present = _present(session, actor) if open_edges else set()
    while (circle := finds_cycle(present, open_edges.values())) is not None:
        problem = Problem(CIRCLE, {"way": _way(session, actor, circle)}, "successor_id")
        closing = {item for item, edge in open_edges.items() if edge in _round(circle)}
        found |= {item: [problem] for item in closing}
        open_edges = {item: edge for item, edge in open_edges.items() if item not in closing}
        if not closing:
            break
    return found


def _edge(row: Wanted) -> Edge:
    return row.after["predecessor_id"], row.after["successor_id"]


def _round(circle: tuple[int, ...]) -> set[Edge]:
    return {*pairwise(circle), (circle[-1], circle[0])}


def _present(session: Session, actor: Actor) -> set[Edge]:
    rows = chosen_rows(session, Dependency, working_in(actor), "removed", [False], ("predecessor_id", "successor_id"))
    return {(row["predecessor_id"], row["successor_id"]) for row in rows}


def _way(session: Session, actor: Actor, circle: tuple[int, ...]) -> str:
    codes = fresh_rows(session, Initiative, working_in(actor), circle, ("code",))
    return " → ".join(codes[one]["code"] if one in codes else str(one) for one in (*circle, circle[0]))
