"""Loading what a municipality's tables hold now: table after table, each knowing the keys of those before it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from portfolio.budgets.models import BudgetLine
from portfolio.core.collecting import without_collecting
from portfolio.core.database import Owned
from portfolio.exchange.columns import (
    CATEGORY,
    COLUMNS,
    SUBMITTED,
    UNKNOWN,
    VALUE,
    Entity,
    Key,
    Kind,
    Known,
    Registry,
    measure_field,
    money_field,
    question_field,
)
from portfolio.exchange.profile import PSEUDO_FIELD, Profile
from portfolio.exchange.queries.measured import places_of, value_of
from portfolio.exchange.queries.names import Names, names_of_the_past
from portfolio.exchange.queries.since import CellsSince
from portfolio.exchange.rows import entity_identity, identity_fields, key_of, source_key
from portfolio.forums.models import DecisionInitiative, InitiativeForum
from portfolio.register.models import (
    Category,
    CategoryScheme,
    IndicatorValue,
    InitiativeCategory,
    Portfolio,
)
from portfolio.reviews.models import Review, ReviewAnswer, ReviewIndicator, ReviewRound
from portfolio.reviews.rules import ANSWERED

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


from portfolio.exchange.queries.present import AMOUNTS, MODELS, Present, ReviewStanding

NAMED = (
    *(Entity.UNIT, Entity.POST, Entity.SCHEME, Entity.CATEGORY),
    *(Entity.SOURCE, Entity.FORUM, Entity.INITIATIVE, Entity.DECISION),
)
"""The entities that rows refer to by name; each stands after those it is itself called by."""

_ASIDE = (
    *("id", "removed", "version", "code", "source_key", "portfolio_id", "initiative_id", "scheme_id"),
    *("name_fi", "name_sv"),
)
"""What is read of a row beside its cells, where its table has it."""


def load_present(
    session: Session,
    municipality_id: int,
    profile: Profile | None,
    since: CellsSince | None = None,
    round_id: int | None = None,
) -> Present:
    """Load what a workbook may be compared with or refer to.

    ``profile`` tells how its workbooks find a row again; without one rows are known by their ids. ``since`` a revision,
    rows are called first what they were called then: that is how a workbook of then calls them.
    ``round_id`` is the round whose reviews are loaded as well: of others none are, for nothing refers to them.
    """
    with without_collecting():
        return _Loader(session, municipality_id, profile, since, round_id).load()


def load_registry(session: Session, municipality_id: int) -> Registry:
    """Load only what rows may refer to by name, now or once: what a guess needs, without money, links and steps."""
    with without_collecting():
        return _Loader(session, municipality_id, Profile("names"), None).registry()


class _Loader:
    """Loads table after table; each knows the keys of those before it."""

    def __init__(
        self,
        session: Session,
        municipality_id: int,
        profile: Profile | None,
        since: CellsSince | None,
        round_id: int | None = None,
    ) -> None:
        self._session = session
        self._round_id = round_id
        self._profile = profile
        self._since = since
        self._present = Present(municipality_id)
        self._keys = self._present.keys
        portfolios = self._rows(Portfolio.id, Portfolio.code)
        self._codes: dict[int, str] = {identity: code for identity, code in portfolios}  # noqa: C416 - rows, not pairs

    def load(self) -> Present:
        present = self._present
        present.portfolios = {code: identity for identity, code in self._codes.items()}
        self._take_all(MODELS)
        self._links()
        self._money()
        self._values()
        self._reviews()
        if self._profile is not None:
            self._find_aliases(self._profile)
        if self._since is None:
            names_of_the_past(self._session, present)
        return present

    def registry(self) -> Registry:
        """Load the names alone, those of today and those of the past."""
        self._take_all(NAMED)
        names_of_the_past(self._session, self._present)
        return self._present.registry

    def _take_all(self, entities: Iterable[Entity]) -> None:
        several = self._rows(CategoryScheme.code, several=True, removed=False)
        self._present.registry = Registry(several=frozenset(code for (code,) in several))
        names = Names(self._present, self._since)
        for entity in entities:
            self._take(entity, MODELS[entity], names)

    def _rows(self, *columns: Any, **equals: Any) -> Sequence[Any]:
        """Read columns of a table without making objects of its rows: they are only looked at."""
        table = columns[0].class_.__table__
        clauses = [table.c[name] == value for name, value in equals.items()]
        read = [table.c[one.key] for one in columns]
        statement = select(*read).where(table.c.municipality_id == self._present.municipality_id, *clauses)
        return self._session.execute(statement.order_by(table.c.id)).all()

    # ------------------------------------------------------------------------------------ rows with their cells
    def _take(self, entity: Entity, model: type[Owned], names: Names) -> None:
        """Take up a table: what is there goes before what was, and rows of one table may refer to one another."""
        read = _Reading(entity, model)
        narrowed = {"round_id": self._round_id} if entity is Entity.REVIEW else {}
        found = sorted(self._rows(*read.columns, **narrowed), key=lambda row: bool(row.removed))
        for row in found:
            self._keys[entity][row.id] = self._key(entity, row, read)
        for row in found:
            key = self._own_key(entity, row)
            cells = read.cells(row, self._keys)
            if entity is Entity.DECISION:
                cells["reference"] = row.source_key
            if entity is Entity.INITIATIVE:
                self._present.portfolio_of[key] = self._codes[row.portfolio_id]
            if row.removed:
                self._present.removed.setdefault(key, row.id)
                self._present.gone.setdefault(key, cells)
                self._present.names.setdefault(key, row.code if entity is Entity.INITIATIVE else str(row.id))
                continue
            self._present.ids[key] = row.id
            self._present.cells[key] = cells
            self._present.versions[key] = row.version
            self._present.names[key] = row.code if entity is Entity.INITIATIVE else str(row.id)
            names.add(entity, key, row, cells)

    def _own_key(self, entity: Entity, row: Any) -> Key:
        """Give a row's key; a second row of the same identity, such as a title that was copied, goes by its id."""
        key = self._keys[entity][row.id]
        if key in self._present.ids:
            key = self._keys[entity][row.id] = (entity, f"#{row.id}")
        return key

    def _key(self, entity: Entity, row: Any, read: _Reading) -> Key:
        match entity:
            case Entity.UNIT | Entity.POST | Entity.FORUM | Entity.SCHEME | Entity.SOURCE:
                return key_of(entity, "", row.code)
            case Entity.CATEGORY:
                scheme = self._keys[Entity.SCHEME][row.scheme_id]
                return key_of(entity, "", source_key({"scheme": scheme, "code": row.code}, ("scheme", "code"), ""))
            case Entity.INITIATIVE:
                return key_of(entity, self._codes[row.portfolio_id], row.source_key or f"#{row.id}")
        if self._profile is None:
            return (entity, f"#{row.id}")
        source = getattr(row, "source_key", None)
        if entity is Entity.DECISION:
            source = source_key({"reference": source}, ("reference",), "") if source else f"#{row.id}"
        if not source:
            natural = {name: value for name, value in read.cells(row, self._keys).items() if value is not None}
            source = source_key(natural, entity_identity(self._profile, entity), "")
        return key_of(entity, self._scope(entity, row), source or f"#{row.id}")

    def _scope(self, entity: Entity, row: Any) -> str:
        if entity is not Entity.RECURRING_DEADLINE:
            return ""
        if row.portfolio_id is not None:
            return self._codes[row.portfolio_id]
        return self._present.portfolio_of.get(self._keys[Entity.INITIATIVE][row.initiative_id], "")

    # ------------------------------------------------------------------------------------ what has tables of its own
    def _links(self) -> None:
        """Add classes, decisions and the handling forum."""
        keys = self._keys
        schemes = {identity: key[1] for identity, key in keys[Entity.SCHEME].items()}
        classes = {
            identity: f"{CATEGORY}{schemes[scheme]}" for identity, scheme in self._rows(Category.id, Category.scheme_id)
        }
        several = {f"{CATEGORY}{code}" for code in self._present.registry.several}
        for initiative, one in self._live(InitiativeCategory.initiative_id, InitiativeCategory.category_id):
            owner, name = self._present.of(keys[Entity.INITIATIVE][initiative]), classes[one]
            if owner is not None:
                category = keys[Entity.CATEGORY][one]
                owner[name] = owner.get(name, frozenset()) | {category} if name in several else category
        for one, initiative in self._live(DecisionInitiative.decision_id, DecisionInitiative.initiative_id):
            decision, item = keys[Entity.DECISION][one], keys[Entity.INITIATIVE][initiative]
            self._link(decision, "initiatives", item)
            self._link(item, "decision", decision)
        for initiative, forum in self._live(InitiativeForum.initiative_id, InitiativeForum.forum_id):
            if (owner := self._present.of(keys[Entity.INITIATIVE][initiative])) is not None:
                owner["forum"] = keys[Entity.FORUM][forum]

    def _link(self, key: Key, name: str, other: Key) -> None:
        cells = self._present.cells.get(key)
        if cells is not None and other in self._present.cells:
            cells[name] = cells.get(name, frozenset()) | {other}

    def _money(self) -> None:
        """Add the lines of each initiative; an amount of a line that is there but not told is UNKNOWN."""
        line = BudgetLine
        amounts = [getattr(line, amount) for amount in AMOUNTS]
        fields: dict[tuple[int, str, int], tuple[str, ...]] = {}
        rows = self._live(line.initiative_id, line.year, line.part, line.source_id, *amounts)
        for initiative, year, part, source_id, *euros in rows:
            owner = self._present.of(self._keys[Entity.INITIATIVE][initiative])
            if owner is None:
                continue
            if (year, part, source_id) not in fields:
                source = self._keys[Entity.SOURCE][source_id][1]
                fields[year, part, source_id] = tuple(money_field(year, part, source, amount) for amount in AMOUNTS)
            told = (UNKNOWN if value is None else value for value in euros)
            owner.update(zip(fields[year, part, source_id], told, strict=True))

    def _values(self) -> None:
        value = IndicatorValue
        for indicator, year, number, words in self._live(value.indicator_id, value.year, value.number, value.words):
            owner = self._present.of(self._keys[Entity.INDICATOR][indicator])
            if owner is not None:
                owner[f"{VALUE}{year}"] = words if number is None else number

    def _reviews(self) -> None:
        """Add to the reviews of the round what is not a column of theirs, and how each of them stands."""
        if self._round_id is None:
            return
        rounds = dict(iter(self._rows(ReviewRound.id, ReviewRound.state, id=self._round_id)))
        keys = self._keys[Entity.REVIEW]
        found = self._rows(Review.id, Review.state, Review.delegate_id, round_id=self._round_id, removed=False)
        for identity, state, delegate_id in found:
            key = keys[identity]
            self._present.reviews[key] = ReviewStanding(rounds[self._round_id], state, delegate_id)
            self._present.cells[key][SUBMITTED] = True if state in ANSWERED else None
            item = self._present.cells[key]["initiative"]
            self._present.names[key] = self._present.names[item]
            label = self._present.registry.label(item)
            self._present.registry.add(Known(key, label))
        told = select(ReviewAnswer.review_id, ReviewAnswer.question_id, ReviewAnswer.answer).where(
            ReviewAnswer.review_id.in_(select(Review.id).where(Review.round_id == self._round_id)),
            ReviewAnswer.removed.is_(False),
        )
        for review, question, answer in self._session.execute(told):
            if (owner := self._present.of(keys[review])) is not None:
                owner[question_field(question)] = answer or None
        self._measures()

    def _measures(self) -> None:
        """Add what the reviews of the round tell of indicators, by the places of these."""
        one = ReviewIndicator
        found = select(one.review_id, one.indicator_id, one.number, one.words).where(
            one.review_id.in_(select(Review.id).where(Review.round_id == self._round_id)), one.removed.is_(False)
        )
        told = self._session.execute(found).all()
        places = places_of(self._session, (row.indicator_id for row in told))
        for row in told:
            if (owner := self._present.of(self._keys[Entity.REVIEW][row.review_id])) is not None:
                owner[measure_field(places[row.indicator_id])] = value_of(row.number, row.words)

    def _live(self, *columns: Any) -> Sequence[Any]:
        return self._rows(*columns, removed=False)

    def _find_aliases(self, profile: Profile) -> None:
        """Find for initiatives that no workbook made the identity that a workbook of this profile would give them.

        A person's own mapping, or a guess, made none of them, so that it finds every one by what it says now, if that
        is said of one alone.
        """
        present = self._present
        is_own = profile.municipality is None
        named = {
            (sheet.portfolio or "", fields)
            for sheet in profile.sheets
            if sheet.entity is Entity.INITIATIVE and PSEUDO_FIELD not in (fields := identity_fields(profile, sheet))
        }
        for portfolio, fields in sorted(named):
            found: dict[Key, list[Key]] = defaultdict(list)
            for key, code in present.portfolio_of.items():
                cells = present.cells.get(key, {})
                is_asked = code == portfolio and (is_own or "/#" in key[1])
                if is_asked and all(cells.get(name) is not None for name in fields):
                    found[key_of(Entity.INITIATIVE, portfolio, source_key(cells, fields, ""))].append(key)
            for alias, keys in found.items():
                if alias not in present.ids and (len(keys) == 1 or not is_own):
                    present.aliases.setdefault(alias, keys[0])


class _Reading:
    """Which columns of a table are read, and how a row of them is made into cells."""

    def __init__(self, entity: Entity, model: type[Owned]) -> None:
        stored = [(one, one.stored) for one in COLUMNS[entity].values() if one.stored]
        aside = [name for name in _ASIDE if hasattr(model, name) and name not in {name for _, name in stored}]
        self.columns = [getattr(model, name) for name in (*aside, *(name for _, name in stored))]
        self._names = [one.name for one, _ in stored]
        self._first = len(aside)
        self._references = [(one.name, one.to) for one, _ in stored if one.kind is Kind.REFERENCE and one.to]

    def cells(self, row: Any, keys: Mapping[Entity, Mapping[int, Key]]) -> dict[str, Any]:
        """Give the cells of a row; references by their keys."""
        cells = dict(zip(self._names, row[self._first :], strict=True))
        for name, to in self._references:
            if (identity := cells[name]) is not None:
                cells[name] = keys[to].get(identity)
        return cells
