"""Tables that go on overleaf: the same columns again, heads repeated, cells cut in two."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from tenderlight.reading.pages.grids import Grid
from tenderlight.reading.pages.inked import first_width, line_width
from tenderlight.reading.pages.lines import Piece, seam
from tenderlight.reading.writing import Line

_SAME = 4.0
"""Points by which a column's border may differ on the next page."""
_SHIFT = 40.0
"""Points by which the next page may be shifted: margins of left and right pages, scans."""
_ROOM = 40.0
"""Points that may stay free under a table that goes on, beside the room of its next row."""
_PADDING = 5.4
_NUMBERED = re.compile(
    r"^(?:[(（]?[一二三四五六七八九十百\d]{1,3}\\s*[、)）]|\d{1,2}[.．](?!\d)|[①-⑳●■◆★])"
)

Column = int


@dataclass(slots=True)
class Running:
    """A table while its pages are read."""

    number: int
    grid: Grid
    """As it is on its last page."""
    rows: int = 0
    head: list[dict[Column, str]] = field(default_factory=list)
    """The texts of the rows that may be printed again on each page."""
    last: dict[Column, list[Line]] = field(default_factory=dict)
    """What stands in the cells that reach down to its last row."""
    parts: list[tuple[Grid, list[Line]]] = field(default_factory=list)
    """Its grid on each page, and what stands in it there."""

    @property
    def widest(self) -> Grid:
        """The page on which it shows most columns."""
        return max((grid for grid, _ in self.parts), key=lambda grid: len(grid.xs))

    def settle(self) -> None:
        """Number the columns of every page as on the one that shows most."""
        widest = self.widest.xs
        for grid, lines in self.parts:
            if len(grid.xs) == len(widest):
                continue
            shift = grid.xs[0] - widest[0]
            places = [_nearest(x - shift, widest) for x in grid.xs]
            for line in lines:
                column = line.column or 0
                line.column = places[column]
                line.column_span = places[column + line.column_span] - places[column]


@dataclass(frozen=True, slots=True)
class Part:
    """What of a table stands on one page."""

    running: Running
    grid: Grid
    before: int
    """What has to be added to a row on this page."""
    repeated: int = 0
    """So many rows at its top are the head again."""
    cut: bool = False
    """Whether its first row, heads aside, is the rest of the row before the page's end."""
    lines: list[Line] = field(default_factory=list)
    joined: set[Column] = field(default_factory=set)
    """The columns whose first words went on from the page before."""

    def take(self, piece: Piece, line: Line) -> bool:
        """Give a line the place of its cell. False if it went on from a line overleaf."""
        cell, running = piece.cell, self.running
        if cell is None:
            return True
        if cell.row < self.repeated:
            line.furniture = True
            return True
        rest = self.cut and cell.row == self.repeated and cell.column not in self.joined
        above = running.last.get(cell.column, []) if rest else []
        line.kind, line.table = "cell", running.number
        line.row, line.column = self.before + cell.row, cell.column
        line.row_span, line.column_span = cell.row_span, cell.column_span
        if above:
            self.joined.add(cell.column)
            go_on(above[-1], piece, line.page or 0)
            return False
        self.lines.append(line)
        return True

    def finish(self) -> None:
        """Let merged cells of the page before reach down to where they end; see what is last."""
        running = self.running
        last: dict[Column, list[Line]] = {}
        filled = {line.column for line in self.lines if line.row == self.before + self.repeated}
        for cell in self.grid.cells[min(self.repeated, len(self.grid.cells) - 1)]:
            above = running.last.get(cell.column, [])
            if not self.before or not above or cell.column in filled:
                continue
            spans = max(cell.row_span, *(line.row_span for line in above)) > 1
            if cell.row == self.repeated and (self.cut or spans):
                for line in above:
                    line.row_span = self.before + cell.row + cell.row_span - (line.row or 0)
                last[cell.column] = above
        for line in (*(line for lines in last.values() for line in lines), *self.lines):
            if (line.row or 0) + line.row_span < running.rows:
                last.pop(line.column or 0, None)
            elif line not in last.get(line.column or 0, []):
                last.setdefault(line.column or 0, []).append(line)
        running.last = last


