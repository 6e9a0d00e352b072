"""Rows that a table's rulings leave out: borders between its columns, none between its rows."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from tenderlight.reading.grid import Cell
from tenderlight.reading.pages.grids import Grid
from tenderlight.reading.pages.gutters import Columns
from tenderlight.reading.pages.page import Page
from tenderlight.reading.pages.text_rows import text_rows
from tenderlight.reading.pages.words import WordLine, word_lines

_DRAWN_ROWS = 3
"""A table with more rows drawn has all of them drawn; this is a head, a body, and a sum."""
_ROWS = 3
_WIDE = 3
"""With more columns than this two rows are enough."""
_FILLED = 0.8


def part_rows(page: Page, grid: Grid) -> Grid:
    """The same table, its body parted into the rows that its words stand in.

    Only where there are several such rows and nearly every cell of them is filled.
    """
    if len(grid.ys) - 1 > _DRAWN_ROWS or len(grid.xs) < 3:
        return grid
    rows: list[list[float]] = []
    for number, (top, bottom) in enumerate(pairwise(grid.ys)):
        whole = any(cell.row_span > 1 or cell.column_span > 1 for cell in grid.cells[number])
        rows.append([] if whole else _borders(page, grid, top, bottom))
    return _parted(grid, rows) if any(rows) else grid


def _borders(page: Page, grid: Grid, top: float, bottom: float) -> list[float]:
    """The heights at which one row of a grid has to be parted."""
    left, right = grid.xs[0], grid.xs[-1]
    lines = word_lines(
        c
        for c in page.characters
        if top < (c.top + c.bottom) / 2 < bottom and left < (c.x0 + c.x1) / 2 < right
    )
    if len(lines) < 2:
        return []
    columns = Columns(tuple(lines), _spans(lines, grid.xs))
    parted = text_rows(columns)
    filled = sum(len(row.cells) for row in parted)
    begun = sum(0 in row.cells for row in parted)
    wide = len(columns.spans) > _WIDE
    if len(parted) < _ROWS - wide or begun < 0.9 * len(parted):
        return []
    if filled < _FILLED * len(parted) * len(columns.spans):
        return []
    return [(one.bottom + other.top) / 2 for one, other in pairwise(parted)]


def _spans(lines: Sequence[WordLine], xs: Sequence[float]) -> tuple[tuple[float, float], ...]:
    """What the words in each column take of its width, from its left border on."""
    words = [word for line in lines for word in line.words]
    spans = []
    for left, right in pairwise(xs):
        inside = [word for word in words if left <= word.x0 < right]
        start = min((word.x0 for word in inside), default=left)
        spans.append((left, left + max((word.x1 - start for word in inside), default=0.0)))
    return tuple(spans)


def _parted(grid: Grid, borders: Sequence[Sequence[float]]) -> Grid:
    ys = sorted({*grid.ys, *(y for row in borders for y in row)})
    cells: list[tuple[Cell, ...]] = []
    for number, row in enumerate(grid.cells):
        count = len(borders[number]) + 1
        if count > 1:
            start = len(cells)
            width = range(len(row))
            cells += [tuple(Cell(start + n, c, 1, 1) for c in width) for n in range(count)]
        else:
            cells.append(tuple(_moved(cell, number, len(cells)) for cell in row))
    return Grid(grid.xs, tuple(ys), tuple(cells))


def _moved(cell: Cell, row: int, at: int) -> Cell:
    return Cell(at - (row - cell.row), cell.column, cell.row_span, cell.column_span)
