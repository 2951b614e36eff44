"""Reading one cell as its column's own type, or telling what is wrong with it; nothing is guessed."""

from __future__ import annotations

import datetime as dt
import enum
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from types import MappingProxyType
from typing import Any

from portfolio.core.language import N_
from portfolio.core.money import parse_money, to_euros
from portfolio.core.problem import Problem
from portfolio.core.text import clean
from portfolio.core.timespan import Context
from portfolio.exchange.columns import words
from portfolio.exchange.columns.column import CATEGORY, Column, Entity, Key, Kind
from portfolio.exchange.columns.compare import norm
from portfolio.exchange.columns.registry import Registry
from portfolio.exchange.columns.times import read_date, read_words
from portfolio.files.cells import CellValue

NOT_A_NUMBER = N_('"%(text)s" is not a number. Write it in digits.')
NOT_WHOLE = N_('"%(text)s" is not a whole number from %(least)s to %(most)s.')
NOT_PERCENT = N_('"%(text)s" is not a percentage from 0 to 100.')
SHARE_OR_PERCENT = N_('"%(text)s" stands in a column of percentages. Write the sign too, for example 30 %%.')
NOT_IN_LIST = N_('"%(text)s" is none of these: %(words)s.')
NOT_YES_OR_NO = N_('"%(text)s" is neither yes nor no.')
TOO_LONG = N_("The text has %(length)s characters, and at most %(longest)s fit here.")
ONLY_ONE = N_('Only one may stand here, and "%(text)s" has several.')

_PLAIN = re.compile(r"[A-Za-z0-9ÅÄÖåäö .,;:!?()/%+*='\"§€–’”-]*")
"""Texts in which there is nothing to clean but blanks around them: most of them, and cleaning takes time."""
_LIST_SEPARATOR = re.compile(r"[;\n]")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
_MOST_AS_SHARE = 150
"""From here on a number without its sign was hardly meant as a share of one: 30 is thirty per cent, not 3000."""
_VALUE_STEP = Decimal("0.0001")


class Unknown(enum.Enum):
    """The one value of an amount that is there but not known; a blank says nothing, and zero is zero."""

    UNKNOWN = "unknown"


UNKNOWN = Unknown.UNKNOWN


@dataclass(frozen=True, slots=True)
class Reading:
    """What a cell is read by: the writer's language, time, what references mean, and the profile's own words.

    ``values`` maps a normalised text to a canonical value, "" being a blank cell. ``unit`` is "eur", "teur" or "meur"
    for money and "fraction" or "percent" for a percentage. ``blanks`` are normalised texts that stand for a blank cell.
    """

    language: str
    times: Context
    registry: Registry
    portfolio: str = ""
    values: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    unit: str | None = None
    blanks: frozenset[str] = frozenset()


def normalise(column: Column, cell: CellValue, reading: Reading) -> Any:
    """Give a cell's typed value, None for a blank that says nothing, or the Problem that stops it.

    Types: text str · words Timespan · date · bool · answer and choice str · number and percent int · choices
    frozenset · reference Key · references frozenset of Keys · money Decimal in euros or UNKNOWN · value Decimal or str.
    """
    if isinstance(cell, str):
        cell = cell.strip() if _PLAIN.fullmatch(cell) else clean(cell)
        mapped = reading.values.get(norm(cell)) if reading.values else None
        if mapped is not None and column.kind is not Kind.CHOICES:
            return canonical(column, mapped, reading)
        if reading.blanks and norm(cell) in reading.blanks:
            return None
    if cell == "":
        return None
    return _READERS[column.kind](column, cell, reading)


def canonical(column: Column, value: Any, reading: Reading) -> Any:
    """Give the typed value of what a profile says itself: a constant, or the canonical side of a value map."""
    if column.kind is Kind.MONEY:
        return UNKNOWN if value == UNKNOWN.value else Decimal(str(value))
    if column.kind in {Kind.REFERENCE, Kind.REFERENCES, Kind.WORDS} or isinstance(value, str):
        return _READERS[column.kind](column, str(value), reading)
    return value


