"""What the present request stands on: ``current.session``, ``current.actor``, ``current.municipality`` and the rest."""

from __future__ import annotations

import datetime as dt
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from flask import current_app, g, request
from flask import session as browser
from werkzeug.local import LocalProxy

from portfolio.core.database import open_session
from portfolio.core.language import HELSINKI, LANGUAGES, format_date

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

    from portfolio.config import Settings
    from portfolio.core.rights import Actor
    from portfolio.core.timespan import Context
    from portfolio.web.past import Past

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
DEFAULT_LANGUAGE = "fi"
LANGUAGE_CHOICE = "language"
"""Where the browser's session keeps the language that was chosen in it."""
EXTENSION = "portfolio"

T = TypeVar("T")
Clock = Callable[[], dt.datetime]
SmallWrite = Callable[["Session"], None]


class CurrentUser(Protocol):
    """Who is signed in, as web knows it; the whole user belongs to accounts."""

    id: int
    name: str
    language: str
    shortcuts: bool


class CurrentMunicipality(Protocol):
    """The municipality of the address, as web knows it; ``current.loaded(Municipality)`` gives the model itself."""

    id: int
    code: str
    name_fi: str
    name_sv: str
    demo_day: dt.date | None


@dataclass(frozen=True, slots=True)
class Loaders:
    """What app.py hands to web, which knows no room: who is signed in, where, with which rights, and the access log.

    ``user()`` · ``municipality(session, code)`` · ``actor(session, user, municipality, at, today)``, None where the
    user has no access there · ``context(municipality, today, language)`` for reading times ·
    ``record(session, event, detail, user_id=…, municipality_id=…, request_id=…, at=…)`` writes the access log ·
    ``counter`` counts for the rate limits.
    """

    user: Callable[[], Any]
    municipality: Callable[[Session, str], Any]
    actor: Callable[[Session, Any, Any, dt.datetime, dt.date], Actor | None]
    context: Callable[[Any, dt.date, str], Context]
    record: Callable[..., None]
    counter: Any


@dataclass(frozen=True, slots=True)
class Installation:
    """What every request of one application shares: its settings, engine, clock and loaders.

    ``demo_accounts`` are shown on the sign-in page of a demo: {"email", "password", "role", "municipality"}.
    """

    settings: Settings
    engine: Engine
    clock: Clock
    loaders: Loaders
    demo_accounts: tuple[Mapping[str, str], ...] = ()


