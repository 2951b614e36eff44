"""The sums of what was read, and the sheet's own totals held against them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from portfolio.core.language import N_
from portfolio.core.money import parse_money
from portfolio.core.problem import Problem
from portfolio.exchange.columns import AMOUNTS, MONEY
from portfolio.exchange.rows.headings import Heading
from portfolio.files.cells import CellValue, Sheet

DIFFERS = N_(
    'The sheet\'s own total in %(cell)s ("%(column)s") is %(total)s, but the rows that were read make %(sum)s.'
)
UNREAD_TOTAL = N_('The sheet\'s own total in %(cell)s ("%(column)s") has no value that could be compared.')
NEAR = Decimal("0.01")


def money_columns(heading: Heading) -> dict[int, str]:
    """Give the columns of money with their headings."""
    return {
        column: heading.texts[column]
        for column, field in heading.fields.items()
        if field.startswith(MONEY) or field in AMOUNTS
    }


def add_up(sheet: Sheet, heading: Heading, rows: Iterable[int]) -> dict[str, Decimal]:
    """Add up the numbers of each column of money over some rows, in the sheet's own unit."""
    numbers = list(rows)
    return {
        text: sum((_number(sheet.value(row, column)) or Decimal(0) for row in numbers), Decimal(0))
        for column, text in money_columns(heading).items()
    }


def compare_totals(sheet: Sheet, heading: Heading, rows: Iterable[int], skipped: Iterable[int]) -> Iterator[Problem]:
    """Hold each total that stands on a skipped row against what was read above it, since the last total or in all."""
    data = frozenset(rows)
    totals = frozenset(skipped)
    for column, text in money_columns(heading).items():
        whole = since = Decimal(0)
        for row in sorted(data | totals):
            number = _number(sheet.value(row, column))
            if number is None:
                if row in totals and ((row, column) in sheet.uncalculated or (row, column) in sheet.errors):
                    place = sheet.place(row, column)
                    yield Problem(UNREAD_TOTAL, {"cell": f"{place.column}{row}", "column": text}, place)
                continue
            if row in data:
                whole += number
                since += number
                continue
            nearest = min((since, whole), key=lambda one: abs(one - number))
            if abs(nearest - number) > NEAR:
                place = sheet.place(row, column)
                shown = {"cell": f"{place.column}{row}", "column": text, "total": number, "sum": nearest}
                yield Problem(DIFFERS, shown, place)
            since = Decimal(0)


def _number(value: CellValue) -> Decimal | None:
    if isinstance(value, bool) or value == "":
        return None
    if isinstance(value, float | int):
        return Decimal(str(value)).normalize() + 0
    found = parse_money(value) if isinstance(value, str) else None
    return found if isinstance(found, Decimal) else None
