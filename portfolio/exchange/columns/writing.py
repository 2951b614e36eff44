"""Writing a typed value as a cell: the inverse of reading it, so that an untouched workbook changes nothing; pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType
from typing import Any, TypeAlias

from portfolio.core.language import say
from portfolio.core.money import NOT_KNOWN
from portfolio.core.text import clean
from portfolio.core.timespan import Context, Timespan
from portfolio.core.timespan import format as format_timespan
from portfolio.exchange.columns.column import AMOUNTS, CATEGORY, Column, Entity, Key, Kind
from portfolio.exchange.columns.normalise import UNKNOWN
from portfolio.exchange.columns.registry import Registry
from portfolio.files.cells import CellValue
from portfolio.register.rules.words import ANSWER_WORDS, YES_OR_NO

Written: TypeAlias = str | float | bool | dt.date
"""What stands in a cell of ours; "" is a blank."""

SEPARATOR = "; "
EXACT_DIGITS = 15
"""As many digits as a number cell keeps; a longer number is written as text."""

_SEPARATORS = (";", "\n")
_HUNDRED = 100


class Labels:
    """The texts by which references are written: the name people know, and more only where it would mean another.

    What is written is always read back as the same item by the same registry; texts are remembered.
    """

    def __init__(self, registry: Registry) -> None:
        """Write references so that this registry finds them."""
        self._registry = registry
        self._texts: dict[tuple[Key, str, str, bool], str] = {}

    def text(self, key: Key, language: str, scope: str = "", *, alone: bool = True) -> str:
        """Give the text of a reference within a scope; not ``alone``, it stands between semicolons."""
        asked = (key, language, scope, alone)
        if asked not in self._texts:
            fitting = (text for text in self._candidates(key, language) if alone or not _separates(text))
            self._texts[asked] = next((text for text in fitting if self._means(text, key, scope)), key[1])
        return self._texts[asked]

    def _candidates(self, key: Key, language: str) -> Iterator[str]:
        known = self._registry.known(key)
        if known is None:
            yield from (self._registry.label(key), key[1])
            return
        if key[0] == Entity.INITIATIVE:
            yield from (text for code in known.codes for text in (code, f"{known.scope}:{code}"))
            return
        names = known.names[::-1] if language == "sv" else known.names
        yield from names
        yield from (f"{name} ({code})" for name in names[:1] for code in known.codes)
        yield from (*known.numbers, *known.codes)

    def _means(self, text: str, key: Key, scope: str) -> bool:
        return bool(text) and self._registry.find(Entity(key[0]), text, scope) == key


@dataclass(frozen=True, slots=True)
class Writing:
    """What a cell is written by: the language, the texts of references, what time words mean, and the portfolio.

    ``portfolio`` is the one whose initiatives are meant by their bare codes, as in ``Reading``.
    """

    language: str
    labels: Labels
    times: Context = field(default_factory=Context)
    portfolio: str = ""


def written(column: Column, value: Any, writing: Writing) -> Written:
    """Give what stands in the cell of a typed value, "" for None.

    ``normalise`` reads it back as the same value; percentages are fractions, as their number format shows them. Where
    the words of a time do not tell all that a person confirmed of it, :func:`says` tells that they were not touched.
    """
    return "" if value is None else _WRITERS[column.kind](column, value, writing)


def writer_of(column: Column, writing: Writing) -> Callable[[Any], Written]:
    """Give :func:`written` for many values of one column; what is written of each is remembered where values repeat."""
    write = _WRITERS[column.kind]
    if column.kind not in _REPEATING:
        return lambda value: "" if value is None else write(column, value, writing)
    memory: dict[Any, Written] = {None: ""}

    def remembered(value: Any) -> Written:
        if value not in memory:
            memory[value] = write(column, value, writing)
        return memory[value]

    return remembered


def says(column: Column, cell: CellValue, value: Any, writing: Writing) -> bool:
    """Tell whether a cell stands as it would be written for a value: then nobody touched it, whatever it reads as."""
    ours = written(column, value, writing)
    if isinstance(ours, str) or isinstance(cell, str):
        return isinstance(ours, str) and isinstance(cell, str) and clean(ours) == clean(cell)
    return _plain(ours) == _plain(cell)


def written_line(amounts: Mapping[str, Any], writing: Writing) -> dict[str, Written]:
    """Write the amounts that one year's line of money has: {"planned": Decimal or UNKNOWN …}.

    An amount that is not known stays blank beside one that is; when none is, the first cell says so, since a line of
    blanks would be no line at all.
    """
    if not amounts:
        return {}
    cells: dict[str, Written] = {
        name: "" if amount is UNKNOWN or amount is None else float(amount) for name, amount in amounts.items()
    }
    if all(cell == "" for cell in cells.values()):
        first = min(cells, key=list(AMOUNTS).index)
        cells[first] = say(NOT_KNOWN, writing.language)
    return cells


def read_line(amounts: Mapping[str, Any]) -> dict[str, Any]:
    """Give the amounts that cells of one year's line mean, None being no line: the inverse of :func:`written_line`.

    ``amounts`` are as ``normalise`` gives them, by "planned", "forecast", "actual": those whose columns are there.
    """
    if all(amount is None for amount in amounts.values()):
        return dict(amounts)
    return {name: UNKNOWN if amount is None else amount for name, amount in amounts.items()}


def scope_of(column: Column, portfolio: str) -> str:
    """Give the scope within which a column's references are found, as ``normalise`` looks for them."""
    if column.to is Entity.INITIATIVE:
        return portfolio
    return column.name.removeprefix(CATEGORY) if column.to is Entity.CATEGORY else ""


