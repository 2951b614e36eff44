"""Which cells the importing person may change: each room's own answer, asked cell by cell."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

from portfolio.budgets.rules import editable_amounts
from portfolio.core.problem import Problem
from portfolio.core.records import GONE
from portfolio.core.rights import Actor, Right
from portfolio.exchange.columns import CATEGORY, COLUMNS, MONEY, Entity, Key, money_parts
from portfolio.exchange.merge import REMOVED, Cells
from portfolio.exchange.queries.present import Present
from portfolio.register.rules import Facts, editable_fields
from portfolio.reviews.rules import ReviewFacts, check_standing, may_answer, may_judge
from portfolio.reviews.rules.answers import NOT_YOURS

PARTS = MappingProxyType(
    {
        Entity.MILESTONE: ("initiative", "milestones"),
        Entity.RECURRING_DEADLINE: ("initiative", "recurring_deadlines"),
        Entity.DEPENDENCY: ("successor", "dependencies"),
        Entity.INDICATOR: ("initiative", "indicators"),
        Entity.DOCUMENT_LINK: ("initiative", "document_links"),
    }
)
"""For each kind of part: the column that names its initiative, and the field of the initiative that it counts as."""


class Rights:
    """Answers for one person and one workbook; answers of one initiative are remembered."""

    def __init__(self, actor: Actor, present: Present, incoming: dict[Key, Cells]) -> None:
        self._actor = actor
        self._present = present
        self._incoming = incoming
        self._manages = actor.may(Right.MANAGE)
        self._fields: dict[Facts, frozenset[str]] = {}
        self._of_items: dict[Key, Facts] = {}
        self._of_reviews: dict[Key, Problem | None] = {}

    def allows(self, key: Key, field: str) -> bool:
        """Tell whether the person may change a cell, or fill it in a new row."""
        entity = Entity(key[0])
        if entity is Entity.INITIATIVE:
            return self._allows_initiative(key, field)
        if entity is Entity.REVIEW:
            return self.why_not(key) is None
        if entity in PARTS:
            column, part = PARTS[entity]
            owner = self._cell(key, column)
            return self._manages if owner is None else part in self._open(self._facts(owner))
        return self._manages

    def why_not(self, review: Key) -> Problem | None:
        """Tell why the person may not answer a review now; None when nothing stands against it."""
        if review not in self._of_reviews:
            self._of_reviews[review] = self._judge(review)
        return self._of_reviews[review]

    @property
    def adds(self) -> bool:
        """Tell whether the person may add initiatives of any unit."""
        return self._actor.may(Right.PROPOSE) or self._manages

    def may_add(self, key: Key) -> bool:
        """Tell whether the person may add a new initiative of its unit at all."""
        return bool(self._open(self._facts(key)))

    def may_key(self, key: Key) -> bool:
        """Tell whether the person may give a new initiative the identity by which this profile finds it again."""
        return "source_key" in self._open(self._facts(key))

    def _allows_initiative(self, key: Key, field: str) -> bool:
        facts = self._facts(key)
        if field.startswith(MONEY):
            return money_parts(field)[3] in editable_amounts(self._actor, facts.unit_id, facts.owner_post_id)
        if field in {"forum", "decision"}:
            return self._manages
        if field.startswith(CATEGORY):
            return "categories" in self._open(facts)
        name = REMOVED if field == REMOVED else COLUMNS[Entity.INITIATIVE][field].stored
        return name in self._open(facts)

    def _judge(self, review: Key) -> Problem | None:
        standing = self._present.reviews.get(review)
        if standing is None:
            return Problem(GONE)
        if problems := check_standing(standing.round_state, standing.state):
            return problems[0]
        item, ids = self._cell(review, "initiative"), self._present.ids
        unit, post = ids.get(self._cell(item, "unit")), ids.get(self._cell(item, "owner_post"))
        facts = ReviewFacts(unit, post, standing.delegate_id)
        return None if may_judge(self._actor) or may_answer(self._actor, facts) else Problem(NOT_YOURS)

    def _facts(self, key: Key) -> Facts:
        if key not in self._of_items:
            self._of_items[key] = self._ask(key)
        return self._of_items[key]

    def _ask(self, key: Key) -> Facts:
        unit, post = self._cell(key, "unit"), self._cell(key, "owner_post")
        ids = self._present.ids
        return Facts(ids.get(unit), ids.get(post), new=key not in ids and key not in self._present.removed)

    def _cell(self, key: Key, name: str) -> Any:
        """Give a cell as it is now, or was before the row was removed; for a new row as the workbook has it."""
        cells = self._present.of(key)
        return (self._incoming.get(key, {}) if cells is None else cells).get(name)

    def _open(self, facts: Facts) -> frozenset[str]:
        if facts not in self._fields:
            self._fields[facts] = editable_fields(self._actor, facts)
        return self._fields[facts]
