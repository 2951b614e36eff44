"""Which columns of a row are closed to the person whose workbook it is: each room's own answer, remembered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from portfolio.budgets.rules import editable_amounts
from portfolio.core.rights import Actor
from portfolio.exchange.columns import CATEGORY, COLUMNS, Entity
from portfolio.exchange.columns.sheets import ACTION, COMMENT, PORTFOLIO, OwnColumn, OwnSheet, amount_parts
from portfolio.register.rules import Facts, editable_fields
from portfolio.reviews.rules import ReviewFacts, RoundState, check_standing, may_answer, may_judge


class Closed:
    """Answers for one person; the rows of one unit and post are closed alike."""

    def __init__(self, actor: Actor) -> None:
        """Answer for this person."""
        self._actor = actor
        self._known: dict[tuple[str, Facts], frozenset[str]] = {}

    def of(self, sheet: OwnSheet, initiative: Any) -> frozenset[str]:
        """Name the columns of a sheet that are closed on the rows of an initiative."""
        held = initiative.owner_post_id if initiative.owner_post_id in self._actor.post_ids else None
        return self._asked(sheet, Facts(initiative.unit_id, held))

    def of_review(self, sheet: OwnSheet, state: RoundState, review: Any, initiative: Any) -> frozenset[str]:
        """Name the columns that are closed on a review: all but the comment, unless this person may answer it now."""
        facts = ReviewFacts(initiative.unit_id, initiative.owner_post_id, review.delegate_id)
        may = may_judge(self._actor) or may_answer(self._actor, facts)
        is_open = may and not check_standing(state, review.state)
        return frozenset(one.key for one in sheet.columns if one.key != COMMENT and not (is_open and one.field))

    def of_new(self, sheet: OwnSheet) -> frozenset[str]:
        """Name the columns that are closed on every row that this person could add; nobody adds a review."""
        if sheet.entity is Entity.REVIEW:
            return frozenset(column.key for column in sheet.columns)
        rows = [self._asked(sheet, facts) for facts in self._new_facts()]
        return frozenset.intersection(*rows)

    def _new_facts(self) -> Iterator[Facts]:
        """Give a new row of the whole house, and one of a unit of each role."""
        yield Facts(None, None, new=True)
        for grant in self._actor.grants:
            if grant.unit_ids:
                yield Facts(min(grant.unit_ids), None, new=True)

    def _asked(self, sheet: OwnSheet, facts: Facts) -> frozenset[str]:
        asked = (sheet.key, facts)
        if asked not in self._known:
            fields = editable_fields(self._actor, facts)
            amounts = editable_amounts(self._actor, facts.unit_id, facts.owner_post_id)
            self._known[asked] = frozenset(
                column.key for column in sheet.columns if not _is_open(sheet.entity, column, fields, amounts, facts)
            )
        return self._known[asked]


def _is_open(entity: Entity, column: OwnColumn, fields: frozenset[str], amounts: frozenset[str], facts: Facts) -> bool:
    if column.key == COMMENT:
        return True
    if entity is Entity.MILESTONE:
        return "milestones" in fields
    if entity is Entity.BUDGET:
        found = amount_parts(column.key)
        return found[1] in amounts if found else bool(amounts)
    if column.key == ACTION:
        return "removed" in fields
    if column.key == PORTFOLIO:
        return facts.new and "portfolio_id" in fields
    if column.field is None:
        return False
    if column.field.startswith(CATEGORY):
        return "categories" in fields
    return COLUMNS[entity][column.field].stored in fields
