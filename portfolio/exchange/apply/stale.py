"""Whether what a plan rests on is still as it was: the rows it changes, what they refer to, and rows not yet there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from sqlalchemy import select

from portfolio.budgets.models import BudgetLine
from portfolio.core.history import BIRTH, Change
from portfolio.core.records import chunks
from portfolio.exchange.apply.record import token_of
from portfolio.exchange.apply.stored import Stored
from portfolio.exchange.columns import Entity
from portfolio.exchange.merge import RowFate
from portfolio.exchange.models import AddedRow, Upload
from portfolio.exchange.queries import MODELS
from portfolio.forums.models import DecisionInitiative, InitiativeForum
from portfolio.register.models import IndicatorValue, InitiativeCategory
from portfolio.reviews.models import ReviewAnswer, ReviewIndicator

if TYPE_CHECKING:
    from sqlalchemy.orm import InstrumentedAttribute, Session

NAMED = 20
"""How many changed cells are told of."""

Item: TypeAlias = tuple[str, int]
"""A row of a versioned table: (table, id)."""

_OWNERS: dict[str, tuple[tuple[str, InstrumentedAttribute[int], InstrumentedAttribute[int]], ...]] = {
    "initiative_category": (("initiative", InitiativeCategory.id, InitiativeCategory.initiative_id),),
    "initiative_forum": (("initiative", InitiativeForum.id, InitiativeForum.initiative_id),),
    "budget_line": (("initiative", BudgetLine.id, BudgetLine.initiative_id),),
    "indicator_value": (("indicator", IndicatorValue.id, IndicatorValue.indicator_id),),
    "review_answer": (("review", ReviewAnswer.id, ReviewAnswer.review_id),),
    "review_indicator": (("review", ReviewIndicator.id, ReviewIndicator.review_id),),
    "decision_initiative": (
        ("initiative", DecisionInitiative.id, DecisionInitiative.initiative_id),
        ("decision", DecisionInitiative.id, DecisionInitiative.decision_id),
    ),
}
"""For each table that holds cells of another's rows: the other table, its own ids, and the ids it refers to."""


class StaleCell(NamedTuple):
    """One cell that changed since the plan was made; the field "*" is a new row."""

    entity: str
    entity_id: int
    title: str
    field: str


class StalePlanError(Exception):
    """What a plan rests on has changed since it was made: nothing was written, and it must be made anew."""

    def __init__(self, touched: Iterable[StaleCell]) -> None:
        """Name some of the cells that changed."""
        self.touched = tuple(touched)
        super().__init__(f"{len(self.touched)} cells have changed since the plan was made")


def refuse_stale(session: Session, upload: Upload, stored: Stored) -> None:
    """Raise :class:`StalePlanError` if anything that is to be written was planned against what is no more.

    Changes elsewhere do not matter. Called once the writer's turn has been taken.
    """
    changed = _changed_since(session, upload.municipality_id, upload.planned_revision_id or 0)
    touched = [*_touched(session, stored, changed), *_added_before(session, upload, stored)]
    if touched:
        raise StalePlanError(touched[:NAMED])


def _changed_since(session: Session, municipality_id: int, revision_id: int) -> dict[Item, set[str]]:
    statement = select(Change.entity, Change.entity_id, Change.field).where(
        Change.municipality_id == municipality_id, Change.revision_id > revision_id
    )
    found: dict[Item, set[str]] = defaultdict(set)
    for entity, identity, name in session.execute(statement):
        found[entity, identity].add(name)
    return found


def _touched(session: Session, stored: Stored, changed: dict[Item, set[str]]) -> Iterator[StaleCell]:
    if not changed:
        return
    known = {**stored.present.removed, **stored.present.ids}
    keys = {(_table(row.key[0]), known[row.key]): row.key for row in stored.rows if row.key in known}
    titles = stored.present.registry.label
    for item, names in _of_items(session, changed):
        if item in keys:
            yield from (StaleCell(keys[item][0], item[1], titles(keys[item]), name) for name in sorted(names))
    for one in stored.referred:
        item = (_table(one.key[0]), one.id or 0)
        if item not in keys and "removed" in changed.get(item, ()):
            yield StaleCell(one.key[0], item[1], one.label, "removed")
    made = {_table(row.key[0]): row.key[0] for row in stored.rows if row.fate is RowFate.ADD}
    for (table, identity), names in changed.items():
        if table in made and names & {BIRTH, "removed"}:
            yield StaleCell(made[table], identity, "", BIRTH)


def _of_items(session: Session, changed: dict[Item, set[str]]) -> Iterator[tuple[Item, set[str]]]:
    """Give what changed by the items it belongs to: an initiative's classes and money stand in tables of their own."""
    yield from changed.items()
    parts: dict[str, list[int]] = defaultdict(list)
    for table, identity in changed:
        if table in _OWNERS:
            parts[table].append(identity)
    for table, ids in parts.items():
        for owner, own, other in _OWNERS[table]:
            for few in chunks(ids):
                for identity in session.scalars(select(other).where(own.in_(few)).distinct()):
                    yield (owner, identity), {table}


def _added_before(session: Session, upload: Upload, stored: Stored) -> Iterator[StaleCell]:
    """Give new rows of an export that came in with the same file before."""
    wanted = {(row.key[0], token_of(row.key)): row.key for row in stored.rows if row.fate is RowFate.ADD}
    if upload.export_id is None or not wanted:
        return
    for tokens in chunks(sorted({token for _, token in wanted})):
        statement = select(AddedRow).where(AddedRow.export_id == upload.export_id, AddedRow.token.in_(tokens))
        for one in session.scalars(statement):
            key = wanted.get((one.entity, one.token))
            if key is not None:
                yield StaleCell(one.entity, one.entity_id, stored.present.registry.label(key), BIRTH)


def _table(entity: str) -> str:
    return str(MODELS[Entity(entity)].__tablename__)  # type: ignore[attr-defined] # every model has a table
