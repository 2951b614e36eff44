"""What a workbook was made from: the present, with what changed since its revision put back; never from the file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from portfolio.budgets.models import BudgetLine
from portfolio.core.columns import from_json
from portfolio.core.records import chunks
from portfolio.exchange.columns import (
    CATEGORY,
    COLUMNS,
    SUBMITTED,
    UNKNOWN,
    VALUE,
    Column,
    Entity,
    Key,
    Kind,
    measure_field,
    money_field,
    question_field,
)
from portfolio.exchange.merge import alike
from portfolio.exchange.models import ImportBatch, ImportOrigin
from portfolio.exchange.queries.measured import places_of, value_of
from portfolio.exchange.queries.names import table_of
from portfolio.exchange.queries.origins import undone
from portfolio.exchange.queries.present import AMOUNTS, MODELS, Present
from portfolio.exchange.queries.since import CellsSince, changes_since
from portfolio.forums.models import DecisionInitiative, InitiativeForum
from portfolio.register.models import Category, IndicatorValue, InitiativeCategory
from portfolio.reviews.models import ReviewAnswer, ReviewIndicator
from portfolio.reviews.rules import ANSWERED

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(slots=True)
class BaseSince:
    """The cells that were others at a revision, by key, with their values of then; of rows removed since, every cell.

    ``later`` are the rows that were not there then.
    """

    cells: dict[Key, dict[str, Any]] = field(default_factory=lambda: defaultdict(dict))
    later: set[Key] = field(default_factory=set)

    def row(self, key: Key, present: Present) -> Mapping[str, Any]:
        """Give a row as it was; of one that was not there, nothing."""
        if key in self.later:
            return {}
        now, then = present.cells.get(key), self.cells.get(key)
        if now is None:
            return then or {}
        return {**now, **then} if then else now


def base_since(session: Session, present: Present, since: CellsSince) -> BaseSince:
    """Put back what changed after a revision: cells, classes, money, links, and whole rows that were removed."""
    found = BaseSince()
    for entity in MODELS:
        _take_rows(found, entity, present, since)
    for key, name, value in _links(session, present, since):
        now = present.cells.get(key)
        if key in found.later or (now is None and key not in found.cells):
            continue
        if now is None or not alike(value, now.get(name)):
            found.cells[key][name] = value
    found.cells = dict(found.cells)
    return found


def _take_rows(found: BaseSince, entity: Entity, present: Present, since: CellsSince) -> None:
    """Put back the cells of one table's rows."""
    table = table_of(entity)
    columns = {one.stored: one for one in COLUMNS[entity].values() if one.stored}
    types = MODELS[entity].__table__.c  # type: ignore[attr-defined] # every model is mapped to a table
    for identity, old in since.of(table).items():
        key = present.keys[entity].get(identity)
        if key is None:
            continue
        is_gone = present.ids.get(key) != identity
        if not since.was_there(table, identity, removed=is_gone):
            found.later.add(key)
            continue
        then = {
            columns[name].name: _read(columns[name], types[name].type, value, present)
            for name, value in old.items()
            if name in columns
        }
        if is_gone:
            found.cells[key] = {**present.gone.get(key, {}), **then}
        elif differing := {name: value for name, value in then.items() if not alike(value, present.cells[key][name])}:
            found.cells[key] = differing


def _read(column: Column, stored: Any, old: Any, present: Present) -> Any:
    """Read an old value as the history keeps it; a reference is the key that what it meant has now."""
    if column.kind is Kind.REFERENCE and column.to is not None:
        return None if old is None else present.keys[column.to].get(old)
    return from_json(stored, old)


# ---------------------------------------------------------------------------------- what has tables of its own
def _links(session: Session, present: Present, since: CellsSince) -> Iterator[tuple[Key, str, Any]]:
    """Give the cells that rows of other tables make, of those whose rows changed, with their values of then."""
    yield from _classes(session, present, since)
    yield from _decisions(session, present, since)
    yield from _forums(session, present, since)
    yield from _money(session, present, since)
    yield from _values(session, present, since)
    yield from _reviews(session, present, since)


def _rows(session: Session, model: Any, since: CellsSince) -> Iterator[tuple[Any, Mapping[str, Any], bool]]:
    """Give the changed rows of a table with their old cells, and whether each was there."""
    table = model.__table__
    changed = since.of(table.name)
    if not changed:
        return
    for ids in chunks(sorted(changed)):
        for row in session.execute(select(table).where(table.c.id.in_(ids))):
            yield row, changed[row.id], since.was_there(table.name, row.id, removed=row.removed)


def _put_back(now: frozenset[Any], link: Any, *, was_there: bool) -> frozenset[Any]:
    return now | {link} if was_there else now - {link}


