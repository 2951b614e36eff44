"""Creating, changing, putting, removing and restoring rows of one table, in batches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from portfolio.core.history import Insert, StaleError, Update, Written, read_with, take_turn, write_many
from portfolio.core.problem import Problem
from portfolio.core.records.cells import changed_cells, chosen_rows, fresh_rows, tidied
from portfolio.core.records.judges import (
    GONE,
    Judge,
    Problems,
    Wanted,
    judge_columns,
    judge_references,
    judge_uniqueness,
    name_of,
)
from portfolio.core.records.refusal import refuse
from portfolio.core.records.shape import shape_of
from portfolio.core.rights import Actor, Right, require, working_in

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from portfolio.core.database import Owned

K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class Put(Generic[K]):
    """What putting rows gave: the id of each by its key, and what really changed."""

    ids: Mapping[K, int]
    written: Written


@dataclass(frozen=True, slots=True)
class Records:
    """The rows of one table: who may write them (``right``, or the judges alone), and what is asked of each.

    ``needs`` names the columns that the judges look at beside those that would change; of a set in ``together`` they
    look at all when one would change. ``assigned`` are those that a new row gets from its writer and not from a person.
    """

    model: type[Owned]
    judges: tuple[Judge, ...] = ()
    right: Right | None = Right.MANAGE
    needs: frozenset[str] = frozenset()
    assigned: frozenset[str] = frozenset()
    together: tuple[frozenset[str], ...] = ()

    def create(self, session: Session, actor: Actor, drafts: Sequence[Mapping[str, Any]]) -> tuple[int, ...]:
        """Write new rows and return their ids in order."""
        municipality_id = self._begin(session, actor)
        wanted = self.as_new(drafts)
        _refuse(self.judge(session, actor, wanted), wanted)
        rows = [{**row.given, "municipality_id": municipality_id} for row in wanted.values()]
        return write_many(session, actor, inserts=[Insert(self.model, row) for row in rows]).ids

    def update(
        self,
        session: Session,
        actor: Actor,
        changes: Mapping[int, Mapping[str, Any]],
        *,
        versions: Mapping[int, int] | None = None,
    ) -> Written:
        """Write cells of rows by id; what equals the present is neither judged nor written.

        Raises :class:`StaleError` for rows that are no longer of the version given and would change.
        """
        self._begin(session, actor)
        wanted, unknown = self.as_changed(session, actor, changes)
        if versions:
            self._refuse_stale(wanted, versions)
        _refuse(self.judge(session, actor, wanted) | unknown, wanted, changes)
        updates = [Update(self.model, identity, row.given, before=row.before) for identity, row in wanted.items()]
        return write_many(session, actor, updates=updates)

    def put(
        self,
        session: Session,
        actor: Actor,
        rows: Mapping[K, Mapping[str, Any]],
        key: Sequence[str] = ("code",),
    ) -> Put[K]:
        """Write rows by their key (one column's value, or a tuple): new ones are made, removed ones come back.

        Of the others only the cells given change. The same again changes nothing.
        """
        municipality_id = self._begin(session, actor)
        keys = list(rows)
        wanted, held = self._as_put(session, municipality_id, rows, key)
        _refuse(self.judge(session, actor, wanted), wanted)
        births = [item for item, row in wanted.items() if row.before is None]
        old = [row for row in wanted.values() if row.before and row.given]
        written = write_many(
            session,
            actor,
            updates=[Update(self.model, row.after["id"], row.given) for row in old],
            inserts=[Insert(self.model, {**wanted[item].given, "municipality_id": municipality_id}) for item in births],
        )
        born = dict(zip(births, written.ids, strict=True))
        ids = {one: born[item] if item in born else held[_as_tuple(one)]["id"] for item, one in enumerate(keys)}
        return Put(ids, written)

    def set_removed(self, session: Session, actor: Actor, ids: Collection[int], *, removed: bool) -> Written:
        """Remove rows, or restore them; nothing is deleted."""
        return self.update(session, actor, {identity: {"removed": removed} for identity in ids})

    def update_one(
        self, session: Session, actor: Actor, identity: int, values: Mapping[str, Any], version: int | None
    ) -> Written:
        """Write cells of one row, as a form does; ``version`` is the one that was read, None not to ask."""
        versions = {} if version is None else {identity: version}
        return self.update(session, actor, {identity: values}, versions=versions)

    def as_new(self, drafts: Sequence[Mapping[str, Any]]) -> dict[int, Wanted]:
        """Give new rows as they would become, by the index of their draft."""
        return {item: self._one(None, draft) for item, draft in enumerate(drafts)}

    def as_changed(
        self, session: Session, actor: Actor, changes: Mapping[int, Mapping[str, Any]]
    ) -> tuple[dict[int, Wanted], Problems]:
        """Give the rows that would change as they would become, and the problem of each id that does not exist."""
        names = {name for values in changes.values() for name in values}
        beside = [some for some in self.together if not some.isdisjoint(names)]
        names |= self.needs.union(read_with(self.model, names), *beside)
        before = fresh_rows(session, self.model, working_in(actor), list(changes), names)
        wanted: dict[int, Wanted] = {}
        gone = [item for item in changes if item not in before]
        for item, row in before.items():
            one = self._one(row, changes[item])
            if one.given:
                wanted[item] = one
                if row["removed"] and "removed" not in one.given:
                    gone.append(item)
        return wanted, {item: [Problem(GONE)] for item in gone}

    def check_new(self, session: Session, actor: Actor, drafts: Sequence[Mapping[str, Any]]) -> Problems:
        """Tell what :meth:`create` would refuse, by the index of the draft; nothing is written."""
        self._need_right(actor)
        return self.judge(session, actor, self.as_new(drafts))

    def check_changed(self, session: Session, actor: Actor, changes: Mapping[int, Mapping[str, Any]]) -> Problems:
        """Tell what :meth:`update` would refuse, by id; nothing is written."""
        self._need_right(actor)
        wanted, unknown = self.as_changed(session, actor, changes)
        return self.judge(session, actor, wanted) | unknown

    def check_put(
        self,
        session: Session,
        actor: Actor,
        rows: Mapping[K, Mapping[str, Any]],
        key: Sequence[str] = ("code",),
    ) -> Problems:
        """Tell what :meth:`put` would refuse, by index; nothing is written."""
        wanted, _ = self._as_put(session, self._need_right(actor), rows, key)
        return self.judge(session, actor, wanted)

    def judge(self, session: Session, actor: Actor, wanted: Mapping[int, Wanted]) -> Problems:
        """Gather the problems of all rows from every judge, in the order of the batch."""
        found: Problems = defaultdict(list)
        answers = [
            judge_columns(self.model, wanted, self.assigned),
            judge_references(session, actor, self.model, wanted),
            judge_uniqueness(session, actor, self.model, wanted),
            *(judge(session, actor, wanted) for judge in self.judges),
        ]
        for answer in answers:
            for item, problems in answer.items():
                found[item].extend(problems)
        return {item: found[item] for item in wanted if found.get(item)}

    def _begin(self, session: Session, actor: Actor) -> int:
        """Check the right and wait for other writers, so that what is read now stays true until it is written."""
        municipality_id = self._need_right(actor)
        take_turn(session)
        return municipality_id

    def _need_right(self, actor: Actor) -> int:
        return require(actor, self.right) if self.right else working_in(actor)

    def _one(self, before: Mapping[str, Any] | None, values: Mapping[str, Any]) -> Wanted:
        if not self.assigned.isdisjoint(values):
            message = f"{self.model.__name__}: these columns are assigned: {sorted(self.assigned.intersection(values))}"
            raise ValueError(message)
        tidy = tidied(self.model, values)
        if before is None:
            return Wanted(tidy, None, {**shape_of(self.model).defaults, **tidy})
        given = changed_cells(before, tidy)
        return Wanted(given, before, {**before, **given})

    def _as_put(
        self,
        session: Session,
        municipality_id: int,
        rows: Mapping[K, Mapping[str, Any]],
        key: Sequence[str],
    ) -> tuple[dict[int, Wanted], dict[tuple[Any, ...], Mapping[str, Any]]]:
        """Give rows that are put as they would become, by index, and those that are there by their key."""
        names = {name for values in rows.values() for name in values}
        held = self._held(session, municipality_id, list(rows), key, names)
        return {item: self._put_one(held, rows[one], key, _as_tuple(one)) for item, one in enumerate(rows)}, held

    def _put_one(
        self,
        held: Mapping[tuple[Any, ...], Mapping[str, Any]],
        values: Mapping[str, Any],
        key: Sequence[str],
        own: tuple[Any, ...],
    ) -> Wanted:
        before = held.get(own)
        return self._one(
            before, {**values, **dict(zip(key, own, strict=True)), **({"removed": False} if before else {})}
        )

    def _held(
        self, session: Session, municipality_id: int, keys: Sequence[Any], key: Sequence[str], names: set[str]
    ) -> dict[tuple[Any, ...], Mapping[str, Any]]:
        first = sorted({_as_tuple(one)[0] for one in keys})
        columns = {*names, *key, *self.needs}
        found = chosen_rows(session, self.model, municipality_id, key[0], first, columns)
        return {tuple(row[name] for name in key): row for row in found}

    def _refuse_stale(self, wanted: Mapping[int, Wanted], versions: Mapping[int, int]) -> None:
        stale = [
            (self.model, identity)
            for identity, row in wanted.items()
            if row.before and versions.get(identity, row.before["version"]) != row.before["version"]
        ]
        if stale:
            raise StaleError(stale)


def _refuse(problems: Problems, wanted: Mapping[int, Wanted], asked: Iterable[int] | None = None) -> None:
    """Refuse a batch for these problems; its rows are named only when there are any."""
    if problems:
        items = wanted if asked is None else asked
        refuse(problems, {item: name_of(wanted[item].after if item in wanted else {}, item) for item in items})


def _as_tuple(key: Any) -> tuple[Any, ...]:
    return key if isinstance(key, tuple) else (key,)
