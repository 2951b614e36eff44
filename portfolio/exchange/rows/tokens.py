"""Which item a cell with an identity means, and whether the version beside it can belong to it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from portfolio.core.language import N_
from portfolio.core.problem import Problem
from portfolio.exchange.columns import Entity, Key
from portfolio.exchange.columns.identity import read_token

UNKNOWN_ID = N_(
    'No row with the identity "%(text)s" went out in this workbook. If the row is new, empty its identity; '
    "otherwise take a new export."
)
WRONG_SHEET = N_('The row with the identity "%(text)s" belongs to another sheet.')
WRONG_VERSION = N_(
    "The version %(version)s does not belong to this row: cells have been moved from one row to another. "
    "Take a new export."
)


@dataclass(frozen=True, slots=True)
class Tokens:
    """The rows that a workbook of ours may name: those that were there when it was made.

    ``keys`` lead from an entity's ids to keys; ``later`` came only after the workbook. ``version`` gives the highest
    version that a row may bear, and whether it must be exactly that one; None where that is not known.
    """

    keys: Mapping[Entity, Mapping[int, Key]]
    later: Collection[Key] = frozenset()
    version: Callable[[Key], tuple[int, bool] | None] = lambda _key: None

    def key(self, text: str, entity: Entity) -> Key | Problem:
        """Find the row of a sheet's identity; unknown, foreign and later ones are told alike."""
        found = read_token(text)
        if isinstance(found, Problem):
            return found
        wanted = Entity.INITIATIVE if entity is Entity.BUDGET else entity
        if found[0] is not wanted:
            return Problem(WRONG_SHEET, {"text": text})
        key = self.keys.get(wanted, {}).get(found[1])
        return Problem(UNKNOWN_ID, {"text": text}) if key is None or key in self.later else key

    def doubt(self, key: Key, version: int) -> Problem | None:
        """Tell when a version cannot be that of the row: it is newer than the workbook, or another row's."""
        highest, exactly = self.version(key) or (version, False)
        if version > highest or (exactly and version != highest) or version < 1:
            return Problem(WRONG_VERSION, {"version": str(version)})
        return None
