"""Settings from the environment, refused with plain sentences when they are wrong or unsafe in production."""

from __future__ import annotations

import datetime as dt
import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

PREFIX = "PORTFOLIO_"
SHORTEST_SECRET = 32
MEGABYTE = 1024 * 1024
DEFAULT_DATABASE = "sqlite:///portfolio.sqlite"
SECURITIES = ("starttls", "tls", "none")
YES = frozenset({"1", "true", "yes", "on"})
NO = frozenset({"", "0", "false", "no", "off"})

T = TypeVar("T")


class SettingsError(ValueError):
    """The environment cannot be used as it is; ``problems`` says all that must be mended, one sentence each."""

    def __init__(self, problems: list[str]) -> None:
        """Keep the problems, and show them one a line."""
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True, kw_only=True)
class Smtp:
    """The mail server: ``security`` is starttls, tls (from the first byte) or none (a relay on the same machine)."""

    host: str
    port: int = 587
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    security: str = "starttls"
    sender: str = "portfolio@localhost"


@dataclass(frozen=True, slots=True, kw_only=True)
class JobLimits:
    """How much one piece of long work may use: megabytes of memory, seconds by the wall clock."""

    megabytes: int = 1500
    seconds: int = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What an installation decides; every value has a default that is right for trying out, not for production.

    ``public_url`` stands in mails, so that no forged Host header gets there. ``trusted_proxies`` is the exact number
    of proxies whose X-Forwarded headers count. ``idle`` and ``longest`` end a sign-in that is not used, and any.
    """

    database_url: str = DEFAULT_DATABASE
    secret_key: str = field(repr=False)
    secret_key_fallbacks: tuple[str, ...] = field(default=(), repr=False)
    production: bool = False
    public_url: str | None = None
    trusted_proxies: int = 0
    max_upload: int = 20 * MEGABYTE
    smtp: Smtp | None = None
    idle: dt.timedelta = dt.timedelta(hours=10)
    longest: dt.timedelta = dt.timedelta(days=7)
    demo_accounts: Path | None = None
    jobs: JobLimits = JobLimits()

    @property
    def upload_megabytes(self) -> int:
        """How much may be sent at once, as people are told."""
        return self.max_upload // MEGABYTE


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the ``PORTFOLIO_…`` variables of an environment, by default the process's own.

    Raises :class:`SettingsError` with every problem found: what is no number, no yes or no, or unsafe in production.
    """
    reader = _Reader(os.environ if environment is None else environment)
    settings = Settings(
        database_url=reader.text("DATABASE_URL") or DEFAULT_DATABASE,
        secret_key=reader.text("SECRET_KEY") or secrets.token_urlsafe(SHORTEST_SECRET),
        secret_key_fallbacks=tuple((reader.text("SECRET_KEY_FALLBACKS") or "").split()),
        production=reader.flag("PRODUCTION"),
        public_url=(reader.text("PUBLIC_URL") or "").rstrip("/") or None,
        trusted_proxies=reader.number("TRUSTED_PROXIES", 0),
        max_upload=reader.number("MAX_UPLOAD_MB", 20) * MEGABYTE,
        smtp=_read_smtp(reader),
        idle=dt.timedelta(minutes=reader.number("SIGN_IN_IDLE_MINUTES", 600)),
        longest=dt.timedelta(hours=reader.number("SIGN_IN_LONGEST_HOURS", 168)),
        demo_accounts=reader.convert("DEMO_ACCOUNTS", Path, None),
        jobs=_read_job_limits(reader),
    )
    if settings.production:
        reader.problems.extend(_unsafe(settings, reader))
    if reader.problems:
        raise SettingsError(reader.problems)
    return settings


def read_job_limits(environment: Mapping[str, str]) -> JobLimits:
    """Read only the limits of long work: its process is given no secrets, and none of the other settings."""
    reader = _Reader(environment)
    limits = _read_job_limits(reader)
    if reader.problems:
        raise SettingsError(reader.problems)
    return limits


