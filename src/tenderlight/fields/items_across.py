"""Tables of items that lie on their side: attributes down, one item to a column."""

from __future__ import annotations

from collections.abc import Sequence

from tenderlight.fields.items_columns import column_of, find_columns
from tenderlight.fields.shapes import Cell

_MOST_DOWN = 40
_MOST_ACROSS = 60

Rows = Sequence[Sequence[Cell | None]]


def turn(rows: Rows) -> Rows:
    """The rows with the names of their columns on top: turned where those stand at the left.

    `| 名称 | 甲 |` over `| 数量 | 1 |` becomes `| 名称 | 数量 |` over `| 甲 | 1 |`.
    """
    if not 2 <= len(rows) <= _MOST_DOWN or not 2 <= len(rows[0]) <= _MOST_ACROSS:
        return rows
    left = [row[0] for row in rows]
    if sum(bool(cell and column_of(cell.plain)) for cell in left) < 2:
        return rows
    if any(find_columns(row) for row in rows) or find_columns(left) is None:
        return rows
    if any(cell and column_of(cell.plain) for row in rows for cell in row[2:]):
        return rows
    return _sides(rows)


def _sides(rows: Rows) -> Rows:
    """The columns as rows; a cell that spans columns stands once."""
    width = max(len(row) for row in rows)
    turned: list[tuple[Cell | None, ...]] = []
    for place in range(width):
        turned.append(tuple(row[place] if place < len(row) else None for row in rows))
    return turned
