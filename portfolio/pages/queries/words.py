"""Changes in a person's words: what a field is called, what its old and new value read as, who, when and whence."""

from __future__ import annotations

import datetime as dt
import enum
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import inspect

from portfolio.accounts.queries import names_of_users
from portfolio.core import history
from portfolio.core.columns import MONEY
from portfolio.core.history import CellChange
from portfolio.core.language import N_, format_date, format_number, format_percent, in_language, say, say_problem
from portfolio.core.money import format_money
from portfolio.core.timespan import Timespan
from portfolio.exchange.columns import COLUMNS
from portfolio.pages.queries.reasons import reasons_of
from portfolio.pages.queries.vocabulary import CHOICES, ENTITIES, FIELDS, SOURCES, USERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy.orm import Session

    from portfolio.core.history import Revision, RevisionChanges

YES, NO = N_("Yes"), N_("No")

_CALLED = (
    ("title_fi",),
    ("name_fi",),
    ("title",),
    ("category_id",),
    ("forum_id",),
    ("decision_id",),
    ("predecessor_id", "successor_id"),
    ("year", "part", "source_id", "planned", "forecast", "actual", "number", "words"),
    ("source_id", "percent", "timespan"),
    ("role",),
    ("code",),
)
"""What a row is called by: the first of these columns that tells something, with those that belong to it."""

_TOLD = frozenset({"planned", "forecast", "actual", "number", "words", "percent", "timespan"})
"""What a row tells beside what it is called by."""

SHORTEST = 300
"""Characters of a long text that are shown in a history; the card holds it whole."""


@dataclass(frozen=True, slots=True)
class ChangeWords:
    """One cell in words."""

    label: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class RevisionWords:
    """One revision in words, as ``components/history.html`` draws it."""

    revision_id: int
    words: str | None
    changes: tuple[ChangeWords, ...]
    who: str
    when: dt.datetime
    source: str | None
    reason: str | None = None
    url: str | None = None
    user_id: int | None = None
    origin: str = ""


def described(
    session: Session,
    municipality_id: int,
    revisions: Sequence[RevisionChanges],
    language: str,
    *,
    main: str | None = None,
) -> list[RevisionWords]:
    """Put revisions into words, newest first as they come; the number of queries does not grow with them.

    ``main`` is the table that the page is about: a cell of any other table is said with the name of its row.
    """
    changes = [change for one in revisions for change in one.changes]
    parts = as_born(session, municipality_id, changes, main) if main is not None else []
    speaker = Speaker(session, municipality_id, [*changes, *parts], language)
    speaker.know(parts)
    users = names_of_users(session, {one.revision.user_id for one in revisions if one.revision.user_id})
    reasons = reasons_of(session, [one.revision for one in revisions], language)
    return [_in_words(one, speaker, users, reasons, language) for one in revisions]


class Speaker:
    """Says the values of cells: names for ids, words for codes, dates and money in the language."""

    def __init__(self, session: Session, municipality_id: int, changes: Iterable[CellChange], language: str) -> None:
        """Load at once the names of all that the changes refer to."""
        found = list(changes)
        self._language = language
        self._names = _names(session, municipality_id, _referred(found), language)
        people = {one for change in found if change.field in USERS for one in (change.old, change.new) if one}
        self._people = names_of_users(session, people) if people else {}
        self._parts: dict[tuple[str, int], str] = {}

    def know(self, parts: Iterable[CellChange]) -> None:
        """Learn the names of rows that are parts of something, given as if they were born."""
        self._parts = {(part.entity, part.entity_id): self.row(part) for part in parts}

    def cell(self, change: CellChange) -> ChangeWords:
        """Say one cell's change, with the name of its row where it is a part of something."""
        part, label = self._parts.get((change.entity, change.entity_id)), self.field(change.entity, change.field)
        return ChangeWords(
            f"{part} · {label}" if part else label,
            self.value(change.entity, change.field, change.old),
            self.value(change.entity, change.field, change.new),
        )

    def gone(self, change: CellChange) -> str:
        """Say that a row was removed or brought back."""
        what = self._parts.get((change.entity, change.entity_id))
        if what is None:
            return say(N_("Removed") if change.new else N_("Restored"), self._language)
        return say(N_("Removed: %(what)s") if change.new else N_("Restored: %(what)s"), self._language, what=what)

    def field(self, entity: str, name: str) -> str:
        """Say what a field is called."""
        of_workbook = ENTITIES.get(entity, (None, ""))[0]
        for column in COLUMNS[of_workbook].values() if of_workbook is not None else ():
            if name in {column.stored, column.name}:
                return say_problem(column.heading, self._language)
        return say(FIELDS[name], self._language) if name in FIELDS else name

    def value(self, entity: str, name: str, value: Any) -> str | None:
        """Say one value; None for what is not known."""
        if value is None or value == frozenset():
            return None
        target = _target(entity, name)
        if target is not None:
            return self.name(target, value)
        if name in USERS:
            return self._people.get(value, say(N_("Erased user"), self._language))
        return self._plain(entity, name, value)

    def name(self, entity: str, identity: int) -> str:
        """Say the name of a row referred to."""
        return self._names.get((entity, identity), f"#{identity}")

    def kind(self, change: CellChange) -> str:
        """Say what kind of row changed, and what it is called where it was born."""
        if change.field == history.BIRTH:
            return self.row(change)
        return say(ENTITIES[change.entity][1], self._language) if change.entity in ENTITIES else change.entity

    def row(self, change: CellChange) -> str:
        """Say what kind of row was born and what it is called."""
        kind = say(ENTITIES[change.entity][1], self._language) if change.entity in ENTITIES else change.entity
        born = change.new or {}
        for names in _CALLED:
            told = [self.value(change.entity, name, born[name]) for name in names if born.get(name) is not None]
            if told and born.get(names[0]) is not None:
                return f"{kind}: {', '.join(words for words in told if words)}"
        return kind

    def _plain(self, entity: str, name: str, value: Any) -> str:
        language = self._language
        match value:
            case bool():
                return say(YES if value else NO, language)
            case enum.StrEnum() | frozenset():
                codes = sorted(value) if isinstance(value, frozenset) else [value.value]
                choices = _choices(entity, name)
                return ", ".join(say(choices.get(code, code), language) for code in codes)
            case dt.date():
                return format_date(value, language)
            case Timespan():
                return value.words
            case Decimal():
                return self._number(entity, name, value)
        words = f"{value} %" if name == "progress" else str(value)
        return words if len(words) <= SHORTEST else f"{words[:SHORTEST]}…"

    def _number(self, entity: str, name: str, value: Decimal) -> str:
        if _is_money(entity, name):
            return format_money(value, self._language)
        return (format_percent if name == "percent" else format_number)(value.normalize() + 0, self._language)