@dataclass
class Current:
    """One request: its session, actor, municipality, language, day and point in time."""

    installation: Installation
    now: dt.datetime
    request_id: str = field(default_factory=lambda: secrets.token_hex(8))
    started: float = field(default_factory=time.perf_counter)
    at: int | None = None
    past: Past | None = None
    writes: bool = False
    plain: bool = False
    later: list[SmallWrite] = field(default_factory=list)
    user_id: int | None = None
    _session: Session | None = None
    _municipality: CurrentMunicipality | None = None
    _actor: Actor | None = None
    _language: str | None = None

    @property
    def session(self) -> Session:
        """The request's one database session: it may write where the method is unsafe, and commits by itself."""
        if self._session is None:
            self._session = self._open()
        return self._session

    @property
    def user(self) -> CurrentUser | None:
        """Who is signed in; None too on a page that must not ask the database (``plain``)."""
        if self.plain:
            return None
        user: CurrentUser | None = self.installation.loaders.user()
        self.user_id = user.id if user is not None else None
        return user

    @property
    def actor(self) -> Actor:
        """Who acts in this municipality; only where the view declares ``access(…)``."""
        if self._actor is None:
            raise RuntimeError("This view declares no right, so nobody acts in it")
        return self._actor

    @property
    def municipality(self) -> CurrentMunicipality:
        """The municipality that the address begins with."""
        if self._municipality is None:
            raise RuntimeError("This address holds no municipality")
        return self._municipality

    @property
    def place(self) -> CurrentMunicipality | None:
        """The municipality of the address, or None where there is none."""
        return self._municipality

    @property
    def acting(self) -> Actor | None:
        """The actor, or None on a page where nobody acts."""
        return self._actor

    @property
    def today(self) -> dt.date:
        """The day in Helsinki, or the day in which a demo municipality lives."""
        return self.day_in(self._municipality)

    @property
    def shown_day(self) -> dt.date:
        """The day whose state the page shows: today, or the day of the past."""
        return self.past.day if self.past else self.today

    @property
    def shown_time(self) -> str:
        """The point in time that the page shows, in the reader's words, for what is taken out of it."""
        return self.past.words if self.past else format_date(self.today, self.language)

    @property
    def site_url(self) -> str:
        """The address of the site for links in mails and files, without a last stroke.

        It comes from the settings; only where they say nothing, from the request's own headers.
        """
        return self.installation.settings.public_url or request.host_url.rstrip("/")

    def day_in(self, municipality: CurrentMunicipality | None) -> dt.date:
        """The day in Helsinki, or the day of a demo municipality."""
        if municipality is not None and municipality.demo_day is not None:
            return municipality.demo_day
        return self.now.astimezone(HELSINKI).date()

    @property
    def language(self) -> str:
        """The signed-in person's language, else what was chosen in this browser, else what the browser asks for.

        Found once a request: a long list asks for it in every cell.
        """
        if self._language is None:
            user = self.user
            asked = user.language if user is not None else browser.get(LANGUAGE_CHOICE)
            best = request.accept_languages.best_match(LANGUAGES) or DEFAULT_LANGUAGE
            self._language = str(asked) if asked in LANGUAGES else best
        return self._language

    @property
    def context(self) -> Context:
        """What words about time mean here and today: seasons, council terms."""
        return self.installation.loaders.context(self.municipality, self.today, self.language)

    def loaded(self, model: type[T]) -> T:
        """Give the municipality as its model: ``current.loaded(Municipality)``."""
        if not isinstance(self._municipality, model):
            raise LookupError(f"This request loaded no {model.__name__}")
        return self._municipality

    def enter(self, municipality: CurrentMunicipality, actor: Actor | None) -> None:
        """Take up the municipality of the address, and who acts there."""
        self._municipality, self._actor = municipality, actor

    def leave(self) -> None:
        """Forget session, municipality and actor, and ask the database for nothing more: something is broken."""
        self.plain, self._municipality, self._actor = True, None, None
        if (session := self.take_session()) is not None:
            session.close()

    def afterwards(self, write: SmallWrite) -> None:
        """Write something small (a log row) in a short transaction of its own, once the request's has ended."""
        self.later.append(write)

    def record(self, event: str, detail: str | None = None, *, user_id: int | None = None) -> None:
        """Note in the access log who did what; ``user_id`` only where it is not the one signed in."""
        who = user_id if user_id is not None else self.user_id
        place = self._municipality.id if self._municipality is not None else None
        facts = {"user_id": who, "municipality_id": place, "request_id": self.request_id, "at": self.now}
        self.afterwards(lambda session: self.installation.loaders.record(session, event, detail, **facts))

    def take_session(self) -> Session | None:
        """Give the session if one was opened, and forget it."""
        session, self._session = self._session, None
        return session

    def _open(self) -> Session:
        session = open_session(self.installation.engine, write=self.writes)
        if not self.writes and session.get_bind().dialect.name == "postgresql":
            session.connection(execution_options={"postgresql_readonly": True})
        return session


def _find() -> Current:
    found: Current | None = g.get("current")
    if found is None:
        installation: Installation = current_app.extensions[EXTENSION]
        found = g.current = Current(installation, installation.clock(), writes=request.method not in SAFE)
    return found


current: Current = LocalProxy(_find)  # type: ignore[assignment] # a proxy has the attributes of what it stands for