class _Reader:
    """Reads variables and collects what is wrong with them."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment
        self.problems: list[str] = []

    def text(self, name: str) -> str | None:
        return self._environment.get(PREFIX + name, "").strip() or None

    def convert(self, name: str, convert: Callable[[str], T], default: T | None) -> T | None:
        words = self.text(name)
        return default if words is None else convert(words)

    def flag(self, name: str) -> bool:
        words = (self.text(name) or "").casefold()
        if words not in YES | NO:
            self.problems.append(f"{PREFIX}{name} must be 1 or 0, not “{words}”.")
        return words in YES

    def number(self, name: str, default: int) -> int:
        words = self.text(name)
        if words is None:
            return default
        if not words.isascii() or not words.isdigit():
            self.problems.append(f"{PREFIX}{name} must be a whole number, not “{words}”.")
            return default
        return int(words)


def _read_job_limits(reader: _Reader) -> JobLimits:
    usual = JobLimits()
    return JobLimits(
        megabytes=reader.number("JOB_MEMORY_MB", usual.megabytes), seconds=reader.number("JOB_SECONDS", usual.seconds)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class MailSettings:
    """What the work that sends mails is given: the server, None for none, and the address that its links begin with."""

    smtp: Smtp | None
    public_url: str | None

    @property
    def environment(self) -> dict[str, str]:
        """Write them as the variables that :func:`read_mail` reads."""
        smtp = self.smtp
        if smtp is None:
            return {}
        told = {
            "SMTP_HOST": smtp.host,
            "SMTP_PORT": str(smtp.port),
            "SMTP_USER": smtp.user,
            "SMTP_PASSWORD": smtp.password,
            "SMTP_SECURITY": smtp.security,
            "MAIL_FROM": smtp.sender,
            "PUBLIC_URL": self.public_url,
        }
        return {f"{PREFIX}{name}": value for name, value in told.items() if value}


def read_mail(environment: Mapping[str, str]) -> MailSettings:
    """Read only what the sending of mails needs."""
    reader = _Reader(environment)
    found = MailSettings(smtp=_read_smtp(reader), public_url=reader.text("PUBLIC_URL"))
    if reader.problems:
        raise SettingsError(reader.problems)
    return found


def _read_smtp(reader: _Reader) -> Smtp | None:
    host = reader.text("SMTP_HOST")
    security = (reader.text("SMTP_SECURITY") or "starttls").casefold()
    if security not in SECURITIES:
        reader.problems.append(f"{PREFIX}SMTP_SECURITY must be one of {', '.join(SECURITIES)}, not “{security}”.")
    if host is None:
        return None
    return Smtp(
        host=host,
        port=reader.number("SMTP_PORT", 465 if security == "tls" else 587),
        user=reader.text("SMTP_USER"),
        password=reader.text("SMTP_PASSWORD"),
        security=security,
        sender=reader.text("MAIL_FROM") or f"portfolio@{host}",
    )


def _unsafe(settings: Settings, reader: _Reader) -> list[str]:
    problems = []
    if reader.text("SECRET_KEY") is None:
        problems.append(f"{PREFIX}SECRET_KEY must be set in production: anyone could sign cookies with a default one.")
    elif len(settings.secret_key) < SHORTEST_SECRET:
        problems.append(f"{PREFIX}SECRET_KEY is too short for production: at least {SHORTEST_SECRET} characters.")
    if any(len(key) < SHORTEST_SECRET for key in settings.secret_key_fallbacks):
        problems.append(f"{PREFIX}SECRET_KEY_FALLBACKS holds a key of less than {SHORTEST_SECRET} characters.")
    if reader.text("DATABASE_URL") is None:
        problems.append(
            f"{PREFIX}DATABASE_URL must be set in production, or the data lie where the server was started."
        )
    if settings.public_url is None or urlsplit(settings.public_url).scheme != "https":
        problems.append(f"{PREFIX}PUBLIC_URL must be set in production and begin with https://: it stands in mails.")
    if settings.smtp is not None and settings.smtp.security == "none" and settings.smtp.host not in LOCAL:
        problems.append(f"{PREFIX}SMTP_SECURITY must be starttls or tls in production: mails carry one-time links.")
    return problems


LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
