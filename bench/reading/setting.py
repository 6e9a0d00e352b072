"""Setting a notice in type: from its pieces to the place of every character on its pages.

The pages are drawn from this by `drawn_pdf.py` and `drawn_ofd.py`, and the truth about places comes
from here too: no reader is asked where anything stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from bench.reading.breaking import Advance, Fragment, broken
from bench.reading.setting_tables import TableSetting
from bench.reading.truth import Notice, Piece, Place

WIDTH, HEIGHT = 595.3, 841.9
_GUTTER = 24.0


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

    def new_page(self) -> None:
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
                self.new_page()
            x = self.left + (indent if nth == 0 else 0.0)
            if centred:
                x = self.left + (self.width - line.edges[-1]) / 2
            self.put(number, line, x, self.y + leading * 0.72, size)
            self.y += leading

    def put(self, number: int, line: Fragment, x: float, baseline: float, size: float) -> None:
        """Print a line of a piece on this page."""
        edges = tuple(x + edge for edge in line.edges)
        self.sheets[-1].runs.append(Run(number, line.start, line.text, x, baseline, size, edges))

    def _set_table(self, number: int, first: int, end: int) -> None:
        TableSetting(self, self.notice.tables[number], number, range(first, end)).set()
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
