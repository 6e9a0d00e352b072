"""Tables that a page break has cut, put together again."""

from __future__ import annotations

from collections.abc import Sequence

from tenderlight.fields.shapes import Cell, Grid, Layout


def whole_tables(layout: Layout) -> list[Grid]:
    """The tables, those that a page break has cut put together again."""
    whole: list[Grid] = []
    for grid in layout.tables:
        if grid.kind == "lines":
            continue
        if whole and _goes_on(layout, whole[-1], grid):
            whole[-1] = _joined(whole[-1], grid)
        else:
            whole.append(grid)
    return whole


def _goes_on(layout: Layout, first: Grid, second: Grid) -> bool:
    """True for two tables of one width with nothing between them, the second without columns of
    its own: it goes on with values, or prints the first one's column names again.
    """
    if not (first.rows and second.rows and first.kind == second.kind == "table"):
        return False
    if 0 in second.headers and _texts(first.rows[0]) != _texts(second.rows[0]):
        return False
    same = len(first.rows[0]) == len(second.rows[0]) > 1
    return same and not layout.plain[first.end : second.start].strip()


def _joined(first: Grid, second: Grid) -> Grid:
    """One table; the names of its columns, where they are printed again, count once."""
    repeated = int(_texts(first.rows[0]) == _texts(second.rows[0]))
    by = len(first.rows) - repeated
    return Grid(
        number=first.number,
        kind=first.kind,
        rows=(*first.rows, *second.rows[repeated:]),
        headers=(*first.headers, *(n + by for n in second.headers if n >= repeated)),
        start=first.start,
        end=second.end,
        section=first.section,
    )


def _texts(row: Sequence[Cell | None]) -> list[str]:
    return [cell.plain if cell else "" for cell in row]
