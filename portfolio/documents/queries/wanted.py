"""What is asked of a report: its kind, whose it is, the point in time, the year, the language."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from portfolio.core.language import format_date
from portfolio.documents.report import Kind, Name, Setting
from portfolio.forums.models import Forum
from portfolio.organisation.models import Municipality
from portfolio.register.models import Initiative, Portfolio


@dataclass(frozen=True, slots=True)
class Wanted:
    """A report to be read: ``at`` is a revision or None for now, ``day`` its day, ``point`` the name of a baseline.

    A card needs ``initiative``, a list of decisions ``forum``. ``year`` None is the one that fits the kind and the day.
    """

    kind: Kind
    municipality: Municipality
    portfolio: Portfolio
    language: str
    day: dt.date
    made_at: dt.datetime
    at: int | None = None
    point: str | None = None
    year: int | None = None
    initiative: Initiative | None = None
    forum: Forum | None = None

    @property
    def place(self) -> int:
        """The id of the municipality."""
        return self.municipality.id

    def setting(self) -> Setting:
        """Say whose report it is and of which time."""
        here, own = self.municipality, self.portfolio
        time = ", ".join(filter(None, (self.point, format_date(self.day, self.language))))
        return Setting(
            *(Name(here.name_fi, here.name_sv), Name(own.name_fi, own.name_sv), self.language),
            *(self.day, time, self.made_at),
        )
