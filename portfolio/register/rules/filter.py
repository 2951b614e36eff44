"""The filter of a list of initiatives, and what it means for one row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Protocol, TypeAlias

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
    those years, an end that is open or unknown reaching as far as it can; ``ids`` keeps those named (None: all),
    ``without`` leaves those named out.
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
    without: frozenset[int] = frozenset()

    @property
    def is_empty(self) -> bool:
        """Tell whether everything passes."""
        return self == EVERYTHING

    @property
    def words(self) -> tuple[str, ...]:
        """Return the words that must each be part of a word in a row's text, as search compares them."""
        return tuple(search_key(self.text.replace("\0", " ")).split())

    def matches(self, row: Row, category_ids: Collection[int], today: dt.date) -> bool:
        """Tell whether a row with these classes passes; the same as the SQL of ``queries`` says of present rows."""
        return all(test(row, category_ids) for test in self.tests(today))

    def tests(self, today: dt.date) -> tuple[Test, ...]:
        """Return what a row must pass, one test a field that narrows: many rows are asked, so they are made once."""
        return (*self._of_lists(), *self._of_flags(), *self._of_time(today), *self._of_words_and_classes())

    def _of_lists(self) -> Iterator[Test]:
        if (ids := self.ids) is not None:
            yield lambda row, _: row.id in ids
        if self.without:
            yield lambda row, _: row.id not in self.without
        if self.portfolio_ids:
            yield lambda row, _: row.portfolio_id in self.portfolio_ids
        if self.kinds:
            yield lambda row, _: row.kind in self.kinds
        if self.statuses:
            yield lambda row, _: row.status in self.statuses
        if self.unit_ids:
            yield lambda row, _: row.unit_id in self.unit_ids
        if self.owner_post_ids:
            yield lambda row, _: row.owner_post_id in self.owner_post_ids

    def _of_flags(self) -> Iterator[Test]:
        if self.publicity is not None:
            yield lambda row, _: row.publicity is self.publicity
        if self.spearhead is not None:
            yield lambda row, _: row.spearhead is self.spearhead

    def _of_time(self, today: dt.date) -> Iterator[Test]:
        if self.undated is not None:
            yield lambda row, _: row.undated is self.undated
        if self.late is not None:
            yield lambda row, _: is_late(row.status, row.ends_on, today) is self.late
        if self.year_from is not None or self.year_to is not None:
            yield lambda row, _: not row.undated
        if (first := self.year_from) is not None:
            yield lambda row, _: row.ends_on is None or row.ends_on.year >= first
        if (last := self.year_to) is not None:
            yield lambda row, _: row.starts_on is None or row.starts_on.year <= last

    def _of_words_and_classes(self) -> Iterator[Test]:
        if words := self.words:
            yield lambda row, _: all(word in row.search_text for word in words)
        if self.category_groups:
            yield lambda _, category_ids: all(not group.isdisjoint(category_ids) for group in self.category_groups)


Test: TypeAlias = Callable[[Row, Collection[int]], bool]
"""Asks a row, and the ids of its classes, whether it passes."""

EVERYTHING = InitiativeFilter()
