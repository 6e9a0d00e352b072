"""Setting a notice in type: from its pieces to the place of every character on its pages.

The pages are drawn from this by `drawn_pdf.py` and `drawn_ofd.py`, and the truth about places comes
from here too: no reader is asked where anything stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from bench.reading.truth import Notice, Piece, Place, Table

WIDTH, HEIGHT = 595.3, 841.9
_TOKEN = re.compile(r"[0-9A-Za-z.,/_%+\-\[\]&@'А-яЁё№]+|\s+|.")
_NOT_FIRST = "，。；：、）》”’！？%］】,.;:)]℃㎡元"
_NOT_LAST = "（《“‘［【([￥"
_PAD = 4.0
_GUTTER = 24.0

Advance = Callable[[str, float], float]
"""How wide a character is, set in so many points."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a notice is set."""

    size: float = 10.5
    leading: float = 1.65
    cell_size: float = 9.0
    margin: float = 70.0
    centred: bool = False
    """Whether cells of one line stand in the middle of their column."""
    cut_rows: bool = False
    """Whether a row may be cut by the end of a page."""


@dataclass(frozen=True, slots=True)
class Run:
    """Part of a piece on one line. `edges` are the left edges of its characters and its end."""

    piece: int
    start: int
    text: str
    x: float
    baseline: float
    size: float
    edges: tuple[float, ...]


@dataclass(slots=True)
class Sheet:
    """One page as it is printed."""

    runs: list[Run] = field(default_factory=list)
    rulings: list[tuple[float, float, float, float]] = field(default_factory=list)
    tables: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Fragment:
    start: int
    text: str
    edges: tuple[float, ...]


def broken(text: str, width: float, first: float, size: float, advance: Advance) -> list[_Fragment]:
    """A text in lines of a width; the first is indented by `first`."""
    tokens = [(m.start(), m[0]) for m in _TOKEN.finditer(text)]
    lines: list[_Fragment] = []
    line: list[tuple[int, str]] = []
    used = first
    while tokens:
        start, token = tokens.pop(0)
        wide = sum(advance(c, size) for c in token)
        if used + wide <= width or (not line and len(token) == 1):
            line.append((start, token))
            used += wide
            continue
        if wide > width and len(token) > 1:
            tokens[:0] = [(start + n, c) for n, c in enumerate(token)]
            continue
        if token[0] in _NOT_FIRST and len(line) > 1:
            tokens.insert(0, (start, token))
            tokens.insert(0, line.pop())
        elif not token.isspace():
            tokens.insert(0, (start, token))
        while len(line) > 1 and line[-1][1][-1] in _NOT_LAST:
            tokens.insert(0, line.pop())
        lines.append(_fragment(line, size, advance))
        line, used = [], 0.0
    return [*lines, _fragment(line, size, advance)] if line else lines


def _fragment(line: list[tuple[int, str]], size: float, advance: Advance) -> _Fragment:
    text = "".join(token for _, token in line).rstrip(" ")
    edges = [0.0]
    for character in text:
        edges.append(edges[-1] + advance(character, size))
    return _Fragment(line[0][0], text, tuple(edges))


class Setting:
    """Sets one notice; `sheets` is what comes of it."""

    def __init__(self, notice: Notice, style: Style, advance: Advance) -> None:
        self.notice, self.style, self.advance = notice, style, advance
        self.sheets = [Sheet()]
        self.y = style.margin
        self.bottom = HEIGHT - style.margin
        self.column = 0
        self._set_all()

    @property
    def width(self) -> float:
        """Of the text, or of one of its columns."""
        columns = self.notice.columns
        return (WIDTH - 2 * self.style.margin - (columns - 1) * _GUTTER) / columns

    @property
    def left(self) -> float:
        """Where the text, or the column, begins."""
        return self.style.margin + self.column * (self.width + _GUTTER)

    def _set_all(self) -> None:
        at = 0
        while at < len(self.notice.pieces):
            piece = self.notice.pieces[at]
            if piece.table is None:
                self._set_paragraph(at, piece)
                at += 1
                continue
            end = at
            while end < len(self.notice.pieces) and self.notice.pieces[end].table == piece.table:
                end += 1
            self._set_table(piece.table, at, end)
            at = end

    def _new_page(self) -> None:
        """Go on at the top of the next column, or of the next page."""
        self.column = (self.column + 1) % self.notice.columns
        if self.column == 0:
            self.sheets.append(Sheet())
        self.y = self.style.margin

    def _set_paragraph(self, number: int, piece: Piece) -> None:
        size = {"title": 16.0, "heading": 12.0}.get(piece.kind, self.style.size)
        leading = size * self.style.leading
        indent = 2 * size if piece.kind == "text" and len(piece.text) > 24 else 0.0
        centred = piece.kind == "title"
        self.y += size * {"title": 0.6, "heading": 0.5}.get(piece.kind, 0.0)
        for nth, line in enumerate(broken(piece.text, self.width, indent, size, self.advance)):
            if self.y + leading > self.bottom:
                self._new_page()
            x = self.left + (indent if nth == 0 else 0.0)
            if centred:
                x = self.left + (self.width - line.edges[-1]) / 2
            self._put(number, line, x, self.y + leading * 0.72, size)
            self.y += leading

    def _put(self, number: int, line: _Fragment, x: float, baseline: float, size: float) -> None:
        edges = tuple(x + edge for edge in line.edges)
        self.sheets[-1].runs.append(Run(number, line.start, line.text, x, baseline, size, edges))

    def _set_table(self, number: int, first: int, end: int) -> None:
        _TableSetting(self, self.notice.tables[number], number, range(first, end)).set()
        self.y += self.style.size

    def pages(self) -> list[list[int]]:
        """For each piece the pages it is printed on; of a head printed again, the first."""
        pages: list[list[int]] = [[] for _ in self.notice.pieces]
        seen = set()
        for page, sheet in enumerate(self.sheets, 1):
            for run in sheet.runs:
                if (run.piece, run.start) not in seen and page not in pages[run.piece]:
                    pages[run.piece].append(page)
                seen.add((run.piece, run.start))
        return pages

    def places(self) -> tuple[tuple[Place, ...], ...]:
        """For each value of the notice where it is printed, line by line; the first time only."""
        return tuple(
            tuple(self._places(number, value.start, value.end))
            for number, piece in enumerate(self.notice.pieces)
            for value in piece.values
        )

    def _places(self, number: int, start: int, end: int) -> Iterator[Place]:
        seen = set()
        for page, sheet in enumerate(self.sheets, 1):
            for run in sheet.runs:
                a, b = max(start, run.start), min(end, run.start + len(run.text))
                if run.piece != number or a >= b or a in seen:
                    continue
                seen.add(a)
                left, right = run.edges[a - run.start], run.edges[b - run.start]
                in_by = 0.12 * run.size
                top, bottom = run.baseline - 0.62 * run.size, run.baseline - 0.06 * run.size
                yield Place(
                    page, *(round(v, 2) for v in (left + in_by, top, right - in_by, bottom))
                )


class _TableSetting:
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
        self.setting._new_page()
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

    def _cell(self, at: int, cell: Piece, lines: list[_Fragment], y: float) -> None:
        size = self.setting.style.cell_size
        left = self.xs[cell.column]
        wide = self.xs[cell.column + cell.column_span] - left
        centred = self.setting.style.centred and len(lines) == 1
        for line in lines:
            x = left + (wide - line.edges[-1]) / 2 if centred else left + _PAD
            self.setting._put(at, line, x, y + self.leading * 0.75, size)
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
        self.setting._new_page()
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
