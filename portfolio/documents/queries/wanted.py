"""What is asked of a report: its kind, whose it is, the point in time, the year, the language."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy.orm import Session

from portfolio.core import history
from portfolio.core.columns import read_id
from portfolio.core.language import format_date
from portfolio.documents.report import Kind, Name, Setting
from portfolio.forums.models import Forum
from portfolio.organisation.models import Municipality
from portfolio.register.models import Initiative, Portfolio

Named = TypeVar("Named", Initiative, Forum)


@dataclass(frozen=True, slots=True)
class WantedReport:
    """A report to be read: ``at`` is a revision or None for now, ``day`` its day, ``words`` what to call that time.

    A card needs ``initiative``, a list of decisions ``forum``, and every other kind ``portfolio``. ``year`` None is the
    one that fits the kind and the day.
    """

    kind: Kind
    municipality: Municipality
    portfolio: Portfolio | None
    language: str
    day: dt.date
    made_at: dt.datetime
    at: int | None = None
    words: str | None = None
    year: int | None = None
    initiative: Initiative | None = None
    forum: Forum | None = None

    @property
    def place(self) -> int:
        """The id of the municipality."""
        return self.municipality.id

    @property
    def programme(self) -> Portfolio:
        """The portfolio of a kind that cannot do without."""
        if self.portfolio is None:
            message = f"a report of the kind {self.kind} is of a portfolio"
            raise ValueError(message)
        return self.portfolio

    def setting(self) -> Setting:
        """Say whose report it is and of which time."""
        here, own = self.municipality, self.portfolio
        return Setting(
            municipality=Name(here.name_fi, here.name_sv),
            portfolio=None if own is None else Name(own.name_fi, own.name_sv),
            language=self.language,
            day=self.day,
            time=self.words or format_date(self.day, self.language),
            made_at=self.made_at,
        )


def find_named(session: Session, model: type[Named], municipality_id: int, text: str, at: int | None) -> Named | None:
    """Find an initiative or a forum that is not removed by its code, or else by its number in addresses."""
    found = history.rows(session, model, municipality_id, at, code=text)
    if not found and (identity := read_id(text)) is not None:
        found = history.rows(session, model, municipality_id, at, id=identity)
    return found[0] if found else None