@dataclass(slots=True)
class Tables:
    """The tables of a document, page by page."""

    bottom: float
    """How far down its pages are printed, headers and footers aside."""
    count: int = 0
    open: Running | None = None
    all: list[Running] = field(default_factory=list)

    def parts(self, grids: Sequence[Grid], own: Sequence[Piece]) -> list[Part]:
        """The parts of tables on the next page; `own` is what it says beside furniture."""
        begins = bool(own) and own[0].table == 0
        parts = []
        for number, grid in enumerate(grids):
            pieces = [piece for piece in own if piece.table == number]
            part = self._overleaf(grid, pieces) if number == 0 and begins else None
            parts.append(part or self._new(grid, pieces))
        ends = bool(own) and own[-1].table is not None and own[-1].table == len(grids) - 1
        self.open = parts[-1].running if ends else None
        return parts

    def _new(self, grid: Grid, pieces: Sequence[Piece]) -> Part:
        running = Running(self.count, grid, len(grid.cells))
        depth = max(cell.row_span for cell in grid.cells[0])
        running.head = [_row(pieces, row) for row in range(depth)]
        self.count += 1
        self.all.append(running)
        part = Part(running, grid, 0)
        running.parts.append((grid, part.lines))
        return part

    def _overleaf(self, grid: Grid, pieces: Sequence[Piece]) -> Part | None:
        """The part of a table from the page before, None if it does not go on here."""
        running = self.open
        if running is None or not _same_columns(running.widest, grid):
            return None
        repeated = _repeated(running, grid, pieces)
        if not repeated and self._has_room(running, grid):
            return None
        cut = _is_cut(running, grid, repeated, pieces)
        before = running.rows - repeated - cut
        running.rows = before + len(grid.cells)
        running.grid = grid
        part = Part(running, grid, before, repeated, cut)
        running.parts.append((grid, part.lines))
        return part

    def _has_room(self, running: Running, grid: Grid) -> bool:
        """Whether the next row would have found room on the page before."""
        end = max(cell.row_span for cell in grid.cells[0])
        high = grid.ys[min(end, len(grid.ys) - 1)] - grid.ys[0]
        return self.bottom - running.grid.ys[-1] > high + _ROOM


def _row(pieces: Sequence[Piece], row: int) -> dict[Column, str]:
    """The texts of a row without spaces, by column."""
    texts: dict[Column, str] = {}
    for piece in pieces:
        if piece.cell is not None and piece.cell.row == row:
            before = texts.get(piece.cell.column, "")
            texts[piece.cell.column] = before + "".join(piece.text.split())
    return texts


def _same_columns(one: Grid, other: Grid) -> bool:
    """Whether two grids have the same columns, or one has some of the other's and both its ends."""
    if one.drawn != other.drawn:
        return False
    if not one.drawn:
        return len(one.xs) == len(other.xs) and _agree(one, other)
    few, many = sorted((one.xs, other.xs), key=len)
    shift = few[0] - many[0]
    if len(few) < 3 or abs(shift) > _SHIFT or abs(few[-1] - many[-1] - shift) > _SAME:
        return False
    return all(any(abs(x - shift - y) < _SAME for y in many) for x in few)


def _agree(one: Grid, other: Grid) -> bool:
    """Whether the words of the same columns do not stand in each other's neighbours."""
    spans = [
        (min(a[0], b[0]), max(a[1], b[1])) for a, b in zip(one.spans, other.spans, strict=True)
    ]
    return all(spans[n][1] < spans[n + 1][0] for n in range(len(spans) - 1))


def _repeated(running: Running, grid: Grid, pieces: Sequence[Piece]) -> int:
    """How many rows at the top of a page are the table's head again."""
    depth = len(running.head)
    if depth >= len(grid.cells) or len(running.head[0]) < 2:
        return 0
    same = all(_row(pieces, row) == head for row, head in enumerate(running.head))
    return depth if same else 0


def _is_cut(running: Running, grid: Grid, first: int, pieces: Sequence[Piece]) -> bool:
    """Whether the first row of a page is the rest of the last row of the page before.

    So it is if all that stands in it goes on from a full line above, and some cell is complete.
    """
    rest: dict[Column, Piece] = {}
    for piece in pieces:
        if piece.cell is not None and piece.cell.row == first:
            rest.setdefault(piece.cell.column, piece)
    columns = {cell.column for cell in grid.cells[first]}
    if not rest or len(grid.xs) != len(running.grid.xs) or not rest.keys() <= running.last.keys():
        return False
    if rest.keys() == columns and len(rest) > 1 and not _are_long(running, rest):
        return False
    return all(_goes_on(running.last[column][-1], piece, grid) for column, piece in rest.items())


def _are_long(running: Running, rest: dict[Column, Piece]) -> bool:
    return all(len(running.last[column][-1].text) > 12 for column in rest)


def _goes_on(line: Line, piece: Piece, grid: Grid) -> bool:
    """Whether a cell's text goes on in a piece on the next page."""
    if piece.cell is None or _NUMBERED.match(piece.text):
        return False
    left, end = grid.xs[piece.cell.column], piece.cell.column + piece.cell.column_span
    room = grid.xs[end] - left - 2 * _PADDING
    if not grid.drawn:
        left, room = 0.0, grid.spans[end - 1][1] - grid.spans[piece.cell.column][0]
    return line_width(line.ink) + first_width(piece.text, piece.ink) > room - 0.7 * piece.size


def _nearest(x: float, places: Sequence[float]) -> int:
    return min(range(len(places)), key=lambda number: abs(places[number] - x))


def go_on(line: Line, piece: Piece, page: int) -> None:
    """Put a piece on the next page after the text that it goes on from."""
    between = seam(line.text, piece.text)
    line.text += between + piece.text
    ink = [place and place._replace(page=page) for place in piece.ink]
    line.ink = [*line.ink, *[None] * len(between), *ink]
