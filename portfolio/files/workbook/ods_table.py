"""One table of an OpenDocument while it is read: what is repeated is counted, and only what holds something is kept."""

from __future__ import annotations

from portfolio.files.cells import Address, CellValue, Merged, Sheet
from portfolio.files.workbook.limits import check_reach
from portfolio.files.workbook.ods_cells import Cell


class Table:
    """Rows and cells in the order of the file; raises Refusal before anything grows beyond the limits."""

    def __init__(self, name: str, *, hidden: bool) -> None:
        """Begin a sheet."""
        self._name, self._hidden = name, hidden
        self._rows: list[list[CellValue]] = []
        self._blank_rows = 0
        self._row: list[CellValue] = []
        self._blank_cells = 0
        self._repeated = 1
        self._width = 0
        self._columns = 0
        self._hidden_columns: list[range] = []
        self._hidden_rows: list[range] = []
        self._merged: list[Merged] = []
        self._errors: dict[Address, str] = {}
        self._uncalculated: set[Address] = set()

    @property
    def height(self) -> int:
        """The number of rows read, without blank ones at the end."""
        return len(self._rows)

    def add_columns(self, repeated: int, *, hidden: bool) -> None:
        """Take note of the next columns."""
        if hidden:
            self._hidden_columns.append(range(self._columns + 1, self._columns + repeated + 1))
        self._columns += repeated

    def start_row(self, repeated: int, *, hidden: bool) -> None:
        """Begin a row that stands for so many."""
        self._row, self._blank_cells, self._repeated = [], 0, repeated
        if hidden:
            self._hidden_rows.append(range(self._number, self._number + repeated))

    def add_cell(self, cell: Cell) -> None:
        """Add a cell and those that it stands for."""
        value, error, is_uncalculated = cell.value(), cell.error, cell.is_uncalculated
        column = len(self._row) + self._blank_cells + 1
        rows, columns = cell.span
        if rows > 1 or columns > 1:
            self._merged.append(Merged((self._number, column), (self._number + rows - 1, column + columns - 1)))
        if value == "" and error is None and not is_uncalculated:
            self._blank_cells += cell.repeated
            return
        last = column + cell.repeated - 1
        if last > self._width or self._repeated > 1:
            check_reach(self._name, self._number + self._repeated - 1, last)
        self._row += [""] * self._blank_cells
        self._row += ["" if error is not None else value] * cell.repeated
        self._blank_cells = 0
        if error is not None or is_uncalculated:
            self._note(range(column, last + 1), error)

    def end_row(self) -> None:
        """End the row; it is kept once something stands in it or below."""
        if not self._row:
            self._blank_rows += self._repeated
            return
        self._width = max(self._width, len(self._row))
        check_reach(self._name, self._number + self._repeated - 1, self._width)
        self._rows += ([] for _ in range(self._blank_rows))
        self._rows += (list(self._row) for _ in range(self._repeated))
        self._blank_rows = 0

    def sheet(self) -> Sheet:
        """Give the sheet as one rectangle."""
        height = len(self._rows)
        return Sheet(
            self._name,
            [row + [""] * (self._width - len(row)) for row in self._rows],
            self._hidden,
            _within(self._hidden_rows, height),
            _within(self._hidden_columns, self._width),
            tuple(self._merged),
            self._errors,
            frozenset(self._uncalculated),
        )

    @property
    def _number(self) -> int:
        """The number of the row that is read."""
        return len(self._rows) + self._blank_rows + 1

    def _note(self, columns: range, error: str | None) -> None:
        for row in range(self._number, self._number + self._repeated):
            for column in columns:
                if error is not None:
                    self._errors[row, column] = error
                else:
                    self._uncalculated.add((row, column))


def _within(ranges: list[range], last: int) -> frozenset[int]:
    return frozenset(number for one in ranges for number in range(one.start, min(one.stop, last + 1)))