def _separates(text: str) -> bool:
    return any(mark in text for mark in _SEPARATORS)


def _plain(cell: CellValue) -> CellValue:
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        return cell.date()
    return float(cell) if isinstance(cell, float | int) else cell


def _as_it_is(_column: Column, value: Any, _writing: Writing) -> Written:
    return value  # type: ignore[no-any-return] # text, a day and a whole number are cells as they are


def _words(_column: Column, value: Timespan, writing: Writing) -> Written:
    return format_timespan(value, writing.language, writing.times)


def _bool(_column: Column, value: bool, writing: Writing) -> Written:  # noqa: FBT001 -- the cell's value
    return say(YES_OR_NO[value], writing.language)


def _answer(_column: Column, value: Any, writing: Writing) -> Written:
    return say(ANSWER_WORDS[value], writing.language)


def _percent(_column: Column, value: int, _writing: Writing) -> Written:
    return value / _HUNDRED


def _choice(column: Column, value: str, writing: Writing) -> Written:
    return say(column.choices[value], writing.language)


def _choices(column: Column, value: Iterable[str], writing: Writing) -> Written:
    chosen = frozenset(value)
    return SEPARATOR.join(say(msgid, writing.language) for code, msgid in column.choices.items() if code in chosen)


def _reference(column: Column, value: Key, writing: Writing) -> Written:
    return writing.labels.text(value, writing.language, scope_of(column, writing.portfolio))


def _references(column: Column, value: Iterable[Key], writing: Writing) -> Written:
    scope = scope_of(column, writing.portfolio)
    texts = (writing.labels.text(key, writing.language, scope, alone=False) for key in value)
    return SEPARATOR.join(sorted(texts))


def _money(_column: Column, value: Any, writing: Writing) -> Written:
    return say(NOT_KNOWN, writing.language) if value is UNKNOWN else float(value)


def _value(_column: Column, value: Decimal | str, writing: Writing) -> Written:
    if isinstance(value, str):
        return value
    if len(value.as_tuple().digits) <= EXACT_DIGITS:
        return float(value)
    text = f"{value:f}"
    return text if writing.language == "en" else text.replace(".", ",")


_WRITERS: Mapping[Kind, Callable[[Column, Any, Writing], Written]] = MappingProxyType(
    {
        Kind.TEXT: _as_it_is,
        Kind.WORDS: _words,
        Kind.DATE: _as_it_is,
        Kind.BOOL: _bool,
        Kind.ANSWER: _answer,
        Kind.NUMBER: _as_it_is,
        Kind.PERCENT: _percent,
        Kind.CHOICE: _choice,
        Kind.CHOICES: _choices,
        Kind.REFERENCE: _reference,
        Kind.REFERENCES: _references,
        Kind.MONEY: _money,
        Kind.VALUE: _value,
    }
)
_REPEATING = frozenset(
    {*(Kind.BOOL, Kind.ANSWER, Kind.CHOICE, Kind.CHOICES, Kind.REFERENCE, Kind.REFERENCES), Kind.PERCENT}
)
