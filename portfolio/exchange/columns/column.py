"""What a column is: how its cells are read, what it is called, what it may hold; and how fields of years are named."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeAlias

from portfolio.core.language import N_
from portfolio.core.problem import Problem
from portfolio.core.text import read_whole


class Entity(enum.StrEnum):
    """What a row of a workbook can be, and what a cell can refer to."""

    UNIT = "unit"
    POST = "post"
    SCHEME = "scheme"
    CATEGORY = "category"
    SOURCE = "funding_source"
    FORUM = "forum"
    MEETING = "meeting"
    INITIATIVE = "initiative"
    DECISION = "decision"
    MILESTONE = "milestone"
    RECURRING_DEADLINE = "recurring_deadline"
    DEPENDENCY = "dependency"
    INDICATOR = "indicator"
    BUDGET = "budget"
    DOCUMENT_LINK = "document_link"
    REVIEW = "review"


ROW_ENTITIES = tuple(entity for entity in Entity if entity not in {Entity.SCHEME, Entity.SOURCE, Entity.REVIEW})
"""Those that any workbook may hold, in the order in which they are written: each refers only to what stands before it,
or to its like. Reviews come in our own workbooks alone, for a round asks about what it asks about."""


class Kind(enum.StrEnum):
    """How the cells of a column are read."""

    TEXT = "text"
    WORDS = "words"
    DATE = "date"
    BOOL = "bool"
    ANSWER = "answer"
    NUMBER = "number"
    PERCENT = "percent"
    CHOICE = "choice"
    CHOICES = "choices"
    REFERENCE = "reference"
    REFERENCES = "references"
    MONEY = "money"
    VALUE = "value"


Key: TypeAlias = tuple[str, str]
"""An item as imports know it: its entity, and an identity inside it that nobody else interprets."""


@dataclass(frozen=True, slots=True)
class Column:
    """One field of an entity: how its cells are read, what it is called, and what it may hold.

    ``stored`` is the column of the table, None where a table of its own holds it. ``least`` and ``most`` bound a
    number. ``grows``: a list of links, to which a workbook without a base only adds.
    """

    name: str
    kind: Kind
    heading: Problem
    stored: str | None = None
    required: bool = False
    longest: int | None = None
    choices: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    to: Entity | None = None
    least: int | None = None
    most: int | None = None
    grows: bool = False


CATEGORY = "category:"
MONEY = "money:"
VALUE = "value:"
QUESTION = "question:"
MEASURE = "measure:"
SUBMITTED = "submitted"
AMOUNTS = MappingProxyType({"planned": N_("Planned"), "forecast": N_("Forecast"), "actual": N_("Actual")})


def question_field(identity: int) -> str:
    """Name the field of the answer to one question of a review."""
    return f"{QUESTION}{identity}"


def question_id(name: str) -> int | None:
    """Give the question whose answer a field holds, None for any other field."""
    return read_whole(name.removeprefix(QUESTION)) if name.startswith(QUESTION) else None


def measure_field(place: int) -> str:
    """Name the field of the value of an item's indicator by its place among the item's indicators, from 1."""
    return f"{MEASURE}{place}"


def measure_place(name: str) -> int | None:
    """Give the place of the indicator whose value a field holds, None for any other field."""
    return read_whole(name.removeprefix(MEASURE)) if name.startswith(MEASURE) else None


def money_field(year: int, part: str, source: str, amount: str) -> str:
    """Name the field of one amount of money."""
    return f"{MONEY}{year}:{part}:{source}:{amount}"


def money_parts(name: str) -> tuple[int, str, str, str]:
    """Give year, part, funding source and amount of a field that :func:`money_field` named."""
    year, part, source, amount = name.removeprefix(MONEY).split(":")
    return int(year), part, source, amount


def group_of(name: str) -> str | None:
    """Name the group of fields that are decided together: one year's money."""
    return f"{MONEY}{money_parts(name)[0]}" if name.startswith(MONEY) else None
