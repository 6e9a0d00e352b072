"""Paragraphs and tables as binary Word documents and RTF give them: mark after mark.

A paragraph says how deep in tables it stands, a mark ends a cell, another a row, and only the end
of the row tells where its cells stand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from tenderlight.model import Unreadable
from tenderlight.reading import limits
from tenderlight.reading.office.cells import Edges, place_cells
from tenderlight.reading.office.flow import Flow

_SLACK = 30
"""Edges of cells nearer to each other than this, in twentieths of a point, are one: 0.5 mm."""


class Paragraph(NamedTuple):
    """One paragraph; line breaks in it are `\\n`."""

    text: str
    heading: bool = False
    furniture: bool = False


@dataclass(slots=True)
class Grown:
    """A table that grows. Its last row, and in that row its last cell, are still open."""

    rows: list[tuple[list[list[Paragraph | Grown]], list[Edges]]] = field(default_factory=list)
    cells: list[list[Paragraph | Grown]] = field(default_factory=list)
    cell: list[Paragraph | Grown] = field(default_factory=list)

    def end_row(self, edges: Sequence[Edges]) -> None:
        """The row's cells are complete: their edges are known."""
        if self.cell:
            self.cells.append(self.cell)
        known = list(edges[: len(self.cells)])
        while len(known) < len(self.cells):
            right = known[-1].right if known else 0
            known.append(Edges(right, right + 2_000))
        if self.cells:
            self.rows.append((self.cells, known))
        self.cells, self.cell = [], []


@dataclass(slots=True)
class Blocks:
    """A text as it grows.

    >>> blocks, flow = Blocks(), Flow()
    >>> for words in ("预算", "12万元"):
    ...     blocks.add(Paragraph(words), 1); blocks.end_cell(1)
    >>> blocks.end_row(1, [Edges(0, 900), Edges(900, 5000)]); blocks.write(flow)
    >>> [(line.text, line.row, line.column) for line in flow.lines]
    [('预算', 0, 0), ('12万元', 0, 1)]
    """

    top: list[Paragraph | Grown] = field(default_factory=list)
    tables: list[Grown] = field(default_factory=list)
    """The tables that are open, outermost first."""
    count: int = 0
    """Paragraphs, cells and tables so far."""

    def add(self, block: Paragraph | Grown, depth: int = 0) -> None:
        """A paragraph that stands in so many tables."""
        self._take_on()
        self._at(depth).append(block)

    def end_cell(self, depth: int) -> None:
        """The cell of the table at that depth is complete."""
        self._take_on()
        self._at(depth)
        if self.tables:
            table = self.tables[-1]
            table.cells.append(table.cell)
            table.cell = []

    def end_row(self, depth: int, edges: Sequence[Edges]) -> None:
        """The row of the table at that depth is complete."""
        self._at(depth)
        if self.tables:
            self.tables[-1].end_row(edges)

    def _take_on(self) -> None:
        """One more paragraph, cell or table; more of them than can be kept is no document."""
        self.count += 1
        if self.count > 2 * limits.BLOCKS:
            raise Unreadable(
                "reading.over-limit",
                f"It has more than {2 * limits.BLOCKS} paragraphs and cells.",
                "Split the document and add its parts.",
            )

    def _at(self, depth: int) -> list[Paragraph | Grown]:
        """Where text at that depth goes; opens and closes tables to get there."""
        depth = min(max(depth, 0), limits.OFFICE_NESTING)
        while len(self.tables) > depth:
            ended = self.tables.pop()
            if ended.cells or ended.cell:
                ended.end_row(())
        while len(self.tables) < depth:
            opened = Grown()
            self._take_on()
            (self.tables[-1].cell if self.tables else self.top).append(opened)
            self.tables.append(opened)
        return self.tables[-1].cell if self.tables else self.top

    def taken(self) -> list[Paragraph | Grown]:
        """All of it, to be put into another text."""
        self._at(0)
        taken, self.top = self.top, []
        return taken

    def write(self, flow: Flow) -> None:
        """Write all of it in reading order."""
        _write(self.taken(), flow)


def _write(blocks: Sequence[Paragraph | Grown], flow: Flow) -> None:
    for block in blocks:
        if isinstance(block, Paragraph):
            flow.write(block.text, heading=block.heading, furniture=block.furniture)
        else:
            _write_table(block, flow)


def _write_table(table: Grown, flow: Flow) -> None:
    """A table's cells; one of a single cell is a frame, and its text ordinary text."""
    placed = place_cells([edges for _, edges in table.rows], _SLACK)
    if sum(len(cells) for cells, _ in table.rows) == 1:
        return _write(table.rows[0][0][0], flow)
    number = flow.begin_table()
    for (cells, _), places in zip(table.rows, placed, strict=True):
        for cell, place in zip(cells, places, strict=True):
            if place is not None:
                before = flow.enter(number, place)
                _write(cell, flow)
                flow.enter(*before)
    return None
