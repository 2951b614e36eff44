"""The cells of one column, typed: what stands as it was written means what it meant, all else is read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from portfolio.core.problem import Problem
from portfolio.core.timespan import Timespan
from portfolio.exchange.columns import UNKNOWN, Column, Kind, Reading, money_field, normalise
from portfolio.exchange.columns.sheets import amount_parts
from portfolio.exchange.columns.writing import Writing, read_line, says, writer_of, written_line
from portfolio.exchange.rows.trouble import clears
from portfolio.files.cells import CellValue


def read_column(
    column: Column, raws: Sequence[CellValue], bases: Sequence[Any], reading: Reading, writing: Writing
) -> list[Any]:
    """Type the cells of one column, each beside what the workbook was made from there (None where nothing was).

    What was written for the base value is the base value itself: it is neither read nor compared again. Cells that say
    the same are read once.
    """
    write = writer_of(column, writing)
    is_text = column.kind is Kind.TEXT
    memory: dict[Any, Any] = {}
    found: list[Any] = []
    for raw, base in zip(raws, bases, strict=True):
        if raw == "":
            found.append(None if base is None or write(base) not in ("", None) else base)
        elif base is not None and (raw == base if is_text else raw == write(base)):
            found.append(base)
        else:
            known = raw if raw.__class__ is str else (raw.__class__, raw)
            if known not in memory:
                memory[known] = None if clears(raw) else normalise(column, raw, reading)
            found.append(_settled(column, raw, memory[known], base, writing))
    return found


def _settled(column: Column, raw: CellValue, value: Any, base: Any, writing: Writing) -> Any:
    """Give the base where a cell says no other than it did, in other types or spaces, or by the same time words."""
    if base is None or value == base:
        return value if base is None else base
    if isinstance(value, Timespan) and isinstance(base, Timespan) and value.words == base.words:
        return base
    return base if says(column, raw, base, writing) else value


class Lines:
    """Reads rows of the budget sheet: the amounts of each year make a line, in which a blank beside a sum is unknown.

    ``columns`` are the amounts' columns by key; ``missing`` those of the workbook that are not there any more.
    """

    def __init__(
        self, columns: Mapping[str, Column], missing: frozenset[str], reading: Reading, writing: Writing
    ) -> None:
        self._columns = columns
        self._reading = reading
        self._writing = writing
        self._years: dict[int, list[tuple[str, str]]] = {}
        self._torn = {parts[0] for key in missing if (parts := amount_parts(key))}
        self._memory: dict[Any, Any] = {}
        for key in columns:
            if parts := amount_parts(key):
                self._years.setdefault(parts[0], []).append((parts[1], key))

    def fields(self, part: str, source: str) -> dict[str, str]:
        """Name the field of each column on the rows of one part and source."""
        return {
            key: money_field(year, part, source, amount) for year, pairs in self._years.items() for amount, key in pairs
        }

    def read(self, raws: Mapping[str, CellValue], fields: Mapping[str, str], base: Mapping[str, Any]) -> dict[str, Any]:
        """Type the amounts of one row by their fields."""
        found: dict[str, Any] = {}
        for year, pairs in self._years.items():
            before = {amount: value for amount, key in pairs if (value := base.get(fields[key])) is not None}
            cells = {amount: raws[key] for amount, key in pairs}
            if not before and all(cell == "" for cell in cells.values()):
                found.update((fields[key], None) for _, key in pairs)
                continue
            if before and cells == {name: written_line(before, self._writing).get(name, "") for name in cells}:
                found.update((fields[key], before.get(amount)) for amount, key in pairs)
                continue
            line = self._line(year, cells, before)
            found.update((fields[key], line[amount]) for amount, key in pairs)
        return found

    def _line(self, year: int, cells: Mapping[str, CellValue], before: Mapping[str, Any]) -> dict[str, Any]:
        typed = {amount: self._amount(amount, cell, year) for amount, cell in cells.items()}
        sound = {amount: value for amount, value in typed.items() if not isinstance(value, Problem)}
        if year in self._torn and all(value is None for value in sound.values()):
            return {**typed, **{name: UNKNOWN for name in sound if before.get(name) is UNKNOWN}}
        line = {**typed, **read_line(sound)}
        if len(sound) < len(typed):  # of a line that cannot be read whole, what nobody touched says what it said
            was = written_line(before, self._writing)
            line |= {name: before.get(name) for name in sound if cells[name] == was.get(name, "")}
        return line

    def _amount(self, amount: str, cell: CellValue, year: int) -> Any:
        if cell == "":
            return None
        known = (cell.__class__, cell)
        if known not in self._memory:
            column = next(self._columns[key] for name, key in self._years[year] if name == amount)
            self._memory[known] = None if clears(cell) else normalise(column, cell, self._reading)
        return self._memory[known]


def problems_in(values: Sequence[Any]) -> Iterator[int]:
    """Give the places of what could not be read."""
    return (number for number, value in enumerate(values) if isinstance(value, Problem))
