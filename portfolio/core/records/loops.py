"""Trees that must stay trees: units, classes, forums."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from portfolio.core.language import N_
from portfolio.core.problem import Problem
from portfolio.core.records.cells import chosen_rows
from portfolio.core.records.judges import Judge, Problems, Wanted
from portfolio.core.rights import Actor, working_in

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from portfolio.core.database import Owned

BELOW_ITSELF = N_("This would stand below itself.")


def judge_loops(model: type[Owned], column: str = "parent_id") -> Judge:
    """Make the judge that keeps rows from standing below themselves; ``column`` names the row above."""

    def judge(session: Session, actor: Actor, wanted: Mapping[int, Wanted]) -> Problems:
        moved = {
            row.before["id"]: item for item, row in wanted.items() if row.before and row.given.get(column) is not None
        }
        if not moved:
            return {}
        rows = chosen_rows(session, model, working_in(actor), "removed", [False, True], (column,))
        above: dict[int, int | None] = {row["id"]: row[column] for row in rows}
        above.update({identity: wanted[item].given[column] for identity, item in moved.items()})
        looping = {item for identity, item in moved.items() if stands_below_itself(above, identity)}
        return {item: [Problem(BELOW_ITSELF, place=column)] for item in looping}

    return judge


def stands_below_itself(above: Mapping[int, int | None], identity: int) -> bool:
    """Tell whether going up from a row leads back to it."""
    seen: set[int] = set()
    here = above.get(identity)
    while here is not None and here not in seen:
        if here == identity:
            return True
        seen.add(here)
        here = above.get(here)
    return False
