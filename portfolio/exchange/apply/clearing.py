"""A column of which a good part is empty in the file: a person says whether that is meant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from portfolio.core.language import N_
from portfolio.core.problem import Problem
from portfolio.exchange.apply.returning import Returned
from portfolio.exchange.columns import MONEY, UNKNOWN, Entity, Key, column, money_parts
from portfolio.exchange.columns.sheets import amount_heading
from portfolio.exchange.merge import WIDE, Plan, ask_wide_clearing, is_blank

WIDE_CLEARING = N_(
    'In the column "%(column)s" %(count)s cells that held something are empty in the file. '
    "Choose whether to clear them."
)


def ask_before_clearing(found: Plan[Key], read: Returned) -> Plan[Key]:
    """Make conflicts of the cells that would empty a good part of a column, so that a person decides."""
    return ask_wide_clearing(found, _column, _Filled(read))


def wide_clearings(found: Plan[Key]) -> Iterator[Problem]:
    """Return a notice for each column of which a good part is empty in the file."""
    cells = ((row.key, cell) for row in found.rows for cell in row.cells if cell.note == WIDE)
    cleared = Counter(_column(key, cell.field) for key, cell in cells if cell.base is not UNKNOWN)
    for (entity, name, *amount), count in cleared.items():
        about = None if amount else column(Entity(entity), name)
        shown = about.heading if about else amount_heading(int(amount[0]), amount[1])
        yield Problem(WIDE_CLEARING, {"count": count, "column": shown})


def _column(key: Key, field: str) -> tuple[str, ...]:
    """Name the column in which a cell stands: the money of one year and amount is one, whatever its part and source."""
    if not field.startswith(MONEY):
        return key[0], field
    year, _, _, amount = money_parts(field)
    return key[0], MONEY, str(year), amount


class _Filled:
    """Counts the cells of a column that said something when the workbook was made, of the rows that are in it."""

    def __init__(self, read: Returned) -> None:
        self._read = read

    def __call__(self, column: Any) -> int:
        return sum(
            not is_blank(value)
            for key, fields in self._fields(column)
            for value in map(self._read.row(key).get, fields)
        )

    def _fields(self, column: tuple[str, ...]) -> Iterable[tuple[Key, list[str]]]:
        for key, record in self._read.parsed.records.items():
            if key[0] != column[0]:
                continue
            if column[1] != MONEY:
                yield key, [column[1]] if column[1] in record.cells else []
            else:
                yield key, [name for name in record.cells if name.startswith(MONEY) and _column(key, name) == column]
