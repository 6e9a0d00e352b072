"""Goods on lines of their own, cells kept apart by wide spaces, counted 1, 2, 3 at the left."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tenderlight.fields.grids import make_cell
from tenderlight.fields.items_cells import parse_quantity
from tenderlight.fields.items_columns import find_columns
from tenderlight.fields.shapes import Cell, Grid, Layout, Line

_GAP = re.compile(r"\t+| {2,}|\u3000+")
_LAST = re.compile(r"备注|说明")
"""What the last column is called where it may be empty in all rows."""
_MOST_CELLS, _MOST_ROWS, _LONGEST_LINE = 14, 2_000, 300


def find_spaced_lists(layout: Layout) -> list[Grid]:
    """Each list with its head, where every row has its number, its quantity and all columns, or
    all but 备注: there no cell is missing unseen. What the layout knows as a table is left to it.
    """
    taken = [(grid.start, grid.end) for grid in layout.tables]
    lists = []
    for number, line in enumerate(layout.lines):
        if line.block.table is not None or any(s <= line.start < e for s, e in taken):
            continue
        head = _cells(layout, line)
        columns = find_columns(head) if len(head) > 2 else None
        if columns is None or "quantity" not in columns or not head[0].plain.startswith("序"):
            continue
        rows = list(_rows(layout, number + 1, head, columns["quantity"]))
        if len(rows) > 1 and len({len(row) for row in rows}) == 1:
            lists.append(_grid(head, rows))
    return lists


def _rows(layout: Layout, first: int, head: Sequence[Cell], quantity: int) -> Iterator[list[Cell]]:
    for count, line in enumerate(layout.lines[first : first + _MOST_ROWS], 1):
        cells = list(_cells(layout, line))
        missing = head[len(cells) :]
        if not cells or len(cells) > len(head) or cells[0].plain != str(count):
            return
        if len(missing) > 1 or not all(_LAST.match(cell.plain) for cell in missing):
            return
        if len(cells) <= quantity:
            return
        if parse_quantity(cells[quantity].text)[0] is None:
            return
        yield cells


def _cells(layout: Layout, line: Line) -> list[Cell]:
    if line.end - line.start > _LONGEST_LINE:
        return []
    cells, start = [], line.start
    for gap in _GAP.finditer(layout.text, line.start, line.end):
        cells.append(make_cell(layout.text, layout.plain, start, gap.start()))
        start = gap.end()
    cells.append(make_cell(layout.text, layout.plain, start, line.end))
    return cells if 2 < len(cells) <= _MOST_CELLS else []


def _grid(head: Sequence[Cell], rows: Sequence[Sequence[Cell]]) -> Grid:
    width = len(head)
    whole = tuple((*row, *(None,) * (width - len(row))) for row in rows)
    return Grid(
        number=-1,
        kind="spaced",
        rows=(tuple(head), *whole),
        headers=(0,),
        start=head[0].start,
        end=rows[-1][-1].end,
    )
