"""What a municipality's tables hold now, in the columns and keys of workbooks, so that the two can be compared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import inspect, select
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from portfolio.budgets.models import BudgetLine, FundingSource
from portfolio.core.database import Base, Owned
from portfolio.core.history import Change
from portfolio.exchange.columns import (
    CATEGORY,
    COLUMNS,
    UNKNOWN,
    VALUE,
    Entity,
    Key,
    Kind,
    Known,
    Registry,
    money_field,
)
from portfolio.exchange.profile import PSEUDO_FIELD, Profile
from portfolio.exchange.rows import as_known, entity_identity, identity_fields, key_of, source_key
from portfolio.forums.models import Decision, DecisionInitiative, Forum, InitiativeForum, Meeting
from portfolio.organisation.models import Post, Unit
from portfolio.register.models import (
    Category,
    CategoryScheme,
    Dependency,
    DocumentLink,
    Indicator,
    IndicatorValue,
    Initiative,
    InitiativeCategory,
    Milestone,
    Portfolio,
    RecurringDeadline,
)

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

NAMES = ("name_fi", "name_sv", "title_fi", "title_sv")
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
}
"""The table of each entity, in the order in which rows refer to one another."""


@dataclass(slots=True)
class Present:
    """The rows of a municipality by key: their ids, their cells, and all their names.

    ``removed`` are rows that were taken away and would come back under the same identity. ``names`` are what people
    call a row: an initiative's code, else its id. ``aliases`` lead from the identity a row would have to its key.
    """

    municipality_id: int
    ids: dict[Key, int] = field(default_factory=dict)
    removed: dict[Key, int] = field(default_factory=dict)
    cells: dict[Key, dict[str, Any]] = field(default_factory=dict)
    names: dict[Key, str] = field(default_factory=dict)
    aliases: dict[Key, Key] = field(default_factory=dict)
    portfolios: dict[str, int] = field(default_factory=dict)
    portfolio_of: dict[Key, str] = field(default_factory=dict)
    registry: Registry = field(default_factory=Registry)


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


def load_present(session: Session, municipality_id: int, profile: Profile) -> Present:
    """Load what a workbook of this profile may be compared with or refer to."""
    return _Loader(session, municipality_id, profile).load()


class _Loader:
    """Loads table after table; each knows the keys of those before it."""

    def __init__(self, session: Session, municipality_id: int, profile: Profile) -> None:
        self._session = session
        self._profile = profile
        self._present = Present(municipality_id)
        self._keys: dict[type[Owned], dict[int, Key]] = defaultdict(dict)
        self._codes: dict[int, str] = {row.id: row.code for row in self._rows(Portfolio)}

    def load(self) -> Present:
        present = self._present
        present.portfolios = {code: identity for identity, code in self._codes.items()}
        schemes = {row.code for row in self._rows(CategoryScheme) if row.several and not row.removed}
        present.registry = Registry(several=frozenset(schemes))
        for entity, model in MODELS.items():
            rows = sorted(self._rows(model), key=lambda row: row.removed)  # what is there goes before what was
            for row in rows:
                self._keys[model][row.id] = self._key(entity, row)  # rows of one table may refer to one another
            for row in rows:
                self._take(entity, model, row)
        self._links()
        self._money()
        self._values()
        self._find_aliases()
        self._add_former_names()
        return present

    def _rows(self, model: type[Any]) -> Sequence[Any]:
        """Read a table, removed rows too, without making objects of its rows: they are only looked at."""
        table = model.__table__
        statement = select(table).where(table.c.municipality_id == self._present.municipality_id)
        return self._session.execute(statement.order_by(table.c.id)).all()

    def _key(self, entity: Entity, row: Any) -> Key:
        match entity:
            case Entity.UNIT | Entity.POST | Entity.FORUM | Entity.SCHEME | Entity.SOURCE:
                return key_of(entity, "", row.code)
            case Entity.CATEGORY:
                scheme = self._keys[CategoryScheme][row.scheme_id]
                return key_of(entity, "", source_key({"scheme": scheme, "code": row.code}, ("scheme", "code"), ""))
            case Entity.INITIATIVE:
                return key_of(entity, self._codes[row.portfolio_id], row.source_key or f"#{row.id}")
        natural = {name: value for name, value in self._cells(entity, row) if value is not None}
        source = getattr(row, "source_key", None)
        if entity is Entity.DECISION:
            source = source_key({"reference": source}, ("reference",), "") if source else f"#{row.id}"
        fields = entity_identity(self._profile, entity)
        return key_of(entity, self._scope(entity, row), source or source_key(natural, fields, "") or f"#{row.id}")

    def _scope(self, entity: Entity, row: Any) -> str:
        if entity is not Entity.RECURRING_DEADLINE:
            return ""
        if row.portfolio_id is not None:
            code: str = self._codes[row.portfolio_id]
            return code
        return self._present.portfolio_of.get(self._keys[Initiative][row.initiative_id], "")

    def _cells(self, entity: Entity, row: Any) -> Iterator[tuple[str, Any]]:
        for column in COLUMNS[entity].values():
            if column.stored is None:
                continue
            value = getattr(row, column.stored)
            if column.kind is Kind.REFERENCE and column.to is not None and value is not None:
                value = self._keys[MODELS[column.to]].get(value)
            yield column.name, value

    def _take(self, entity: Entity, model: type[Owned], row: Any) -> None:
        present = self._present
        key = self._keys[model][row.id]
        if key in present.ids:  # a second row of the same identity, such as a title that was copied
            key = self._keys[model][row.id] = (entity, f"#{row.id}")
        if entity is Entity.INITIATIVE:
            present.portfolio_of[key] = self._codes[row.portfolio_id]
        if row.removed:
            present.removed.setdefault(key, row.id)
            return
        present.ids[key] = row.id
        cells = dict(self._cells(entity, row))
        if entity is Entity.DECISION:
            cells["reference"] = row.source_key
        present.cells[key] = cells
        present.names[key] = row.code if entity is Entity.INITIATIVE else str(row.id)
        known = as_known(entity, key, present.portfolio_of.get(key, ""), {"code": getattr(row, "code", None), **cells})
        if known is not None:
            present.registry.add(known)
        elif entity in {Entity.SCHEME, Entity.SOURCE}:
            present.registry.add(_by_code_and_name(key, row))

    def _links(self) -> None:
        """Add what stands in tables of its own: classes, decisions and the handling forum."""
        cells, keys = self._present.cells, self._keys
        schemes = {row.id: row.code for row in self._rows(CategoryScheme)}
        classes = {row.id: schemes[row.scheme_id] for row in self._rows(Category)}
        for row in self._live(InitiativeCategory):
            name = f"{CATEGORY}{classes[row.category_id]}"
            category = keys[Category][row.category_id]
            owner = cells.get(keys[Initiative][row.initiative_id])
            if owner is None:
                continue
            if classes[row.category_id] in self._present.registry.several:
                owner[name] = owner.get(name, frozenset()) | {category}
            else:
                owner[name] = category
        for row in self._live(DecisionInitiative):
            decision, initiative = keys[Decision][row.decision_id], keys[Initiative][row.initiative_id]
            self._link(decision, "initiatives", initiative)
            self._link(initiative, "decision", decision)
        for row in self._live(InitiativeForum):
            if (owner := cells.get(keys[Initiative][row.initiative_id])) is not None:
                owner["forum"] = keys[Forum][row.forum_id]

    def _link(self, key: Key, name: str, other: Key) -> None:
        cells = self._present.cells.get(key)
        if cells is not None and other in self._present.cells:
            cells[name] = cells.get(name, frozenset()) | {other}

    def _money(self) -> None:
        """Add the lines of each initiative; an amount of a line that is there but not told is UNKNOWN."""
        for row in self._live(BudgetLine):
            owner = self._present.cells.get(self._keys[Initiative][row.initiative_id])
            if owner is None:
                continue
            source = self._keys[FundingSource][row.source_id][1]
            for amount in AMOUNTS:
                value = getattr(row, amount)
                owner[money_field(row.year, row.part, source, amount)] = UNKNOWN if value is None else value

    def _values(self) -> None:
        for row in self._live(IndicatorValue):
            owner = self._present.cells.get(self._keys[Indicator][row.indicator_id])
            if owner is not None:
                owner[f"{VALUE}{row.year}"] = row.words if row.number is None else row.number

    def _live(self, model: type[Any]) -> Iterable[Any]:
        return (row for row in self._rows(model) if not row.removed)

    def _find_aliases(self) -> None:
        """Find for initiatives that no workbook made the identity that a workbook of this profile would give them."""
        present = self._present
        named = {
            (sheet.portfolio or "", fields)
            for sheet in self._profile.sheets
            if sheet.entity is Entity.INITIATIVE
            and PSEUDO_FIELD not in (fields := identity_fields(self._profile, sheet))
        }
        for portfolio, fields in sorted(named):
            for key, code in present.portfolio_of.items():
                cells = present.cells.get(key, {})
                if code == portfolio and "/#" in key[1] and all(cells.get(name) is not None for name in fields):
                    alias = key_of(Entity.INITIATIVE, portfolio, source_key(cells, fields, ""))
                    if alias not in present.ids:
                        present.aliases.setdefault(alias, key)

    def _add_former_names(self) -> None:
        """Let what was renamed be found by the names it had, which stand in the history."""
        keys = {
            (str(model.__table__.name), identity): key  # type: ignore[attr-defined] # every model is mapped to a table
            for model, of in self._keys.items()
            for identity, key in of.items()
        }
        statement = select(Change.entity, Change.entity_id, Change.old).where(
            Change.municipality_id == self._present.municipality_id, Change.field.in_(NAMES), Change.old.is_not(None)
        )
        former: dict[Key, set[str]] = defaultdict(set)
        for entity, identity, old in self._session.execute(statement):
            if (key := keys.get((entity, identity))) in self._present.ids:
                former[key].add(str(old))
        for key, names in former.items():
            scope = self._present.portfolio_of.get(key, "")
            if key[0] == Entity.CATEGORY:
                scope = self._present.cells[key]["scheme"][1]
            self._present.registry.add(Known(key, key[1], scope, former=tuple(names)))


def _by_code_and_name(key: Key, row: Any) -> Known:
    names = tuple(name for name in (row.name_fi, row.name_sv) if name)
    return Known(key, row.name_fi, "", (row.code,), (), names)
