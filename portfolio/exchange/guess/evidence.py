"""What the values of a column are, whatever its heading says: read by the very reader that an import uses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from portfolio.core.money import parse_money
from portfolio.core.problem import Problem
from portfolio.core.timespan import Kind as TimeKind
from portfolio.core.timespan import Timespan
from portfolio.exchange.columns import Column, Entity, Kind, Reading, as_text, column, norm, normalise
from portfolio.exchange.columns.column import CATEGORY
from portfolio.exchange.guess.model import Vocabulary
from portfolio.exchange.guess.people import first_of
from portfolio.exchange.guess.words import KINDS, PLACEHOLDERS, STATUSES, UNKNOWN_AMOUNTS, YEAR
from portfolio.exchange.profile import END, START
from portfolio.exchange.rows.table import DITTO
from portfolio.files.cells import CellValue, Sheet

MOST = 400
"""So many different values of a column are looked at: enough to know what they are."""

OWN_WORDS: Mapping[str, Mapping[str, str]] = {"status": STATUSES, "kind": KINDS}

_NUMBERED = frozenset({"number", "ledger_number", "notes", "source"})
"""Texts that may well be plain numbers."""


@dataclass(frozen=True, slots=True)
class Values:
    """The values of one column over the rows of data: those that say something, each once, and how many are filled.

    ``rows`` counts the rows of data, ``filled`` those with a value, ``placeholders`` leftovers such as "please choose".
    """

    column: int
    rows: int
    filled: int
    distinct: tuple[CellValue, ...]
    placeholders: tuple[str, ...]
    dittos: int

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing was said."""
        return not self.distinct

    @property
    def numbers(self) -> list[float]:
        """Give the values that are numbers."""
        return [float(one) for one in self.distinct if isinstance(one, float | int) and not isinstance(one, bool)]

    @property
    def texts(self) -> list[str]:
        """Give the values that are texts."""
        return [one for one in self.distinct if isinstance(one, str)]


def values_of(sheet: Sheet, at: int, rows: Iterable[int]) -> Values:
    """Gather the values of one column."""
    distinct: dict[CellValue, None] = {}
    placeholders: dict[str, None] = {}
    count = filled = dittos = 0
    for row in rows:
        count += 1
        value = sheet.value(row, at)
        if value == "" or (isinstance(value, str) and not value.strip()):
            continue
        filled += 1
        if isinstance(value, str) and value.strip() in DITTO:
            dittos += 1
        elif isinstance(value, str) and norm(value) in PLACEHOLDERS:
            placeholders.setdefault(" ".join(value.split()))
        elif len(distinct) < MOST:
            distinct.setdefault(value)
    return Values(at, count, filled, tuple(distinct), tuple(placeholders), dittos)


@dataclass(frozen=True, slots=True)
class Fit:
    """How many of a column's different values can stand in a field, and one that cannot."""

    count: int
    of: int
    other: str = ""

    @property
    def share(self) -> float:
        """Give the share that fits; of nothing, all."""
        return self.count / self.of if self.of else 1.0


def fit(field: str, entity: Entity, values: Values, vocabulary: Vocabulary) -> Fit:
    """Count the values that could stand in a field."""
    if field in (START, END):
        field = "timespan"
    found = column(entity, field, vocabulary.registry.several)
    if found is None:
        return Fit(0, len(values.distinct))
    reading = Reading(vocabulary.language, vocabulary.times, vocabulary.registry, vocabulary.portfolio)
    fitting, other = 0, ""
    for value in values.distinct:
        if _fits(found, value, reading):
            fitting += 1
        elif not other:
            other = as_text(value, vocabulary.language)
    return Fit(fitting, len(values.distinct), " ".join(other.split())[:60])


def _fits(found: Column, value: CellValue, reading: Reading) -> bool:
    if found.kind in {Kind.REFERENCE, Kind.REFERENCES}:
        return refers(found, as_text(value, reading.language), reading)
    if isinstance(value, str) and norm(value) in OWN_WORDS.get(found.name, {}):
        return True
    if found.kind is Kind.TEXT and not isinstance(value, str):
        return found.name in _NUMBERED and not isinstance(value, dt.date | dt.time)
    if found.kind is Kind.WORDS and _is_plain_number(value):
        return False
    read = normalise(found, value, replace(reading, unit="percent" if found.kind is Kind.PERCENT else None))
    if isinstance(read, Timespan):
        return read.kind is not TimeKind.UNREAD
    return not isinstance(read, Problem)


def _is_plain_number(value: CellValue) -> bool:
    return isinstance(value, float | int) and YEAR.fullmatch(as_text(value, "fi")) is None


def refers(found: Column, text: str, reading: Reading) -> bool:
    """Tell whether a text names what a column refers to, as it is, the first of several, or behind a code."""
    if found.to is None:
        return False
    scope = {Entity.INITIATIVE: reading.portfolio, Entity.CATEGORY: found.name.removeprefix(CATEGORY)}.get(found.to, "")
    forms = [text, *bare(text), *([first_of(text)] if found.to is Entity.POST else [])]
    if found.kind is Kind.REFERENCES:
        parts = [part for part in text.replace("\n", ";").split(";") if part.strip()]
        return all(reading.registry.knows(found.to, part, scope) for part in parts)
    return any(reading.registry.knows(found.to, form, scope) for form in forms)


def bare(text: str) -> list[str]:
    """Give what stands beside a code or a bracket in one cell: "1200 Sivistys", "Sivistys (1200)", "SIV – Sivistys"."""
    plain = " ".join(text.split())
    found = []
    head, _, tail = plain.partition(" ")
    if tail and any(letter.isdigit() for letter in head):
        found.append(tail.strip(" -–:."))
    if plain.endswith(")") and "(" in plain:
        found.append(plain[: plain.rindex("(")].strip())
    found += [plain.split(dash, 1)[1].strip() for dash in (" – ", " - ", ": ") if dash in plain]
    return [one for one in found if one]


def amount_of(value: CellValue) -> Decimal | None:
    """Read a cell as an amount in its own unit; None when it is none."""
    if isinstance(value, bool):
        return None
    if isinstance(value, float | int):
        return Decimal(str(value))
    found = parse_money(value) if isinstance(value, str) else None
    return found if isinstance(found, Decimal) else None


def is_money(values: Values) -> float:
    """Give the share of values that are amounts or say that an amount is not known; of nothing, all."""
    if values.is_empty:
        return 1.0
    fitting = sum(
        1
        for one in values.distinct
        if amount_of(one) is not None
        or (isinstance(one, str) and (norm(one) in UNKNOWN_AMOUNTS or parse_money(one) is None))
    )
    return fitting / len(values.distinct)


def is_per_cent(values: Values) -> bool:
    """Tell whether values are per cents by themselves: written with the sign, or all shares from 0 to 1."""
    signed = [text for text in values.texts if text.strip().endswith("%")]
    numbers = values.numbers
    shares = bool(numbers) and all(0 <= one <= 1 for one in numbers) and any(0 < one < 1 for one in numbers)
    return (bool(signed) and len(signed) == len(values.texts)) or (shares and not values.texts)
