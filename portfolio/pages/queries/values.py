"""What each column of the register list holds: typed values, which the page and the workbook write in their ways."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from portfolio.core.language import HELSINKI, say
from portfolio.organisation.models import Post, Unit
from portfolio.pages.queries.listing import Listing
from portfolio.pages.rules import ListColumn
from portfolio.register.models import Category, Initiative, Portfolio
from portfolio.register.rules import is_late
from portfolio.register.rules.words import ANSWER_WORDS, KIND_WORDS, PUBLICITY_WORDS, STATUS_WORDS, YES_OR_NO
from portfolio.reviews.rules import HEALTH_WORDS


class Values:
    """Gives the values of one list's rows in a language: text for names and words, else numbers, money and days.

    None is what is not known. The words of closed lists are translated once, not once a row.
    """

    def __init__(self, listing: Listing, today: dt.date, language: str) -> None:
        """Take up a list as it is read."""
        self.listing = listing
        self.today = today
        self.language = language
        self.statuses = _said(STATUS_WORDS, language)
        self.kinds = _said(KIND_WORDS, language)
        self._healths = _said(HEALTH_WORDS, language)
        self._words = _said({**ANSWER_WORDS, **PUBLICITY_WORDS, **YES_OR_NO}, language)

    def of(self, key: str, row: Initiative) -> Any:
        """Give one value by the key of its column, or of a further field of the workbook."""
        write = _FIELDS.get(key)
        return write(self, row) if write is not None else self.classes(ListColumn(key, "").scheme_id, row)

    def title(self, row: Initiative) -> str:
        """Give the title in the language, or in Finnish where there is no other."""
        return self._either(row.title_fi, row.title_sv)

    def unit(self, row: Initiative) -> str | None:
        """Name the unit."""
        unit = self.listing.page.units.get(row.unit_id) if row.unit_id is not None else None
        return self._name(unit)

    def owner(self, row: Initiative) -> str | None:
        """Name the responsible post."""
        post = self.listing.page.posts.get(row.owner_post_id) if row.owner_post_id is not None else None
        return self._name(post)

    def portfolio(self, row: Initiative) -> str | None:
        """Name the portfolio."""
        return self._name(self.listing.page.portfolios.get(row.portfolio_id))

    def budget(self, row: Initiative) -> Decimal | None:
        """Give what is known of the year's planned euros."""
        found = self.listing.money.get(row.id)
        return found.known if found is not None else None

    def health(self, row: Initiative) -> str | None:
        """Say the health that was last approved, in its fixed words."""
        found = self.listing.health.get(row.id)
        return None if found is None else self._healths[found]

    def is_late(self, row: Initiative) -> bool:
        """Tell whether the row should have been done before today."""
        return is_late(row.status, row.ends_on, self.today)

    def updated(self, row: Initiative) -> dt.date | None:
        """Give the day in Helsinki on which the row last changed."""
        moment = self.listing.page.updated.get(row.id)
        return moment.replace(tzinfo=moment.tzinfo or dt.UTC).astimezone(HELSINKI).date() if moment else None

    def classes(self, scheme_id: int | None, row: Initiative) -> str | None:
        """Name the classes of one scheme."""
        found = self.listing.page.categories.get(row.id, ())
        return ", ".join(self._name(one) or "" for one in found if one.scheme_id == scheme_id) or None

    def word(self, member: object) -> str:
        """Say yes or no, an answer, or how public something is."""
        return self._words[member]

    def _name(self, row: Unit | Post | Portfolio | Category | None) -> str | None:
        if row is None:
            return None
        stem = "title" if isinstance(row, Post) else "name"
        return self._either(getattr(row, f"{stem}_fi"), getattr(row, f"{stem}_sv"))

    def _either(self, finnish: str, swedish: str | None) -> str:
        return swedish if swedish and self.language == "sv" else finnish


def _said(words: Mapping[Any, str], language: str) -> dict[Any, str]:
    return {member: say(msgid, language) for member, msgid in words.items()}


_FIELDS: Mapping[str, Callable[[Values, Initiative], Any]] = MappingProxyType(
    {
        "code": lambda _values, row: row.code,
        "number": lambda _values, row: row.number,
        "title": Values.title,
        "kind": lambda values, row: values.kinds[row.kind],
        "spearhead": lambda values, row: values.word(row.spearhead),
        "portfolio": Values.portfolio,
        "unit": Values.unit,
        "owner": Values.owner,
        "status": lambda values, row: values.statuses[row.status],
        "late": lambda values, row: values.word(values.is_late(row)),
        "progress": lambda _values, row: row.progress,
        "health": Values.health,
        "time": lambda _values, row: row.timespan.words if row.timespan else None,
        "starts": lambda _values, row: row.starts_on,
        "ends": lambda _values, row: row.ends_on,
        "completed": lambda _values, row: row.completed_on,
        "in_use": lambda _values, row: row.in_use_on,
        "budget": Values.budget,
        "effect": lambda values, row: values.word(row.budget_effect),
        "publicity": lambda values, row: values.word(row.publicity),
        "updated": Values.updated,
    }
)
