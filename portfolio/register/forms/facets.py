"""What rooms above tell of initiatives and lists are narrowed by, handed in to the reading of the filter."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

NOTHING = "none"
"""The value that asks for those of which nothing is told."""


@dataclass(frozen=True, slots=True)
class Facet:
    """One thing told of initiatives: its parameter, what it is called, its values with their words (msgids).

    ``values_of(session, municipality_id, at)`` gives the value of each initiative of which something is told.
    """

    name: str
    label: str
    words: Mapping[str, str]
    values_of: Callable[[Session, int, int | None], Mapping[int, str]]


@dataclass(frozen=True, slots=True)
class FacetIds:
    """The initiatives that facets leave: those of ``ids`` (None: all), but for those of ``without``."""

    ids: frozenset[int] | None = None
    without: frozenset[int] = frozenset()

    def narrowed(self, values: Mapping[int, str], chosen: Collection[str]) -> FacetIds:
        """Keep those with one of the values chosen, and with NOTHING among them those that have none."""
        if NOTHING in chosen:
            return FacetIds(self.ids, self.without.union(one for one, value in values.items() if value not in chosen))
        kept = frozenset(one for one, value in values.items() if value in chosen)
        return FacetIds(kept if self.ids is None else kept & self.ids, self.without)
