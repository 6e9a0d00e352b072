"""Setting a table in type, row by row, over as many pages as it takes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bench.reading.breaking import Fragment, broken
from bench.reading.truth import Piece, Table

if TYPE_CHECKING:
    from bench.reading.setting import Setting

_PAD = 4.0


class TableSetting:
    """Sets one table, row by row, over as many pages as it takes."""

    def __init__(self, setting: Setting, table: Table, number: int, pieces: range) -> None:
        self.setting, self.table, self.number = setting, table, number
        self.cells = [(at, setting.notice.pieces[at]) for at in pieces]
        total = sum(table.widths)
        xs = [setting.style.margin]
        for width in table.widths:
            xs.append(xs[-1] + setting.width * width / total)
        self.xs = xs
        size = setting.style.cell_size
        self.leading = size * 1.45
        self.lines = {
            at: broken(cell.text, self._room(cell), 0.0, size, setting.advance)
            for at, cell in self.cells
        }
        self.heights = self._heights()
        self.begun = 0
        """The row that comes first in the piece of the table on this page."""
        self.ys: list[float] = []

    def _room(self, cell: Piece) -> float:
        return self.xs[cell.column + cell.column_span] - self.xs[cell.column] - 2 * _PAD

    def _heights(self) -> list[float]:
        rows = 1 + max(cell.row + cell.row_span - 1 for _, cell in self.cells)
        heights = [self.leading + 2 * _PAD] * rows
        for spanning in (False, True):
            for at, cell in self.cells:
                if (cell.row_span > 1) is not spanning:
                    continue
                last = cell.row + cell.row_span
                need = len(self.lines[at]) * self.leading + 2 * _PAD
                need -= sum(heights[cell.row : last - 1])
                heights[last - 1] = max(heights[last - 1], need)
        return heights

    def set(self) -> None:
        """Put the table onto the pages, in groups of rows that spans hold together."""
        self._begin()
        for first, end in self._groups():
            high = sum(self.heights[first:end])
            if self.setting.y + high > self.setting.bottom:
                room = int((self.setting.bottom - self.setting.y - 2 * _PAD) / self.leading)
                if self.setting.style.cut_rows and end - first == 1 and room >= 1:
                    self._cut(first, room)
                    continue
                self._overleaf(first)
            self._rows(first, end)
        self._rule(self.begun, len(self.heights))

    def _groups(self) -> Iterator[tuple[int, int]]:
        joined = {
            row for _, cell in self.cells for row in range(cell.row + 1, cell.row + cell.row_span)
        }
        starts = [row for row in range(len(self.heights)) if row not in joined]
        yield from zip(starts, [*starts[1:], len(self.heights)], strict=True)

    def _begin(self) -> None:
        self.setting.sheets[-1].tables.add(self.number)
        self.ys = [self.setting.y]

    def _overleaf(self, row: int) -> None:
        if row > self.begun or len(self.ys) > 1:
            self._rule(self.begun, row)
        self.setting.new_page()
        self._begin()
        self.begun = row
        if self.table.header and row >= self.table.header:
            self.begun = row - self.table.header
            self._rows(0, self.table.header)

    def _rows(self, first: int, end: int) -> None:
        ys = [self.setting.y]
        for height in self.heights[first:end]:
            ys.append(ys[-1] + height)
        for at, cell in self.cells:
            if first <= cell.row < end:
                top, bottom = ys[cell.row - first], ys[cell.row - first + cell.row_span]
                high = len(self.lines[at]) * self.leading
                self._cell(at, cell, self.lines[at], top + (bottom - top - high) / 2)
        self.ys += ys[1:]
        self.setting.y = ys[-1]

    def _cell(self, at: int, cell: Piece, lines: list[Fragment], y: float) -> None:
        size = self.setting.style.cell_size
        left = self.xs[cell.column]
        wide = self.xs[cell.column + cell.column_span] - left
        centred = self.setting.style.centred and len(lines) == 1
        for line in lines:
            x = left + (wide - line.edges[-1]) / 2 if centred else left + _PAD
            self.setting.put(at, line, x, y + self.leading * 0.75, size)
            y += self.leading

    def _cut(self, row: int, room: int) -> None:
        """A row of which only `room` lines go onto this page."""
        here = [(at, cell) for at, cell in self.cells if cell.row == row]
        top = self.setting.y
        for at, cell in here:
            self._cell(at, cell, self.lines[at][:room], top + _PAD)
        self.setting.y = top + room * self.leading + 2 * _PAD
        self.ys.append(self.setting.y)
        self._rule(self.begun, row + 1)
        self.setting.new_page()
        self._begin()
        self.begun = row
        if self.table.header and row >= self.table.header:
            self.begun = row - self.table.header
            self._rows(0, self.table.header)
        rest = max(len(self.lines[at]) for at, _ in here) - room
        for at, cell in here:
            self._cell(at, cell, self.lines[at][room:], self.setting.y + _PAD)
        self.setting.y += rest * self.leading + 2 * _PAD
        self.ys.append(self.setting.y)

    def _rule(self, first: int, end: int) -> None:
        """Draw the lines of the part of the table on this page: rows `first` to `end`."""
        if self.table.rules == "none" or len(self.ys) < 2:
            return
        shown = self._shown(first, end)
        rulings = self.setting.sheets[-1].rulings
        columns, rows = len(self.xs) - 1, len(self.ys) - 1
        for y in range(rows + 1):
            for x in range(columns):
                inside = (
                    0 < y < rows and (y - 1, x) in shown and shown.get((y, x)) == shown[y - 1, x]
                )
                if not inside:
                    rulings.append((self.xs[x], self.ys[y], self.xs[x + 1], self.ys[y]))
        if self.table.rules == "horizontal":
            return
        for x in range(columns + 1):
            for y in range(rows):
                inside = 0 < x < columns and shown.get((y, x)) == shown.get((y, x - 1))
                if not (inside and (y, x) in shown):
                    rulings.append((self.xs[x], self.ys[y], self.xs[x], self.ys[y + 1]))

    def _shown(self, first: int, end: int) -> dict[tuple[int, int], int]:
        """Which cell covers each place of the grid on this page."""
        repeated = self.table.header if first + self.table.header < end and self._repeats() else 0
        shown = {}
        for at, cell in self.cells:
            for row in range(cell.row, cell.row + cell.row_span):
                for column in range(cell.column, cell.column + cell.column_span):
                    if repeated and row < repeated:
                        shown[row, column] = at
                    if first + repeated <= row < end:
                        shown[row - first, column] = at
        return shown

    def _repeats(self) -> bool:
        return self.begun > 0
