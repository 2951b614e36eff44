"""What a change of many initiatives at once asks for, and what it means for each of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

MOST_AT_ONCE = 500
"""How many rows one preview can hold so that a person still reads it, and its address does not grow too long."""


@dataclass(frozen=True, slots=True)
class ClassWish:
    """One class for many initiatives: it takes the place of the present one, or joins those of a scheme of several.

    ``category_id`` None takes the scheme's classes away.
    """

    scheme_id: int
    category_id: int | None
    several: bool = False

    def applied(self, held: frozenset[int]) -> frozenset[int]:
        """Give the classes of the scheme that an initiative with these would have."""
        if self.category_id is None:
            return frozenset()
        return held | {self.category_id} if self.several else frozenset({self.category_id})


@dataclass(frozen=True, slots=True)
class Wish:
    """New values of columns, and a class, for every chosen initiative."""

    values: Mapping[str, Any] = field(default_factory=dict)
    classes: ClassWish | None = None

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing is asked for."""
        return not self.values and self.classes is None


@dataclass(frozen=True, slots=True)
class Seen:
    """One initiative as the preview showed it: its version, and its classes in the scheme that is to change."""

    version: int
    classes: frozenset[int] = frozenset()
