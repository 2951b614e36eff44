"""The budget sheet: a row is an initiative's money of one part and source, its cells are fields of the initiative."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from portfolio.core.language import N_
from portfolio.core.problem import Problem
from portfolio.exchange.columns import MONEY, Entity, Key, Reading, as_text, money_parts
from portfolio.exchange.columns.identity import ID
from portfolio.exchange.columns.sheets import CODE, TITLE
from portfolio.exchange.columns.writing import Writing
from portfolio.exchange.rows.model import Parsed, Record
from portfolio.exchange.rows.own.cells import Line, OwnCells
from portfolio.exchange.rows.own.sheet import OwnSheetRows
from portfolio.exchange.rows.own.values import Lines, read_column
from portfolio.exchange.rows.typed import INCOMPLETE_LINE

NO_ITEM = N_("The row does not say whose money it is. Write the item's code or title.")
SAME_LINE = N_(
    "Row %(row)s holds the same item, budget part and funding source, and other amounts. Put them on one row."
)
SAME_LINE_ALIKE = N_("The row holds the same item, budget part and funding source as row %(row)s: it was read once.")
MOVED_LINE = N_(
    "The item's money of %(part)s, %(source)s is not in the file any more and stays as it is. "
    "To remove it, put its row back and empty the amounts."
)

PART, SOURCE = "part", "source"


class _Seen(NamedTuple):
    row: int
    amounts: dict[str, Any]


def read_budget(rows: OwnSheetRows, parsed: Parsed, reading: Reading, writing: Writing) -> dict[str, Decimal]:
    """Add the money of each row to its initiative's record, which the row makes when no other sheet did.

    Gives the sum of each amount's column.
    """
    return _Budget(rows, parsed, reading, writing).read()


class _Budget:
    def __init__(self, rows: OwnSheetRows, parsed: Parsed, reading: Reading, writing: Writing) -> None:
        self._rows = rows
        self._parsed = parsed
        self._records = parsed.records
        self._reading = reading
        self._writing = writing
        self._amounts = rows.amounts()
        self._lines = Lines(self._amounts, rows.found.missing, reading, writing)
        self._fields: dict[tuple[str, str], dict[str, str]] = {}
        self._places: dict[tuple[str, str], dict[str, int]] = {}
        self._seen: dict[tuple[Key, str, str], _Seen] = {}
        self._totals: dict[str, Decimal] = dict.fromkeys(self._amounts, Decimal(0))

    def read(self) -> dict[str, Decimal]:
        rows = self._rows
        self._name_new_rows()
        parts, sources = (self._told(key) for key in (PART, SOURCE))
        raws = {key: rows.raws(key) for key in self._amounts}
        comments = rows.comments()
        for number, (row, key) in enumerate(zip(rows.rows, rows.keys, strict=True)):
            if key is None:
                continue
            cells = {name: column[number] for name, column in raws.items()}
            part, source = parts[number], sources[number]
            if isinstance(part, Problem) or isinstance(source, Problem):
                rows.passed += len(cells)
                continue
            if part is None or source is None:
                if any(cell != "" for cell in cells.values()):
                    rows.fault(row, PART if part is None else SOURCE, Problem(INCOMPLETE_LINE))
                rows.passed += len(cells)
                continue
            self._read_row(row, key, cells, (part, source[1]), comments.get(row))
        rows.notices += self._moved()
        return self._totals

    def _told(self, key: str) -> list[Any]:
        """Type the part or source of each row; there is no base for what tells which row it is."""
        rows = self._rows
        if key not in rows.fields:
            return [None] * len(rows.rows)
        values = read_column(rows.fields[key][1], rows.raws(key), [None] * len(rows.rows), self._reading, self._writing)
        rows.trouble(values, key)
        for row, value in zip(rows.rows, values, strict=True):
            if isinstance(value, Problem):
                rows.fault(row, key, value)
        return values

    def _name_new_rows(self) -> None:
        """Find whose money a row without identity is, by the code or title that a person wrote."""
        rows, around = self._rows, self._rows.surroundings
        codes, titles = rows.raws(CODE), rows.raws(TITLE)
        left: list[int] = []
        for number, key in enumerate(rows.keys):
            if key is not None:
                continue
            text = next((as_text(raw, "fi").strip() for raw in (codes[number], titles[number]) if raw != ""), "")
            found = around.registry.find(Entity.INITIATIVE, text) if text else Problem(NO_ITEM)
            if not text and all(rows.raws(name)[number] == "" for name in self._amounts):
                left.append(number)
            elif isinstance(found, Problem):
                rows.refuse(rows.rows[number], found, CODE if codes[number] != "" else ID, text)
                left.append(number)
            else:
                rows.keys[number] = found
        rows.leave_out(left)

    def _read_row(
        self, row: int, key: Key, cells: Mapping[str, Any], line: tuple[str, str], comment: str | None
    ) -> None:
        rows = self._rows
        if line not in self._fields:
            self._fields[line] = self._lines.fields(*line)
            self._places[line] = {field: rows.found.columns[name] for name, field in self._fields[line].items()}
        fields = self._fields[line]
        values = self._lines.read(cells, fields, rows.surroundings.base(key))
        for name, field in fields.items():
            if problem := rows.troubled.get((row, rows.found.columns[name])):
                values[field] = problem
            if isinstance(values[field], Problem):
                rows.fault(row, name, values[field])
            elif isinstance(values[field], Decimal):
                self._totals[name] += values[field]
        if self._is_second(row, key, line, values):
            rows.passed += len(values)
            return
        self._add(row, key, Line(rows.sheet, row, self._places[line]), values, comment)

    def _is_second(self, row: int, key: Key, line: tuple[str, str], values: dict[str, Any]) -> bool:
        first = self._seen.setdefault((key, *line), _Seen(row, values))
        if first.row == row:
            return False
        if first.amounts == values or all(value is None for value in values.values()):
            self._rows.notices.append(Problem(SAME_LINE_ALIKE, {"row": first.row}, self._rows.place(row, ID)))
        else:
            self._rows.fault(row, ID, Problem(SAME_LINE, {"row": first.row}))
            self._rows.fault(first.row, ID, Problem(SAME_LINE, {"row": row}))
        return True

    def _add(self, row: int, key: Key, line: Line, values: dict[str, Any], comment: str | None) -> None:
        place = (self._rows.sheet.name, row)
        record = self._records.get(key)
        if record is None:
            portfolio = self._rows.surroundings.portfolio_of.get(key, "")
            cells = OwnCells(values, line)
            self._records[key] = Record(key, Entity.INITIATIVE, portfolio, "", [place], cells, comment=comment)
            self._parsed.lone.add(key)
            return
        record.rows.append(place)
        if isinstance(record.cells, OwnCells):
            record.cells.typed.update(values)
            record.cells.lines.append(line)
        if comment:
            record.comment = f"{record.comment}\n{comment}" if record.comment else comment

    def _moved(self) -> Iterator[Problem]:
        """Tell of lines that are not in the file while their item has new ones: a part or source was changed."""
        lines: dict[Key, set[tuple[str, str]]] = defaultdict(set)
        for key, part, source in self._seen:
            lines[key].add((part, source))
        for key, there in lines.items():
            base = self._rows.surroundings.base(key)
            money = (name for name, value in base.items() if name.startswith(MONEY) and value is not None)
            before = {money_parts(name)[1:3] for name in money}
            if there <= before or not before - there:
                continue
            row = min(self._seen[key, *line].row for line in there - before)
            for part, source in sorted(before - there):
                label = self._rows.surroundings.registry.label((Entity.SOURCE, source))
                shown = {"part": Problem(_PARTS[part]), "source": label}
                yield Problem(MOVED_LINE, shown, self._rows.place(row, PART))


_PARTS = {"operating": N_("Operating budget"), "investment": N_("Investments")}
