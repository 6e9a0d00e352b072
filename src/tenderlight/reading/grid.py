"""Where a table's cells stand, with row and column spans taken into account."""

from __future__ import annotations

from dataclasses import dataclass, field

from tenderlight.reading import limits
from tenderlight.reading.writing import Line


@dataclass(slots=True)
class Cell:
    """One cell's place in its table."""

    row: int
    column: int
    row_span: int
    column_span: int


@dataclass(slots=True)
class Table:
    """A table while it is read. `busy` holds, per column, the first row that is free again.

    >>> table = Table(0)
    >>> table.next_row(); [table.next_cell(2, 1).column, table.next_cell(1, 1).column]
    [0, 1]
    >>> table.next_row(); table.next_cell(1, 1).column
    1
    """

    number: int
    row: int = -1
    column: int = 0
    cells: int = 0
    busy: list[int] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    """What was read in its own cells, without the tables inside them."""

    def next_row(self) -> None:
        """Begin a row."""
        self.row += 1
        self.column = 0

    def next_cell(self, row_span: int, column_span: int) -> Cell:
        """The place of the next cell of this row: the first column that no earlier cell covers."""
        self.row = max(self.row, 0)
        busy, column = self.busy, self.column
        while column < len(busy) and busy[column] > self.row:
            column += 1
        column = min(column, limits.COLUMNS)
        column_span = max(min(column_span, limits.COLUMNS - column), 1)
        row_span = min(row_span, limits.ROW_SPAN) or limits.ROW_SPAN
        busy.extend([0] * (column + column_span - len(busy)))
        busy[column : column + column_span] = [self.row + row_span] * column_span
        self.column = column + column_span
        self.cells += 1
        return Cell(self.row, column, row_span, column_span)

    def finish(self) -> None:
        """Let no cell span beyond the last row; a table of one cell is a frame, not a table."""
        if self.cells == 1:
            for line in self.lines:
                line.kind, line.table, line.row, line.column = "text", None, None, None
                line.row_span = line.column_span = 1
            return
        for line in self.lines:
            line.row_span = min(line.row_span, self.row + 1 - (line.row or 0))


def number_tables(lines: list[Line]) -> None:
    """Count the tables that hold text from 0, in the order in which their text begins."""
    numbers: dict[int, int] = {}
    for line in lines:
        if line.table is not None:
            line.table = numbers.setdefault(line.table, len(numbers))