def as_text(cell: CellValue, language: str) -> str:
    """Write a cell as the person sees it: a whole number without decimals, a day as 31.12.2024."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return {"fi": "tosi", "sv": "sant"}.get(language, "true") if cell else "0"
    if isinstance(cell, float | int):
        return _number_text(float(cell), language)
    if isinstance(cell, dt.date):
        day = f"{cell.day}.{cell.month}.{cell.year}"
        clock = cell.time() if isinstance(cell, dt.datetime) else dt.time()
        return f"{day} {clock.hour}.{clock.minute:02}" if clock != dt.time() else day
    if isinstance(cell, dt.time):
        return f"{cell.hour}.{cell.minute:02}"
    return str(cell)


def _number_text(number: float, language: str) -> str:
    if number.is_integer():
        return str(int(number))
    text = f"{Decimal(repr(number)):f}"
    return text if language == "en" else text.replace(".", ",")


def _text(column: Column, cell: CellValue, reading: Reading) -> str | Problem:
    text = as_text(cell, reading.language)
    if column.longest is not None and len(text) > column.longest:
        return Problem(TOO_LONG, {"length": len(text), "longest": column.longest})
    return text


def _words(_column: Column, cell: CellValue, reading: Reading) -> Any:
    return read_words(as_text(cell, reading.language), reading.times)


def _date(_column: Column, cell: CellValue, reading: Reading) -> dt.date | Problem:
    if isinstance(cell, dt.datetime):
        return cell.date() if cell.time() == dt.time() else read_date(as_text(cell, reading.language), reading.times)
    if isinstance(cell, dt.date):
        return cell
    return read_date(as_text(cell, reading.language), reading.times)


def _bool(_column: Column, cell: CellValue, reading: Reading) -> bool | Problem:
    text = as_text(cell, reading.language)
    found = words.find_yes_or_no(text)
    return Problem(NOT_YES_OR_NO, {"text": text}) if found is None else found


def _answer(column: Column, cell: CellValue, reading: Reading) -> str | Problem:
    if words.means_unknown(as_text(cell, reading.language)):
        return "unknown"
    found = _bool(column, cell, reading)
    return found if isinstance(found, Problem) else "yes" if found else "no"


def _number(column: Column, cell: CellValue, reading: Reading) -> int | Problem:
    number = _decimal(cell, reading)
    if isinstance(number, Problem):
        return number
    least, most = column.least or 0, column.most or 0
    if number != number.to_integral_value() or not least <= number <= most:
        text = as_text(cell, reading.language)
        return Problem(NOT_WHOLE, {"text": text, "least": str(least), "most": str(most)})
    return int(number)


def _percent(_column: Column, cell: CellValue, reading: Reading) -> int | Problem | None:
    text = as_text(cell, reading.language)
    if words.means_unknown(text):
        return None
    signed = text.endswith("%")
    number = _decimal(text.removesuffix("%"), reading)
    if isinstance(number, Problem):
        return number
    if reading.unit == "fraction" and not signed:
        number *= 100
        if number > _MOST_AS_SHARE:
            return Problem(SHARE_OR_PERCENT, {"text": text})
    whole = number.quantize(Decimal(1), ROUND_HALF_UP)
    return int(whole) if 0 <= whole <= 100 else Problem(NOT_PERCENT, {"text": text})  # noqa: PLR2004 - per cent


def _choice(column: Column, cell: CellValue, reading: Reading) -> str | Problem:
    text = as_text(cell, reading.language)
    found = words.find_choice(text, column.choices)
    if found is None:
        known = ", ".join(words.known_words(column.choices, reading.language))
        return Problem(NOT_IN_LIST, {"text": text, "words": known})
    return found


def _choices(column: Column, cell: CellValue, reading: Reading) -> frozenset[str] | Problem:
    found: set[str] = set()
    for part in _parts(cell, reading):
        mapped = reading.values.get(norm(part))
        one = _choice(column, part if mapped is None else str(mapped), reading)
        if isinstance(one, Problem):
            return one
        found.add(one)
    return frozenset(found)


def _reference(column: Column, cell: CellValue, reading: Reading) -> Key | Problem:
    entity = column.to
    if entity is None:
        raise ValueError(column.name)
    scope = {Entity.INITIATIVE: reading.portfolio, Entity.CATEGORY: column.name.removeprefix(CATEGORY)}.get(entity, "")
    text = as_text(cell, reading.language)
    found = reading.registry.find(entity, text, scope)
    if isinstance(found, Problem) and len(_parts(cell, reading)) > 1:
        return Problem(ONLY_ONE, {"text": text})
    return found


def _references(column: Column, cell: CellValue, reading: Reading) -> frozenset[Key] | Problem:
    found: set[Key] = set()
    for part in _parts(cell, reading):
        mapped = reading.values.get(norm(part))
        one = _reference(column, part if mapped is None else str(mapped), reading)
        if isinstance(one, Problem):
            return one
        found.add(one)
    return frozenset(found)


def _money(_column: Column, cell: CellValue, reading: Reading) -> Any:
    unit = reading.unit or "eur"
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        return to_euros(cell, unit)
    found = parse_money(as_text(cell, reading.language), unit)
    return UNKNOWN if found is None else found


def _value(column: Column, cell: CellValue, reading: Reading) -> Decimal | str | Problem:
    number = _decimal(cell, reading)
    return _text(column, cell, reading) if isinstance(number, Problem) else number.quantize(_VALUE_STEP).normalize() + 0


def _parts(cell: CellValue, reading: Reading) -> list[str]:
    return [part.strip() for part in _LIST_SEPARATOR.split(as_text(cell, reading.language)) if part.strip()]


def _decimal(cell: CellValue, reading: Reading) -> Decimal | Problem:
    """Read a number that stands alone, with Finnish spaces and comma, and minus signs of any kind."""
    text = as_text(cell, reading.language)
    plain = re.sub(r"[‐-―−]", "-", "".join(text.split()))
    try:
        return Decimal(plain.replace(",", ".")) if _NUMBER.fullmatch(plain) else Problem(NOT_A_NUMBER, {"text": text})
    except InvalidOperation:
        return Problem(NOT_A_NUMBER, {"text": text})


_READERS: Mapping[Kind, Callable[[Column, CellValue, Reading], Any]] = MappingProxyType(
    {
        Kind.TEXT: _text,
        Kind.WORDS: _words,
        Kind.DATE: _date,
        Kind.BOOL: _bool,
        Kind.ANSWER: _answer,
        Kind.NUMBER: _number,
        Kind.PERCENT: _percent,
        Kind.CHOICE: _choice,
        Kind.CHOICES: _choices,
        Kind.REFERENCE: _reference,
        Kind.REFERENCES: _references,
        Kind.MONEY: _money,
        Kind.VALUE: _value,
    }
)
