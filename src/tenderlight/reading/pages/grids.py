"""The tables that a page's rulings draw: a grid of units, joined where no line parts them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise

from tenderlight.reading import limits
from tenderlight.reading.grid import Cell
from tenderlight.reading.pages.page import Ruling

_SNAP = 2.5
"""Points: rulings nearer to each other are one; double borders are 1 to 2 points apart."""
_OPEN = 8.0
"""Points: rulings that reach farther beyond the last border enclose a row or column of cells."""
_LINE = 22.0
"""Points: boxes in one row that are no higher stand around words inside a line of text."""
_GAP = 3.5
"""Points: pieces of a ruling that are nearer are one; the gaps of dashed borders are 2 to 3."""


@dataclass(frozen=True, slots=True)
class Grid:
    """One ruled table: the places of its columns and rows, and the cell of each unit."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[tuple[Cell, ...], ...]
    """By row and column; a cell that spans several units stands in all of them."""
    spans: tuple[tuple[float, float], ...] = ()
    """Of a table without borders: what the words of each column take of the page's width."""

    @property
    def drawn(self) -> bool:
        """Whether it has borders; else its columns are known by their words only."""
        return not self.spans

    def cell_at(self, x: float, y: float) -> Cell | None:
        """The cell around a point, None outside the table."""
        column, row = bisect_right(self.xs, x) - 1, bisect_right(self.ys, y) - 1
        if 0 <= column < len(self.xs) - 1 and 0 <= row < len(self.ys) - 1:
            return self.cells[row][column]
        return None


@dataclass(frozen=True, slots=True)
class Edge:
    """A straight border: where it runs (`at`), and from where to where along the other axis."""

    at: float
    start: float
    end: float


def flat_edges(rulings: Iterable[Ruling]) -> list[Edge]:
    """The horizontal rulings, pieces of one line joined, from top to bottom.

    >>> flat_edges([Ruling(0, 9, 40, 9), Ruling(40, 9, 90, 9)])
    [Edge(at=9.0, start=0, end=90)]
    """
    return _merge(Edge(line.top, line.x0, line.x1) for line in rulings if line.top == line.bottom)


def find_grids(rulings: Iterable[Ruling]) -> tuple[Grid, ...]:
    """The ruled tables of a page from top to bottom. A box of one cell is a frame, no table.

    >>> lines = [Ruling(0, y, 90, y) for y in (0, 20, 40)]
    >>> lines += [Ruling(x, 0, x, 40) for x in (0, 30, 90)]
    >>> [grid.cell_at(50, 30) for grid in find_grids(lines)]
    [Cell(row=1, column=1, row_span=1, column_span=1)]

    Pages with so many rulings that they are drawings, not tables, have none.
    """
    lines = tuple(rulings)
    across = flat_edges(lines)
    down = _merge(Edge(line.x0, line.top, line.bottom) for line in lines if line.top != line.bottom)
    if len(across) * len(down) > limits.CROSSINGS:
        return ()
    grids = (_grid(*_closed(*part)) for part in _connected(across, down))
    return tuple(
        sorted((grid for grid in grids if grid), key=lambda grid: (grid.ys[0], grid.xs[0]))
    )


def _merge(edges: Iterable[Edge]) -> list[Edge]:
    """One edge for all that run along the same line and touch."""
    merged: list[Edge] = []
    for level in _levels(edges):
        at = sum(edge.at for edge in level) / len(level)
        start, end = None, 0.0
        for edge in sorted(level, key=lambda edge: edge.start):
            if start is not None and edge.start > end + _GAP:
                merged.append(Edge(at, start, end))
                start = None
            if start is None:
                start, end = edge.start, edge.end
            end = max(end, edge.end)
        if start is not None:
            merged.append(Edge(at, start, end))
    return merged


def _levels(edges: Iterable[Edge]) -> list[list[Edge]]:
    levels: list[list[Edge]] = []
    for edge in sorted(edges, key=lambda edge: edge.at):
        if levels and edge.at - levels[-1][0].at <= _SNAP:
            levels[-1].append(edge)
        else:
            levels.append([edge])
    return levels