def _in_words(
    one: RevisionChanges, speaker: Speaker, users: Mapping[int, str], reasons: Mapping[int, str], language: str
) -> RevisionWords:
    births = [speaker.row(change) for change in one.changes if change.field == history.BIRTH]
    told = [say(N_("Added: %(what)s"), language, what="; ".join(births))] if births else []
    told += [speaker.gone(change) for change in one.changes if change.field == "removed"]
    words = " ".join(f"{sentence}." for sentence in told) if len(told) > 1 else next(iter(told), None)
    changes = tuple(speaker.cell(change) for change in one.changes if change.field not in {history.BIRTH, "removed"})
    return RevisionWords(
        one.revision.id, words, changes, _who(one.revision, users, language), one.revision.at,
        _source(one.revision, language), one.revision.note or reasons.get(one.revision.id),
        user_id=one.revision.user_id, origin=one.revision.source,
    )  # fmt: skip


def _who(revision: Revision, users: Mapping[int, str], language: str) -> str:
    if revision.user_id is None:
        return say(N_("System"), language)
    return users.get(revision.user_id, say(N_("Erased user"), language))


def _source(revision: Revision, language: str) -> str | None:
    if revision.source == "form":
        return None
    word = say(SOURCES.get(revision.source, revision.source), language)
    return f"{word}: {revision.source_ref}" if revision.source_ref else word


def as_born(
    session: Session, municipality_id: int, changes: Iterable[CellChange], main: str | None
) -> list[CellChange]:
    """Give the rows of other tables whose cells changed as if they were born as they are, so that they can be named."""
    ids: dict[str, set[int]] = defaultdict(set)
    for change in changes:
        if change.entity != main and change.field != history.BIRTH:
            ids[change.entity].add(change.entity_id)
    found = []
    for entity, few in ids.items():
        model = history.versioned_models()[entity]
        for row in _rows(session, model, municipality_id, few):
            values = {name: getattr(row, name) for names in _CALLED for name in names if hasattr(row, name)}
            keys = {name: value for name, value in values.items() if name not in _TOLD}
            found.append(CellChange(entity, row.id, history.BIRTH, None, keys))
    return found


def _target(entity: str, name: str) -> str | None:
    """Tell which table a column refers to."""
    model = history.versioned_models().get(entity)
    column = model.__table__.c.get(name) if model is not None else None  # type: ignore[attr-defined] # mapped
    if column is None or not column.foreign_keys:
        return None
    table: str = next(iter(column.foreign_keys)).column.table.name
    return table


def _referred(changes: Iterable[CellChange]) -> dict[str, set[int]]:
    ids: dict[str, set[int]] = defaultdict(set)
    for change in changes:
        cells = (
            (change.new or {}).items()
            if change.field == history.BIRTH
            else ((change.field, change.old), (change.field, change.new))
        )
        for name, value in cells:
            target = _target(change.entity, name)
            if target is not None and value is not None:
                ids[target].add(value)
    return ids


def _names(
    session: Session, municipality_id: int, referred: Mapping[str, set[int]], language: str
) -> dict[tuple[str, int], str]:
    names: dict[tuple[str, int], str] = {}
    for entity, ids in referred.items():
        model = history.versioned_models().get(entity)
        if model is None or not hasattr(model, "municipality_id"):
            continue
        for row in _rows(session, model, municipality_id, ids):
            names[entity, row.id] = _name(row, language)
    return names


def _rows(session: Session, model: type[Any], municipality_id: int, ids: set[int]) -> Iterable[Any]:
    """Give rows by id, removed ones too; nothing is asked when the session holds them all already."""
    held = [session.identity_map.get(session.identity_key(model, identity)) for identity in ids]
    if all(row is not None and not inspect(row).expired for row in held):
        return [row for row in held if row is not None and row.municipality_id == municipality_id]
    return history.rows(session, model, municipality_id, with_removed=True, id=ids)


def _name(row: Any, language: str) -> str:
    for stem in ("title", "name"):
        finnish = getattr(row, f"{stem}_fi", None)
        if finnish:
            swedish = getattr(row, f"{stem}_sv", None)
            return in_language(finnish, swedish, language)
    return str(getattr(row, "title", None) or f"#{row.id}")


def _choices(entity: str, name: str) -> Mapping[str, str]:
    of_workbook = ENTITIES.get(entity, (None, ""))[0]
    if of_workbook is not None and name in COLUMNS[of_workbook] and COLUMNS[of_workbook][name].choices:
        return COLUMNS[of_workbook][name].choices
    return CHOICES.get(name, {})


def _is_money(entity: str, name: str) -> bool:
    model = history.versioned_models()[entity]
    return model.__table__.c[name].type is MONEY  # type: ignore[attr-defined] # every versioned model is mapped
