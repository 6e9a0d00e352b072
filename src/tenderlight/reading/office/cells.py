"""Where the cells of a table stand, told from the edges that each row gives them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tenderlight.reading import limits
from tenderlight.reading.grid import Cell


class Edges(NamedTuple):
    """One cell as its row has it: from edge to edge, in any measure that all rows share."""

    left: int
    right: int
    merge: str = ""
    """`restart`: cells below may belong to it; `continue`: it belongs to the cell above; `gone`: it
    belongs to the cell before it, which reaches to its right edge."""


def place_cells(rows: Sequence[Sequence[Edges]], slack: int = 0) -> list[list[Cell | None]]:
    """A place for each cell; None for one that belongs to the cell above it or before it.

    Edges that no cell has are no columns. Edges at most `slack` apart are one.

    >>> rows = [[Edges(0, 4, "restart"), Edges(4, 9)], [Edges(0, 4, "continue"), Edges(4, 9)]]
    >>> [[cell and (cell.row_span, cell.column_span) for cell in row] for row in place_cells(rows)]
    [[(2, 1), (1, 1)], [None, (1, 1)]]
    """
    columns = _columns(rows, slack)
    above: dict[int, Cell] = {}
    placed: list[list[Cell | None]] = []
    for number, row in enumerate(rows):
        places: list[Cell | None] = []
        running: dict[int, Cell] = {}
        for edges in row:
            if edges.merge == "gone":
                places.append(None)
                continue
            left = min(columns[edges.left], limits.COLUMNS)
            span = max(min(columns[edges.right], limits.COLUMNS + 1) - left, 1)
            first = above.get(left)
            if edges.merge == "continue" and first is not None and first.column_span == span:
                first.row_span = number - first.row + 1
                running[left] = first
                places.append(None)
                continue
            cell = Cell(number, left, 1, span)
            if edges.merge:
                running[left] = cell
            places.append(cell)
        above = running
        placed.append(places)
    return placed


def _columns(rows: Sequence[Sequence[Edges]], slack: int) -> dict[int, int]:
    """The number of the column that begins at each edge."""
    found: dict[int, int] = {}
    number, last = -1, None
    cells = [each for row in rows for each in row if each.merge != "gone"]
    for edge in sorted({each.left for each in cells} | {each.right for each in cells}):
        if last is None or edge - last > slack:
            number, last = number + 1, edge
        found[edge] = number
    return found
