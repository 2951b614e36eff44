"""The grade that a room above gives to an initiative, health by reviews, as differences tell it. Pure."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from types import MappingProxyType
from typing import Protocol

from portfolio.core.language import N_


class Grade(Protocol):
    """One of a few grades in fixed words, as ``reviews.rules.Health`` is."""

    @property
    def rank(self) -> int:
        """Its place from the best one, which is 0."""

    @property
    def words(self) -> str:
        """Its fixed wording, a msgid."""


class Turn(enum.StrEnum):
    """What became of a grade; only what was graded at both times got better or worse."""

    IMPROVED = "improved"
    WORSENED = "worsened"
    GRADED = "graded"
    UNGRADED = "ungraded"


TURN_WORDS: Mapping[Turn, str] = MappingProxyType(
    {
        Turn.IMPROVED: N_("improved"),
        Turn.WORSENED: N_("worsened"),
        Turn.GRADED: N_("assessed for the first time"),
        Turn.UNGRADED: N_("the assessment was taken back"),
    }
)


def turn_of(old: Grade | None, new: Grade | None) -> Turn:
    """Tell what became of a grade that differs; None is not graded."""
    if old is None or new is None:
        return Turn.GRADED if old is None else Turn.UNGRADED
    return Turn.IMPROVED if new.rank < old.rank else Turn.WORSENED
