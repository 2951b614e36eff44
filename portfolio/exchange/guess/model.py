"""What guessing takes and gives: what is known of the municipality, a person's own answers, and the guess."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, Self

from portfolio.core.problem import Problem
from portfolio.core.timespan import Context
from portfolio.exchange.columns import Entity, Registry
from portfolio.exchange.profile import Profile, Years


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What values and headings may mean in one municipality.

    ``portfolio`` is the code of the one into which the rows would go, ``kind`` what its items are where no column says.
    ``language`` is what words and numbers are read by.
    """

    registry: Registry
    times: Context
    portfolio: str = ""
    kind: str | None = None
    language: str = "fi"

    def in_language(self, language: str) -> Self:
        """Give the same for a workbook in this language."""
        return replace(self, language=language, times=replace(self.times, language=language))


MEANS_BLANK = "-"
"""What a person answers of a text that says no more than a blank cell."""


@dataclass(frozen=True, slots=True)
class ColumnGiven:
    """A person's answer about one column: its field, None for "not read", and the unit of its numbers."""

    field: str | None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class SheetGiven:
    """A person's answers about one sheet; None where the guess may stand.

    ``section`` is the field that rows between the data give: "" for headings only, None as guessed. ``values`` are what
    texts of a column mean, by its number.
    """

    read: bool | None = None
    header: tuple[int, int] | None = None
    columns: Mapping[int, ColumnGiven] = field(default_factory=lambda: MappingProxyType({}))
    section: str | None = None
    values: Mapping[int, Mapping[str, str]] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """What one column holds: its field, None when it is not read, how sure that is (0 to 1), and why.

    ``years`` is what the column says of a year's money, ``unit`` that of its numbers; ``samples`` are live values,
    ``unknown`` those whose meaning a person may tell.
    """

    number: int
    heading: str
    field: str | None
    confidence: float
    reasons: tuple[Problem, ...]
    unit: str | None = None
    years: Years | None = None
    samples: tuple[str, ...] = ()
    filled: int = 0
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SectionGuess:
    """Rows between the data: a pattern that knows them, the field they give (None: headings only), and where."""

    pattern: str
    field: str | None
    rows: tuple[int, ...]
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """What the rows below a heading are, beside data."""

    sections: tuple[SectionGuess, ...] = ()
    skipped: tuple[str, ...] = ()
    only_money: bool = False
    until: str | None = None
    blank_rows: int | None = None
    continued: tuple[str, ...] = ()
    mark: str | None = None
    fill_down: tuple[str, ...] = ()
    blank: tuple[str, ...] = ()
    split: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    values: Mapping[str, Mapping[str, Any]] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class SheetGuess:
    """What one sheet holds and how it would be read; ``reasons`` tell why it is read or is not.

    ``header`` are the first and the last row of the heading. ``identity`` are the fields that tell items apart,
    ``keys`` what the number and the title hold on the rows, where each has one of its own.
    """

    name: str
    hidden: bool
    read: bool
    reasons: tuple[Problem, ...]
    entity: Entity = Entity.INITIATIVE
    header: tuple[int, int] | None = None
    spread: bool = False
    columns: tuple[ColumnGuess, ...] = ()
    layout: Layout = field(default_factory=Layout)
    identity: tuple[str, ...] = ()
    keys: Mapping[str, frozenset[str]] = field(default_factory=lambda: MappingProxyType({}))
    notices: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Guess:
    """A whole workbook as guessed, and the profile by which it would be read; without sheets nothing was found."""

    profile: Profile
    sheets: tuple[SheetGuess, ...]
    notices: tuple[Problem, ...]

    @property
    def is_readable(self) -> bool:
        """Tell whether there is anything to read."""
        return bool(self.profile.sheets)
