"""What a municipality's tables hold now, in the columns and keys of workbooks, so that the two can be compared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from portfolio.budgets.models import FundingSource
from portfolio.core.database import Base, Owned
from portfolio.exchange.columns import (
    COLUMNS,
    Entity,
    Key,
    Registry,
)
from portfolio.forums.models import Decision, Forum, Meeting
from portfolio.organisation.models import Post, Unit
from portfolio.register.models import (
    Category,
    CategoryScheme,
    Dependency,
    DocumentLink,
    Indicator,
    Initiative,
    Milestone,
    RecurringDeadline,
)
from portfolio.reviews.models import Review
from portfolio.reviews.rules import ReviewState, RoundState

AMOUNTS = ("planned", "forecast", "actual")

MODELS: dict[Entity, type[Owned]] = {
    Entity.UNIT: Unit,
    Entity.POST: Post,
    Entity.SCHEME: CategoryScheme,
    Entity.CATEGORY: Category,
    Entity.SOURCE: FundingSource,
    Entity.FORUM: Forum,
    Entity.MEETING: Meeting,
    Entity.INITIATIVE: Initiative,
    Entity.DECISION: Decision,
    Entity.MILESTONE: Milestone,
    Entity.RECURRING_DEADLINE: RecurringDeadline,
    Entity.DEPENDENCY: Dependency,
    Entity.INDICATOR: Indicator,
    Entity.DOCUMENT_LINK: DocumentLink,
    Entity.REVIEW: Review,
}
"""The table of each entity, in the order in which rows refer to one another."""


@dataclass(frozen=True, slots=True)
class ReviewStanding:
    """How a review stands: what the right to answer it depends on beside its initiative."""

    round_state: RoundState
    state: ReviewState
    delegate_id: int | None


@dataclass(slots=True)
class Present:
    """The rows of a municipality by key: their ids, their cells, and all their names.

    ``removed`` are rows that were taken away and would come back under the same identity, ``gone`` their cells.
    ``names`` are what people call a row: an initiative's code, else its id. ``aliases`` lead from the identity a row
    would have to its key, ``keys`` from an entity's ids, removed ones too. ``versions`` are those of the rows.
    """

    municipality_id: int
    ids: dict[Key, int] = field(default_factory=dict)
    removed: dict[Key, int] = field(default_factory=dict)
    cells: dict[Key, dict[str, Any]] = field(default_factory=dict)
    gone: dict[Key, dict[str, Any]] = field(default_factory=dict)
    names: dict[Key, str] = field(default_factory=dict)
    aliases: dict[Key, Key] = field(default_factory=dict)
    portfolios: dict[str, int] = field(default_factory=dict)
    portfolio_of: dict[Key, str] = field(default_factory=dict)
    keys: dict[Entity, dict[int, Key]] = field(default_factory=lambda: defaultdict(dict))
    versions: dict[Key, int] = field(default_factory=dict)
    registry: Registry = field(default_factory=Registry)
    reviews: dict[Key, ReviewStanding] = field(default_factory=dict)

    def of(self, key: Key) -> dict[str, Any] | None:
        """Give the cells of a row, also of one that was removed."""
        cells = self.cells.get(key)
        return self.gone.get(key) if cells is None else cells


@cache
def defaults_of(entity: Entity) -> Mapping[str, Any]:
    """Give what the columns of an entity hold that nobody filled, where that is a value."""
    if entity not in MODELS:
        return {}
    table = Base.metadata.tables[str(inspect(MODELS[entity]).local_table)]
    found: dict[str, Any] = {}
    for one in COLUMNS[entity].values():
        default = table.c[one.stored].default if one.stored else None
        if isinstance(default, ScalarElementColumnDefault):
            found[one.name] = default.arg
    return found