def _classes(session: Session, present: Present, since: CellsSince) -> Iterator[tuple[Key, str, Any]]:
    own = select(Category.id, Category.scheme_id).where(Category.municipality_id == present.municipality_id)
    schemes = {row.id: row.scheme_id for row in session.execute(own)}
    then: dict[tuple[Key, str], frozenset[Key]] = {}
    for row, _, was_there in _rows(session, InitiativeCategory, since):
        scheme = present.keys[Entity.SCHEME][schemes[row.category_id]][1]
        key, name = present.keys[Entity.INITIATIVE][row.initiative_id], f"{CATEGORY}{scheme}"
        if (key, name) not in then:
            then[key, name] = _as_set((present.of(key) or {}).get(name))
        link = present.keys[Entity.CATEGORY][row.category_id]
        then[key, name] = _put_back(then[key, name], link, was_there=was_there)
    for (key, name), classes in then.items():
        several = name.removeprefix(CATEGORY) in present.registry.several
        yield key, name, classes if several else min(classes, default=None)


def _as_set(value: Any) -> frozenset[Any]:
    if isinstance(value, frozenset):
        return value
    return frozenset() if value is None else frozenset({value})


def _decisions(session: Session, present: Present, since: CellsSince) -> Iterator[tuple[Key, str, Any]]:
    then: dict[tuple[Key, str], frozenset[Key]] = {}
    for row, _, was_there in _rows(session, DecisionInitiative, since):
        decision = present.keys[Entity.DECISION][row.decision_id]
        item = present.keys[Entity.INITIATIVE][row.initiative_id]
        for key, name, other in ((decision, "initiatives", item), (item, "decision", decision)):
            if (key, name) not in then:
                then[key, name] = _as_set((present.of(key) or {}).get(name))
            then[key, name] = _put_back(then[key, name], other, was_there=was_there)
    for (key, name), links in then.items():
        yield key, name, links


def _forums(session: Session, present: Present, since: CellsSince) -> Iterator[tuple[Key, str, Any]]:
    for row, old, was_there in _rows(session, InitiativeForum, since):
        forum = present.keys[Entity.FORUM].get(old.get("forum_id", row.forum_id))
        yield present.keys[Entity.INITIATIVE][row.initiative_id], "forum", forum if was_there else None


def _money(session: Session, present: Present, since: CellsSince) -> Iterator[tuple[Key, str, Any]]:
    for row, old, was_there in _rows(session, BudgetLine, since):
        key = present.keys[Entity.INITIATIVE][row.initiative_id]
        source = present.keys[Entity.SOURCE][row.source_id][1]
        for amount in AMOUNTS:
            column = BudgetLine.__table__.c[amount]
            euros = from_json(column.type, old[amount]) if amount in old else getattr(row, amount)
            told = UNKNOWN if euros is None else euros
            yield key, money_field(row.year, row.part, source, amount), told if was_there else None


def _values(session: Session, present: Present, since: CellsSince) -> Iterator[tuple[Key, str, Any]]:
    for row, old, was_there in _rows(session, IndicatorValue, since):
        then = value_of(*_measure(IndicatorValue, row, old))
        yield present.keys[Entity.INDICATOR][row.indicator_id], f"{VALUE}{row.year}", then if was_there else None


def _reviews(session: Session, present: Present, since: CellsSince) -> Iterator[tuple[Key, str, Any]]:
    """Give whether a review was submitted, its answers to the round's questions, and what it told of indicators."""
    keys = present.keys[Entity.REVIEW]
    for identity, old in since.of(table_of(Entity.REVIEW)).items():
        if identity in keys and "state" in old:
            yield keys[identity], SUBMITTED, True if old["state"] in ANSWERED else None
    for row, old, was_there in _rows(session, ReviewAnswer, since) if keys else ():
        if row.review_id in keys:
            then = old.get("answer", row.answer) or None
            yield keys[row.review_id], question_field(row.question_id), then if was_there else None
    told = [one for one in _rows(session, ReviewIndicator, since) if one[0].review_id in keys] if keys else []
    places = places_of(session, (row.indicator_id for row, _, _ in told))
    for row, old, was_there in told:
        value = value_of(*_measure(ReviewIndicator, row, old))
        yield keys[row.review_id], measure_field(places[row.indicator_id]), value if was_there else None


def _measure(model: Any, row: Any, old: Mapping[str, Any]) -> tuple[Any, str | None]:
    """Give the number and the words that a row held."""
    number = from_json(model.__table__.c.number.type, old["number"]) if "number" in old else row.number
    return number, old.get("words", row.words)


def bases_since_imports(session: Session, present: Present, profile: str) -> dict[Key, Mapping[str, Any]]:
    """Return the cells that were changed since the latest import of their row by a profile, as they were then."""
    revision = func.max(func.coalesce(ImportBatch.revision_id, ImportBatch.base_revision_id))
    statement = (
        select(ImportOrigin.entity, ImportOrigin.entity_id, revision)
        .join(ImportBatch, ImportBatch.id == ImportOrigin.batch_id)
        .where(ImportBatch.municipality_id == present.municipality_id, ImportBatch.profile == profile, ~undone())
        .group_by(ImportOrigin.entity, ImportOrigin.entity_id)
    )
    rows: dict[int, list[Key]] = defaultdict(list)
    for entity, identity, latest in session.execute(statement):
        key = present.keys[Entity(entity)].get(identity)
        if key in present.ids:
            rows[latest].append(key)
    found: dict[Key, Mapping[str, Any]] = {}
    for latest, keys in rows.items():
        cells = base_since(session, present, changes_since(session, present.municipality_id, latest)).cells
        found |= {key: cells[key] for key in keys if key in cells}
    return found