def _connected(across: list[Edge], down: list[Edge]) -> list[tuple[list[Edge], list[Edge]]]:
    """Groups of horizontal and vertical edges that meet."""
    join, name = _groups(len(across) + len(down))
    for i, flat in enumerate(across):
        for j, upright in enumerate(down):
            if (
                flat.start - _GAP <= upright.at <= flat.end + _GAP
                and upright.start - _GAP <= flat.at <= upright.end + _GAP
            ):
                join(i, len(across) + j)
    groups: dict[int, tuple[list[Edge], list[Edge]]] = {}
    for i, edge in enumerate(across):
        groups.setdefault(name(i), ([], []))[0].append(edge)
    for j, edge in enumerate(down):
        groups.setdefault(name(len(across) + j), ([], []))[1].append(edge)
    return list(groups.values())


def _groups(size: int) -> tuple[Callable[[int, int], None], Callable[[int], int]]:
    """Union and find over the numbers below `size`; a group is named by its smallest number."""
    parents = list(range(size))

    def name(member: int) -> int:
        while parents[member] != member:
            parents[member] = parents[parents[member]]
            member = parents[member]
        return member

    def join(one: int, other: int) -> None:
        one, other = sorted((name(one), name(other)))
        parents[other] = one

    return join, name


def _closed(across: list[Edge], down: list[Edge]) -> tuple[list[Edge], list[Edge]]:
    """The same with borders where a table is open: its rulings all end there, and none is drawn."""
    return [*across, *_missing(down, across)], [*down, *_missing(across, down)]


def _missing(edges: list[Edge], crossing: list[Edge]) -> list[Edge]:
    """Borders across the ends of edges that reach beyond the first or last one crossing them."""
    if not edges or not crossing:
        return []
    low, high = min(edge.at for edge in crossing), max(edge.at for edge in crossing)
    ends = _levels(Edge(edge.start, edge.at, edge.at) for edge in edges if edge.start < low - _OPEN)
    ends += _levels(Edge(edge.end, edge.at, edge.at) for edge in edges if edge.end > high + _OPEN)
    return [
        Edge(level[0].at, min(end.start for end in level), max(end.end for end in level))
        for level in ends
        if len(level) > 1
    ]


def _grid(across: list[Edge], down: list[Edge]) -> Grid | None:
    xs = tuple(sorted({edge.at for edge in down}))
    ys = tuple(sorted({edge.at for edge in across}))
    rows, columns = len(ys) - 1, len(xs) - 1
    if rows < 1 or columns < 1 or not 1 < rows * columns <= limits.CROSSINGS:
        return None
    if rows == 1 and ys[1] - ys[0] < _LINE:
        return None
    parted_below = _covered(across, ys, xs)
    parted_right = _covered(down, xs, ys)
    join, name = _groups(rows * columns)
    for row in range(rows):
        for column in range(columns):
            unit = row * columns + column
            if column + 1 < columns and (column + 1, row) not in parted_right:
                join(unit, unit + 1)
            if row + 1 < rows and (row + 1, column) not in parted_below:
                join(unit, unit + columns)
    names = [name(unit) for unit in range(rows * columns)]
    if len(set(names)) == 1:
        return None
    cells = _cells(names, columns)
    by_row = tuple(
        tuple(cells[names[row * columns + column]] for column in range(columns))
        for row in range(rows)
    )
    return Grid(xs, ys, by_row)


def _covered(
    edges: list[Edge], levels: tuple[float, ...], along: tuple[float, ...]
) -> set[tuple[int, int]]:
    """Which units an edge passes: its level's number and the unit's number along it."""
    number = {at: index for index, at in enumerate(levels)}
    middles = [(one + other) / 2 for one, other in pairwise(along)]
    return {
        (number[edge.at], index)
        for edge in edges
        for index, middle in enumerate(middles)
        if edge.start - _SNAP <= middle <= edge.end + _SNAP
    }


def _cells(names: list[int], columns: int) -> dict[int, Cell]:
    """The cell of each group of units: from its first row and column to its last."""
    bounds: dict[int, list[int]] = {}
    for unit, group in enumerate(names):
        row, column = divmod(unit, columns)
        box = bounds.setdefault(group, [row, column, row, column])
        box[:] = min(box[0], row), min(box[1], column), max(box[2], row), max(box[3], column)
    return {
        group: Cell(top, left, bottom - top + 1, right - left + 1)
        for group, (top, left, bottom, right) in bounds.items()
    }
