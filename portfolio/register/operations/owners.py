"""Whether the actor may write parts of initiatives: asked of the initiative that each belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from portfolio.core.problem import Problem
from portfolio.core.records import GONE, Judge, Problems, Wanted, fresh_rows
from portfolio.core.rights import Actor, Right, working_in
from portfolio.register.models import Indicator
from portfolio.register.operations.judges import CLOSED, closed_fields

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

Owners: TypeAlias = "dict[int, set[int]]"
"""For each row of a batch, the initiatives whose part it is or becomes."""


def judge_owner(field: str, column: str = "initiative_id") -> Judge:
    """Make the judge of parts that are one field of the initiative named in a column.

    A part of no initiative belongs to a whole portfolio and needs the right to manage.
    """

    def judge(session: Session, actor: Actor, wanted: Mapping[int, Wanted]) -> Problems:
        owners = {item: _named(row, column) for item, row in wanted.items()}
        return _judge(session, actor, field, wanted, owners)

    return judge


def judge_indicator_owner(session: Session, actor: Actor, wanted: Mapping[int, Wanted]) -> Problems:
    """Judge values of indicators by the initiatives of their indicators."""
    ids = {one for row in wanted.values() for one in _named(row, "indicator_id")}
    indicators = fresh_rows(session, Indicator, working_in(actor), ids, ("initiative_id",))
    owners = {
        item: {indicators[one]["initiative_id"] for one in _named(row, "indicator_id") if one in indicators}
        for item, row in wanted.items()
    }
    return _judge(session, actor, "indicators", wanted, owners)


def _judge(session: Session, actor: Actor, field: str, wanted: Mapping[int, Wanted], owners: Owners) -> Problems:
    answers = closed_fields(session, actor, field, {one for few in owners.values() for one in few})
    managing = [] if actor.may(Right.MANAGE) else [Problem(CLOSED)]
    found: Problems = {}
    for item, few in owners.items():
        problems = {answers[one] for one in few if one in answers} - {None}
        if not few:
            problems |= set(managing)
        elif wanted[item].before and not few & answers.keys():
            problems.add(Problem(GONE))
        found[item] = [problem for problem in problems if problem]
    return found


def _named(row: Wanted, column: str) -> set[int]:
    both: tuple[Any, ...] = ((row.before or {}).get(column), row.after.get(column))
    return {one for one in both if one is not None}
