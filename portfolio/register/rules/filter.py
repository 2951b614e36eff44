"""The filter of a list of initiatives, and what it means for one row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol

from portfolio.core.text import search_key
from portfolio.register.rules.lists import InitiativeKind, Publicity, Status, is_late


class Row(Protocol):
    """What the filter looks at in a row."""

    id: int
    search_text: str
    portfolio_id: int
    kind: InitiativeKind
    status: Status
    unit_id: int | None
    owner_post_id: int | None
    publicity: Publicity
    spearhead: bool
    undated: bool
    starts_on: dt.date | None
    ends_on: dt.date | None


@dataclass(frozen=True, slots=True)
class InitiativeFilter:
    """Which initiatives a list shows; what is left at its default does not narrow.

    Within one field any value will do; every field must agree. ``unit_ids`` are given with the units below them.
    ``category_groups`` holds one set a scheme: any class of each set. ``year_from`` and ``year_to`` keep what overlaps
    those years, an end that is open or unknown reaching as far as it can; ``ids`` keeps those named (None: all).
    """

    text: str = ""
    portfolio_ids: frozenset[int] = frozenset()
    kinds: frozenset[InitiativeKind] = frozenset()
    statuses: frozenset[Status] = frozenset()
    unit_ids: frozenset[int] = frozenset()
    owner_post_ids: frozenset[int] = frozenset()
    category_groups: frozenset[frozenset[int]] = frozenset()
    publicity: Publicity | None = None
    spearhead: bool | None = None
    undated: bool | None = None
    late: bool | None = None
    year_from: int | None = None
    year_to: int | None = None
    ids: frozenset[int] | None = None

    @property
    def is_empty(self) -> bool:
        """Tell whether everything passes."""
        return self == EVERYTHING

    @property
    def words(self) -> tuple[str, ...]:
        """Return the words that must each be part of a word in a row's text, as search compares them."""
        return tuple(search_key(self.text).split())

    def matches(self, row: Row, category_ids: Collection[int], today: dt.date) -> bool:
        """Tell whether a row with these classes passes; the same as the SQL of ``queries`` says of present rows."""
        return (
            self._passes_lists(row)
            and self._passes_time(row, today)
            and all(word in row.search_text for word in self.words)
            and all(not group.isdisjoint(category_ids) for group in self.category_groups)
        )

    def _passes_lists(self, row: Row) -> bool:
        return (
            (self.ids is None or row.id in self.ids)
            and (not self.portfolio_ids or row.portfolio_id in self.portfolio_ids)
            and (not self.kinds or row.kind in self.kinds)
            and (not self.statuses or row.status in self.statuses)
            and (not self.unit_ids or row.unit_id in self.unit_ids)
            and (not self.owner_post_ids or row.owner_post_id in self.owner_post_ids)
            and (self.publicity is None or row.publicity is self.publicity)
            and (self.spearhead is None or row.spearhead is self.spearhead)
        )

    def _passes_time(self, row: Row, today: dt.date) -> bool:
        if self.undated is not None and row.undated is not self.undated:
            return False
        if self.late is not None and is_late(row.status, row.ends_on, today) is not self.late:
            return False
        if self.year_from is None and self.year_to is None:
            return True
        starts_in_time = self.year_to is None or row.starts_on is None or row.starts_on.year <= self.year_to
        ends_in_time = self.year_from is None or row.ends_on is None or row.ends_on.year >= self.year_from
        return not row.undated and starts_in_time and ends_in_time


EVERYTHING = InitiativeFilter()
