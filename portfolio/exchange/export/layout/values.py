"""Typed values as a profile's own workbooks say them: its words, units and joined cells; the inverse of reading."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from portfolio.core.money import UNITS
from portfolio.exchange.columns import (
    MONEY,
    UNKNOWN,
    Column,
    Entity,
    Key,
    Kind,
    Reading,
    as_text,
    canonical,
    column,
    norm,
    normalise,
)
from portfolio.exchange.columns.writing import SEPARATOR, Labels, Writing, written
from portfolio.exchange.export.layout.patterns import fillings
from portfolio.exchange.profile import END, START, Profile, SheetProfile
from portfolio.exchange.rows import Surroundings
from portfolio.exchange.rows.typed import reading_of
from portfolio.files.cells import CellValue

_BY_NUMBER = re.compile(r"\b(?:nro|nr|no|numero|nummer|number|tunnus|beteckning|koodi|kod|code|id)\b")
ANYTHING = "(?P<value>.+)"
"""The pattern of a section that has none: the whole text of the row."""

_WHOLE = re.compile(r"0|[1-9]\d{0,8}")
_MARKS = (";", "\n")
_SHORT = 60
"""A text column of at most so many characters may hold numbers of things, which people type as numbers."""


class Values:
    """Writes the cells of one profile; what it writes is read back by the same profile as the same value.

    Where the profile has no word for a value the system's own word stands, which reading takes as well. Answers are
    remembered.
    """

    def __init__(self, profile: Profile, surroundings: Surroundings) -> None:
        self._profile = profile
        self._surroundings = surroundings
        self._registry = surroundings.registry
        self._labels = Labels(surroundings.registry)
        self._columns: dict[tuple[int, str, str | None], tuple[Column, Reading] | None] = {}
        self._memory: dict[tuple[int, str, str | None, str, Any], CellValue] = {}

    def column(self, sheet: SheetProfile, field: str) -> Column | None:
        """Find the column of a field; None for what is no field of its own."""
        found = self._reading(sheet, field, None)
        return found[0] if found else None

    @property
    def several(self) -> frozenset[str]:
        """Give the schemes of which an initiative may have several classes."""
        return self._registry.several

    def parts(self, sheet: SheetProfile, field: str) -> tuple[str, ...]:
        """Name the fields that a column holds: those it is split into, the time of one end of it, else itself."""
        if field in sheet.split:
            return tuple(re.compile(sheet.split[field]).groupindex)
        return ("timespan",) if field in {START, END} else (field,)

    def constants(self, sheet: SheetProfile) -> dict[str, Any]:
        """Give the typed values that a sheet says of every row."""
        found = {name: self._reading(sheet, name, None) for name in sheet.constants}
        return {name: canonical(one[0], sheet.constants[name], one[1]) for name, one in found.items() if one}

    def cell(
        self, sheet: SheetProfile, field: str, value: Any, unit: str | None = None, heading: str = ""
    ) -> CellValue:
        """Write one value, "" for None; ``heading`` tells whether items are named there by their numbers."""
        found = self._reading(sheet, field, unit)
        if value is None or found is None:
            return ""
        by_number = _BY_NUMBER.search(norm(heading)) is not None
        memory = (id(sheet), field, unit, "number" if by_number else "", value)
        if memory not in self._memory:
            self._memory[memory] = self._write(*found, value, by_number=by_number)
        return self._memory[memory]

    def joined(self, sheet: SheetProfile, name: str, cells: Mapping[str, Any]) -> CellValue:
        """Write the cell that a profile splits into several fields."""
        expression = sheet.split[name]
        groups = re.compile(expression).groupindex
        texts = {one: as_text(self.cell(sheet, one, cells.get(one)), "fi") for one in groups}
        wanted = {one: text.strip() for one, text in texts.items()}
        for text in fillings(expression, texts):
            match = re.fullmatch(expression, text.strip(), re.DOTALL)
            if match and {one: (part or "").strip() for one, part in match.groupdict().items()} == wanted:
                return text.strip()
        return self.cell(sheet, name, cells.get(name)) if self.column(sheet, name) else ""

    def end_of_time(self, name: str, value: Any) -> CellValue:
        """Write one end of a time that stands in two columns; what has no two ends stands in both."""
        words: str = value.words if value is not None else ""
        start, dash, end = words.partition("–")
        if f"{start.strip()}–{end.strip()}" != words:
            return words
        return (start if name == START else end).strip() if dash else words

    def section(self, sheet: SheetProfile, level: int, value: Any, digit: str) -> str | None:
        """Write the row that gives a field's value to the rows below it; None where the profile cannot say it."""
        field = sheet.sections[level].field
        found = self._reading(sheet, field, None) if field else None
        if value is None or found is None:
            return None
        for name in self._names(*found, value, by_number=False):
            for shown in dict.fromkeys((name, name.upper())):
                for text in section_texts(sheet, level, shown, digit):
                    if normalise(found[0], section_value(sheet, text)[1], found[1]) == value:
                        return text
        return None

    def choices(self, sheet: SheetProfile, field: str, known: Iterable[Key]) -> list[str]:
        """List what may be chosen in a column of closed values, in the profile's words; ``known`` may be meant."""
        found = self._reading(sheet, field, None)
        if found is None:
            return []
        column, reading = found
        values: Iterable[Any] = {
            Kind.CHOICE: column.choices,
            Kind.CHOICES: column.choices,
            Kind.BOOL: (True, False),
            Kind.ANSWER: ("yes", "no", "unknown"),
            Kind.REFERENCE: known,
            Kind.REFERENCES: known,
        }.get(column.kind, ())
        texts = (self._word(column, reading, one, by_number=False) for one in values)
        return [text for text in dict.fromkeys(texts) if text]

    # -------------------------------------------------------------------------------- one value
    def _reading(self, sheet: SheetProfile, field: str, unit: str | None) -> tuple[Column, Reading] | None:
        key = (id(sheet), field, unit)
        if key not in self._columns:
            entity = Entity.INITIATIVE if field.startswith(MONEY) else sheet.entity
            found = column(entity, field, self._registry.several)
            self._columns[key] = (
                (found, reading_of(self._profile, sheet, found, self._surroundings, unit)) if found else None
            )
        return self._columns[key]

    def _write(self, column: Column, reading: Reading, value: Any, *, by_number: bool) -> CellValue:
        if column.kind is Kind.WORDS:
            return _as_number(value.words)
        tried = list(self._candidates(column, reading, value, by_number=by_number))
        return next((one for one in tried if normalise(column, one, reading) == value), tried[0])

    def _candidates(self, column: Column, reading: Reading, value: Any, *, by_number: bool) -> Iterator[CellValue]:
        """Give what may stand in the cell, the fittest first."""
        if column.kind is Kind.MONEY and value is not UNKNOWN:
            yield _plain_number(value / UNITS[reading.unit or "eur"])
        elif column.kind is Kind.PERCENT:
            yield value / 100 if reading.unit == "fraction" else value
        elif column.kind in {Kind.CHOICES, Kind.REFERENCES}:
            yield from self._lists(column, reading, value, by_number=by_number)
        elif column.kind is Kind.TEXT:
            if column.longest is not None and column.longest <= _SHORT:
                yield _as_number(value)
            yield value
        yield from self._names(column, reading, value, by_number=by_number)
        yield written(column, value, self._writing(reading))

    def _lists(self, column: Column, reading: Reading, values: frozenset[Any], *, by_number: bool) -> Iterator[str]:
        """Write what stands side by side in a cell, in the order of the choices, or of the names."""
        order = list(column.choices)
        given = sorted(values, key=order.index) if order else values
        texts = [self._word(column, reading, one, by_number=by_number) for one in given]
        if all(texts):
            yield SEPARATOR.join(texts if order else sorted(texts))

    def _word(self, column: Column, reading: Reading, value: Any, *, by_number: bool) -> str:
        """Give the first word for one value that is read back as it, and that may stand between semicolons."""
        one_of = single(column)
        several = one_of is not column
        words = self._names(column, reading, value, by_number=by_number)
        return next(
            (
                text
                for text in words
                if not (several and any(mark in text for mark in _MARKS)) and normalise(one_of, text, reading) == value
            ),
            "",
        )

    def _names(self, column: Column, reading: Reading, value: Any, *, by_number: bool) -> Iterator[str]:
        """Give the words for one value: the profile's own, then the system's."""
        own = list(self._own_words(column, reading, value))
        yield from own
        if column.kind in {Kind.REFERENCE, Kind.REFERENCES} and isinstance(value, tuple):
            yield from self._reference_names((str(value[0]), str(value[1])), reading, by_number=by_number)
        elif column.kind in {Kind.CHOICE, Kind.CHOICES} and isinstance(value, str):
            text = str(written(single(column), value, self._writing(reading)))
            yield text.lower() if self._is_low(column, reading) else text
            yield value
        elif column.kind in {Kind.BOOL, Kind.ANSWER}:
            yield str(written(column, value, self._writing(reading))).lower()
        elif column.kind is Kind.TEXT:
            yield value

    def _own_words(self, column: Column, reading: Reading, value: Any) -> Iterator[str]:
        one_of = single(column)
        for text, said in self._texts(column, reading):
            if canonical(one_of, said, reading) == value:
                yield text

    def _texts(self, column: Column, reading: Reading) -> Iterator[tuple[str, Any]]:
        """Give the profile's words of a column as they are written there, with what they mean."""
        name = "amount" if column.kind is Kind.MONEY else column.name
        tables = [self._profile.values.get(name, {})]
        tables += [one.values[name] for one in self._profile.sheets if name in one.values]
        for table in tables:
            for text, said in table.items():
                if norm(text) in reading.values and reading.values[norm(text)] == said:
                    yield text, said

    def _is_low(self, column: Column, reading: Reading) -> bool:
        words = [text for text, _ in self._texts(column, reading) if text]
        return bool(words) and all(text == text.lower() for text in words)

    def _reference_names(self, key: Key, reading: Reading, *, by_number: bool) -> Iterator[str]:
        known = self._registry.known(key)
        if known is not None:
            names: Sequence[str] = known.names[::-1] if reading.language == "sv" else known.names
            if key[0] == Entity.DECISION or by_number:
                yield from (*known.numbers, *names)
            else:
                yield from (*names, *known.numbers)
            yield from (f"{known.scope}:{text}" for text in (*known.numbers, *known.codes) if known.scope)
        yield self._labels.text(key, reading.language, reading.portfolio)

    def _writing(self, reading: Reading) -> Writing:
        return Writing(reading.language, self._labels, reading.times, reading.portfolio)


