"""The text of a document as it is collected: paragraphs in order, some of them in cells."""

from __future__ import annotations

from dataclasses import dataclass, field

from tenderlight.reading import limits
from tenderlight.reading.grid import Cell
from tenderlight.reading.writing import Line, clean


@dataclass(slots=True)
class Flow:
    """Lines in reading order. What is written stands in the cell that was entered last.

    >>> flow = Flow()
    >>> flow.write("预算\\n12万元"); [line.text for line in flow.lines]
    ['预算', '12万元']
    """

    lines: list[Line] = field(default_factory=list)
    table: int | None = None
    cell: Cell | None = None
    furniture: bool = False
    page: int | None = None
    tables: int = 0
    taken: int = 0
    """Characters so far."""

    def write(self, text: str, *, heading: bool = False, furniture: bool = False) -> None:
        """Add a paragraph; each of its lines is a block, empty ones are dropped."""
        if not text or self.is_full:
            return
        for piece in text.split("\n"):
            if not (line := clean(piece)) or self.is_full:
                continue
            self.taken += len(line)
            written = Line(line, "heading" if heading else "text", page=self.page)
            written.furniture = furniture or self.furniture
            if self.cell is not None:
                written.kind, written.table = "cell", self.table
                written.row, written.column = self.cell.row, self.cell.column
                written.row_span, written.column_span = self.cell.row_span, self.cell.column_span
            self.lines.append(written)

    @property
    def is_full(self) -> bool:
        """Whether there is more than will be kept; `write_reading` then says so."""
        return self.taken > limits.CHARACTERS or len(self.lines) > limits.BLOCKS

    def begin_table(self) -> int:
        """A number for a table whose cells will be entered."""
        self.tables += 1
        return self.tables - 1

    def enter(self, table: int | None, cell: Cell | None) -> tuple[int | None, Cell | None]:
        """Go into a cell; gives back where the text stood, to be entered again afterwards."""
        before = self.table, self.cell
        self.table, self.cell = table, cell
        return before
