"""What a process keeps in memory since it cannot go stale: states of the past, and of the present revision."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import select

from portfolio.core.history.models import Revision
from portfolio.core.history.write import held_revision

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

KEPT = 64
"""How many tables, and what was made of them, each process keeps of one database."""
ANSWERS = 48_000_000
"""How many bytes of answers each process keeps of one database."""

Key: TypeAlias = tuple[object, ...]
T = TypeVar("T")


class Shelf:
    """Things by key, up to so much weight together; the least recently used are put away first."""

    def __init__(self, room: int, weigh: Callable[[Any], int]) -> None:
        self._room, self._weigh = room, weigh
        self._lock = threading.Lock()
        self._things: OrderedDict[Key, Any] = OrderedDict()
        self._weight = 0

    def get(self, key: Key) -> Any:
        """Return what is kept, None where nothing is."""
        with self._lock:
            found = self._things.get(key)
            if found is not None:
                self._things.move_to_end(key)
            return found

    def put(self, key: Key, thing: Any) -> None:
        """Keep a thing, in place of what had the key; one that outweighs the whole shelf is not kept."""
        weight = self._weigh(thing)
        if weight > self._room:
            return
        with self._lock:
            if key in self._things:
                self._weight -= self._weigh(self._things.pop(key))
            self._things[key] = thing
            self._weight += weight
            while self._weight > self._room:
                self._weight -= self._weigh(self._things.popitem(last=False)[1])


_tables: WeakKeyDictionary[object, Shelf] = WeakKeyDictionary()
_answers: WeakKeyDictionary[object, Shelf] = WeakKeyDictionary()


def kept(session: Session, key: Key, make: Callable[[], T]) -> T:
    """Return what ``make`` gives of a past state, made once and shared: it must only be read.

    ``key`` says what it is, and of which municipality and revision. Only what the past alone decides may be kept.
    """
    return _from(_tables, lambda: Shelf(KEPT, lambda _table: 1), session, key, make)


def kept_now(session: Session, key: Key, make: Callable[[], T]) -> T:
    """Return what ``make`` gives of the present state, made once until anybody writes anything: it must only be read.

    ``key`` says what it is and all else that decides it: the municipality, the day, the language. What depends on who
    asks, or on tables without a history, must not be kept. The revision is read first, so that what is written while
    ``make`` works can only make a thing newer than its key; its moment tells revisions of a database that was restored
    meanwhile from others of the same number. What a transaction that has written sees is not kept.
    """
    if held_revision(session) is not None:
        return make()
    return _from(_tables, lambda: Shelf(KEPT, lambda _table: 1), session, (_newest(session), *key), make)


def answered(session: Session, key: Key, make: Callable[[], bytes]) -> bytes:
    """Return the bytes that ``make`` gives of the present state, as ``kept_now`` does, on a shelf of their own."""
    if held_revision(session) is not None:
        return make()
    return _from(_answers, lambda: Shelf(ANSWERS, len), session, (_newest(session), *key), make)


def forget() -> None:
    """Put away all that this process keeps; only memory and time depend on it."""
    _tables.clear()
    _answers.clear()


def _newest(session: Session) -> tuple[object, ...]:
    """Give the number and the moment of the newest revision, nothing where there is none."""
    newest = select(Revision.id, Revision.at).order_by(Revision.id.desc()).limit(1)
    return tuple(session.execute(newest).one_or_none() or ())


def _from(
    shelves: WeakKeyDictionary[object, Shelf],
    new: Callable[[], Shelf],
    session: Session,
    key: Key,
    make: Callable[[], T],
) -> T:
    """Take a thing from the shelf of the session's database, or make it and keep it there."""
    pool = session.get_bind().engine.pool
    shelf = shelves.get(pool) or shelves.setdefault(pool, new())
    found: T | None = shelf.get(key)
    if found is None:
        found = make()
        shelf.put(key, found)
    return found