def single(column: Column) -> Column:
    """Give the column of one of those that stand side by side in a cell."""
    kinds = {Kind.CHOICES: Kind.CHOICE, Kind.REFERENCES: Kind.REFERENCE}
    return replace(column, kind=kinds[column.kind]) if column.kind in kinds else column


def section_texts(sheet: SheetProfile, level: int, name: str, digit: str) -> Iterator[str]:
    """Give the texts by which a section row may say a name, none of which would be taken for another section."""
    expression = sheet.sections[level].pattern
    texts = [name] if expression is None else [*fillings(expression, {"value": name}, digit), name]
    for text in (" ".join(one.split()) for one in texts):
        if text and section_value(sheet, text) == (level, name):
            yield text


def section_value(sheet: SheetProfile, text: str) -> tuple[int, str]:
    """Give the level of a section row and what it says, as reading takes it; level -1 for no section."""
    for level, section in enumerate(sheet.sections):
        if match := re.search(section.pattern or ANYTHING, text):
            named = match.groupdict().get("value")
            return level, text if named is None else named
    return -1, text


def _as_number(text: str) -> CellValue:
    """Give a text that is a plain whole number as a number, as people type it: "5", a year."""
    return int(text) if _WHOLE.fullmatch(text) else text


def _plain_number(number: Decimal) -> CellValue:
    return int(number) if number == number.to_integral_value() else float(number)
