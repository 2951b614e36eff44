"""Rate limits whose counts all workers share: the limits library's storage over a table that accounts keeps."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import TYPE_CHECKING, Protocol

from flask import Flask, request
from flask_limiter import Limiter
from limits.storage import Storage
from sqlalchemy.exc import SQLAlchemyError

from portfolio.web.current import current
from portfolio.web.session import brief_read, brief_write

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

SCHEME = "portfolio"


class Counter(Protocol):
    """Counts the hits of a key within a window that the first hit opens."""

    def hit(self, session: Session, key: str, seconds: int, amount: int, now: dt.datetime) -> int:
        """Count hits and return how many the window holds."""

    def count(self, session: Session, key: str, now: dt.datetime) -> tuple[int, dt.datetime]:
        """Return the hits of the open window and when it ends; none and now where no window is open."""

    def forget(self, session: Session, key: str | None) -> int:
        """Forget one key, or all, and return how many."""


class SharedStorage(Storage):
    """The limits library's storage for fixed windows; each call is a short transaction of its own.

    Keys hold addresses and names of accounts, so only their hash is kept.
    """

    STORAGE_SCHEME = [SCHEME]  # noqa: RUF012 -- the library asks for a list

    @property
    def base_exceptions(self) -> type[Exception]:
        """What the library may treat as a failure of the storage."""
        return SQLAlchemyError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count hits of a key in a window of so many seconds."""
        with brief_write() as session:
            return _counter().hit(session, _hashed(key), expiry, amount, current.now)

    def get(self, key: str) -> int:
        """Return the hits of a key."""
        return self._count(key)[0]

    def get_expiry(self, key: str) -> float:
        """Return when the key's window ends, in seconds since the epoch."""
        return self._count(key)[1].timestamp()

    def check(self) -> bool:
        """Tell that the storage is there: it is the database, without which there is no page either."""
        return True

    def reset(self) -> int:
        """Forget all counts."""
        with brief_write() as session:
            return _counter().forget(session, None)

    def clear(self, key: str) -> None:
        """Forget one key."""
        with brief_write() as session:
            _counter().forget(session, _hashed(key))

    @staticmethod
    def _count(key: str) -> tuple[int, dt.datetime]:
        with brief_read() as session:
            return _counter().count(session, _hashed(key), current.now)


def visitor() -> str:
    """The visitor's address; as many proxies count as the settings say, so it cannot be made up."""
    return request.remote_addr or "unknown"


limiter = Limiter(key_func=visitor, strategy="fixed-window", storage_uri=f"{SCHEME}://")
"""Views limit themselves: ``@limiter.limit("10 per 5 minutes", methods=["POST"])``, under the declaration of access."""


def register_limits(app: Flask) -> None:
    """Watch the limits of views; before the guard, so that no transaction is open while hits are counted."""
    limiter.init_app(app)


def _counter() -> Counter:
    counter: Counter = current.installation.loaders.counter
    return counter


def _hashed(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
