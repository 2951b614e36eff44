"""Reading a table below its heading: sections, sums, ditto marks, continuations and merged cells are told apart."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from dataclasses import field as by_default

from portfolio.core.language import N_
from portfolio.core.problem import Problem
from portfolio.exchange.columns import AMOUNTS, MONEY, Registry, as_text, norm
from portfolio.exchange.columns.identity import ID, VERSION
from portfolio.exchange.profile import END, START, SheetProfile
from portfolio.exchange.rows.headings import Heading, required_fields
from portfolio.exchange.rows.model import Fault, RawCell, RawRow
from portfolio.exchange.rows.sections import Sections
from portfolio.exchange.rows.split import split_cells
from portfolio.files.cells import CellValue, Sheet

NOTHING_ABOVE = N_("The mark means the same as above, but there is nothing above it.")
DITTO_HERE = N_("The cell says the same as above. Write the value out in this column.")
CONTINUATION = N_(
    "The row goes on with the one above it, but this column cannot be continued. Fill the row or empty it."
)
LEFT_BELOW = N_("Nothing was read from row %(first)s to row %(last)s, below the table.")
STRAY_ROW = N_("Row %(row)s was left out: it has text only beside the columns that are read.")

DITTO = frozenset({'"', "″", "”", "''", '-"-', "-″-", "-”-", '- " -', '–"–', "–”–", "〃"})


@dataclass(slots=True)
class TableRows:
    """What stands below a heading: rows of data, rows that are no data by number, and what is wrong."""

    rows: list[RawRow] = by_default(default_factory=list)
    skipped: list[int] = by_default(default_factory=list)
    faults: list[Fault] = by_default(default_factory=list)
    notices: list[Problem] = by_default(default_factory=list)


def read_table(
    sheet: Sheet, profile: SheetProfile, heading: Heading, registry: Registry, *, sent: bool = False
) -> TableRows:
    """Read every row below the heading; ``registry`` gives the names that an unknown section may have meant.

    ``sent``: we wrote the workbook ourselves, so a row that says who it is says all of itself.
    """
    return _Table(sheet, profile, heading, registry, sent=sent).read()


class _Table:
    """One pass over the rows, top-down, with what the rows above gave."""

    def __init__(
        self, sheet: Sheet, profile: SheetProfile, heading: Heading, registry: Registry, *, sent: bool
    ) -> None:
        self._sent = sent
        self._token = heading.columns.get(ID)
        self._sheet = sheet
        self._profile = profile
        self._heading = heading
        self._found = TableRows()
        self._above: dict[str, RawCell] = {}
        self._skipped = [re.compile(one) for one in profile.skip.patterns]
        self._until = re.compile(profile.skip.until) if profile.skip.until else None
        mark = profile.continuation.mark if profile.continuation else None
        self._mark = re.compile(mark) if mark else None
        self._constants = {name: RawCell(value, 0, None) for name, value in profile.constants.items()}
        self._repeated = self._heading_rows()
        self._first_of_merged = self._merged_downwards()
        troubled = [*sheet.errors, *sheet.uncalculated]
        self._troubled = {row: {column for at, column in troubled if at == row} for row, _ in troubled}
        identity = profile.identity.fields if profile.identity else ()
        self._needed = {*required_fields(profile), *identity} & set(heading.fields.values())
        lone = {row: filled[0] for row in range(1, len(sheet.rows) + 1) if len(filled := self._filled(row)) == 1}
        self._sections = Sections(sheet, profile, heading, registry, lone)
        self._money = {column for column, name in heading.fields.items() if name.startswith(MONEY) or name in AMOUNTS}

    def read(self) -> TableRows:
        for row in range(1, self._heading.first_row):  # a section may begin above the heading
            filled = self._filled(row)
            if len(filled) == 1:
                self._sections.start(row, filled[0], said=True)
        blank = 0
        for row in range(self._heading.last_row + 1, len(self._sheet.rows) + 1):
            filled = self._filled(row)
            if not filled:
                blank += 1
            elif self._ends_before(row, filled, blank):
                self._found.notices.append(
                    Problem(LEFT_BELOW, {"first": row, "last": self._last_filled()}, self._sheet.place(row))
                )
                break
            else:
                blank = 0
                self._take(row, filled)
        return self._found

    def _take(self, row: int, filled: list[int]) -> None:
        text = self._text(row, filled[0])
        if self._says_who(row):
            self._read_row(row, filled)
        elif any(one.search(text) for one in self._skipped) or self._is_sum(filled):
            self._found.skipped.append(row)
        elif not (self._is_heading_again(row, filled) or self._starts_section(row, filled)):
            self._read_row(row, filled)

    def _ends_before(self, row: int, filled: list[int], blank: int) -> bool:
        """Tell whether the table ended above: the row says so, or so many blank rows stand before it."""
        skip = self._profile.skip
        if self._says_who(row):
            return False
        if skip.blank_rows is not None and blank >= skip.blank_rows and self._found.rows:
            return True
        return self._until is not None and self._until.search(self._text(row, filled[0])) is not None

    def _says_who(self, row: int) -> bool:
        """Tell whether a row of ours says which item it is: then it is data, whatever its texts look like."""
        text = norm(self._text(row, self._token)) if self._token else ""
        return text not in {"", ID}

    def _last_filled(self) -> int:
        return max(row for row in range(1, len(self._sheet.rows) + 1) if self._filled(row))

    def _is_sum(self, filled: list[int]) -> bool:
        return self._profile.skip.only_money and self._money.issuperset(filled)

    def _filled(self, row: int) -> list[int]:
        cells = self._sheet.rows[row - 1]
        filled = [
            column
            for column, value in enumerate(cells, start=1)
            if value != "" and not (isinstance(value, str) and not value.strip())
        ]
        return sorted({*filled, *self._troubled[row]}) if row in self._troubled else filled

    def _text(self, row: int, column: int) -> str:
        return " ".join(as_text(self._sheet.value(row, column), "fi").split())

    def _is_heading_again(self, row: int, filled: list[int]) -> bool:
        """Tell whether the heading, or one of its rows, stands here once more."""
        first = norm(self._text(row, filled[0]))
        if len(filled) == 1 or all(heading.get(filled[0]) != first for heading in self._repeated):
            return False
        texts = {column: norm(self._text(row, column)) for column in filled}
        return any(texts.items() <= heading.items() for heading in self._repeated)

    def _heading_rows(self) -> list[dict[int, str]]:
        rows = range(self._heading.first_row, self._heading.last_row + 1)
        width = self._sheet.width
        return [
            {column: norm(as_text(self._sheet.value(row, column), "fi")) for column in range(1, width + 1)}
            for row in rows
        ]

    def _starts_section(self, row: int, filled: list[int]) -> bool:
        """Take up a section, known or not, when the row is one."""
        if len(filled) != 1:
            return False
        column = filled[0]
        if not self._sections.start(row, column):
            if self._is_short_row(column) or not self._sections.looks_like_one(row, column):
                return False
            self._found.faults.append(self._sections.start_unknown(row, column))
        self._above.clear()
        return True

    def _is_short_row(self, column: int) -> bool:
        """Tell whether a row with this cell alone may be a whole row of data, or go on with the one above it."""
        field = self._heading.fields.get(column)
        if field is None:
            return False
        return self._needed <= {field} or (self._profile.continuation is not None and field not in self._needed)

    def _read_row(self, row: int, filled: list[int]) -> None:
        cells: dict[str, RawCell] = {}
        for column, name in self._heading.fields.items():
            value = self._sheet.value(row, column)
            if value == "" and (row, column) in self._first_of_merged:
                value = self._first_of_merged[row, column]
            cells[name] = RawCell(value, row, column)
        token, version = cells.pop(ID, None), cells.pop(VERSION, None)
        knows = self._says_who(row)
        own = {name for name in cells if cells[name].column in filled}
        _join_time(self._sheet, cells)
        if not own and not knows:
            self._found.notices.append(Problem(STRAY_ROW, {"row": row}, self._sheet.place(row)))
        elif self._found.rows and not knows and (more := self._going_on(cells, own)) is not None:
            self._continue(cells, more)
        else:
            returns = self._sent and knows
            if not returns:
                self._fill_down(row, cells)
            given = {**({} if returns else self._constants), **self._sections.cells, **cells}
            whole, faults = split_cells(self._sheet, self._profile, given)
            self._found.faults += [replace(fault, row=(self._sheet.name, row)) for fault in faults]
            who = (token, version) if knows else (None, None)
            self._found.rows.append(RawRow(self._sheet, self._profile, row, whole, self._sections.unknown, *who))

    def _going_on(self, cells: dict[str, RawCell], own: set[str]) -> set[str] | None:
        """Give the fields by which a row lengthens the record above; None for a row of its own.

        Where it says that it goes on, it may say once more what the row above says already.
        """
        if self._profile.continuation is None:
            return None
        if not own & self._needed:
            return own
        if self._mark is None:
            return None
        marked = {name for name in own & self._needed if self._mark.search(as_text(cells[name].value, "fi"))}
        above = self._found.rows[-1].cells
        again = {name for name in own if name in above and above[name].value == cells[name].value}
        more = own - marked - again
        return more if marked and not more & self._needed else None

    def _continue(self, cells: dict[str, RawCell], own: set[str]) -> None:
        """Lengthen the record above by the texts of this row."""
        allowed = self._profile.continuation.append if self._profile.continuation else ()
        above = self._found.rows[-1]
        for name in sorted(own):
            cell = cells[name]
            if name not in allowed:
                problem = Problem(CONTINUATION, {}, self._sheet.place(cell.row, cell.column))
                self._found.faults.append(Fault(problem, cell.value, (self._sheet.name, above.row)))
                continue
            first = above.cells.get(name, cell)
            texts = (as_text(first.value, "fi"), as_text(cell.value, "fi")) if first is not cell else (cell.value,)
            above.cells[name] = replace(first, value="\n".join(text for text in texts if text))

    def _fill_down(self, row: int, cells: dict[str, RawCell]) -> None:
        for name, cell in cells.items():
            is_ditto = isinstance(cell.value, str) and cell.value.strip() in DITTO
            fills = name in self._profile.fill_down
            if is_ditto and not (fills and name in self._above):
                problem = Problem(NOTHING_ABOVE if fills else DITTO_HERE, {}, self._sheet.place(row, cell.column))
                self._found.faults.append(Fault(problem, cell.value, (self._sheet.name, row)))
                cells[name] = replace(cell, value="")
            elif fills and (is_ditto or cell.value == "") and name in self._above:
                cells[name] = replace(cell, value=self._above[name].value)
            elif fills and cell.value != "":
                self._above[name] = cell

    def _merged_downwards(self) -> dict[tuple[int, int], CellValue]:
        """Give each cell below the first of a range merged over rows the value of the first."""
        return {
            (row, merged.first[1]): self._sheet.value(*merged.first)
            for merged in self._sheet.merged
            if merged.first[0] > self._heading.last_row
            for row in range(merged.first[0] + 1, min(merged.last[0], len(self._sheet.rows)) + 1)
        }


def _join_time(sheet: Sheet, cells: dict[str, RawCell]) -> None:
    """Make the two ends of a time one cell of words, such as "1.3.2024–2026"; one end alone is "2024–" or "–2026"."""
    start, end = cells.pop(START, None), cells.pop(END, None)
    if start is None and end is None:
        return
    ends = [one for one in (start, end) if one]
    unread = next((one for one in ends if _is_unread(sheet, one)), None)
    texts = [as_text(one.value, "fi").strip() if one else "" for one in (start, end)]
    words = "–".join(texts) if any(texts) else ""
    if texts[0] == texts[1]:
        words = texts[0]
    shown = unread or next((one for one in ends if one.value != ""), ends[0])
    cells["timespan"] = replace(shown, value="" if unread else words)


def _is_unread(sheet: Sheet, cell: RawCell) -> bool:
    """Tell whether a cell shows an error, or a formula that has no result."""
    at = (cell.row, cell.column or 0)
    return at in sheet.errors or at in sheet.uncalculated
