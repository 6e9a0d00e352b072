"""Rows of a table that no line parts: which of its printed lines belong to one row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from tenderlight.reading.pages.gutters import Columns
from tenderlight.reading.pages.words import Word, WordLine

_OVERLAP = 0.8
"""Ems: lines nearer than this, middle to middle, stand beside one another in one row."""
_TIGHT = 1.18
"""Lines of one cell are no farther apart than this share of the nearest lines of the table."""
_LEADING = 1.9
"""Ems: lines of one cell are never farther apart."""
_LOOSE = 1.25
"""Rows are farther apart than this share of the nearest lines, where they have room between."""
_SLACK = 0.7
"""Ems: what justified text and punctuation leave free at the end of a full line."""


@dataclass(slots=True)
class TextRow:
    """Printed lines that make one row: in each column its words, from top to bottom."""

    top: float
    """The middle of its first line."""
    bottom: float
    """The middle of its last."""
    cells: dict[int, list[list[Word]]] = field(default_factory=dict)
    ends: dict[int, float] = field(default_factory=dict)
    """In each column the middle of the last line."""

    def add(self, line: WordLine, columns: Columns) -> None:
        """Take a line into the row."""
        self.bottom = line.middle
        for column, words in cells_of(line, columns).items():
            self.cells.setdefault(column, []).append(words)
            self.ends[column] = line.middle


def cells_of(line: WordLine, columns: Columns) -> dict[int, list[Word]]:
    """A line's words by the column they stand in."""
    cells: dict[int, list[Word]] = {}
    for word in line.words:
        cells.setdefault(columns.column(word.x0), []).append(word)
    return cells


def text_rows(columns: Columns) -> list[TextRow]:
    """The rows of a table: as rules part them, else as the distances and the wrapping show."""
    rows: list[TextRow] = []
    nearest = _nearest(columns)
    roomy = _rows_have_room(columns, nearest)
    for band in _bands(columns):
        whole = _is_one_row(band, columns)
        for n, line in enumerate(band):
            if n and (whole or _goes_on(rows[-1], line, columns, roomy, nearest)):
                rows[-1].add(line, columns)
            else:
                rows.append(TextRow(line.middle, line.middle))
                rows[-1].add(line, columns)
    return rows


def _bands(columns: Columns) -> list[list[WordLine]]:
    """The lines between two rules."""
    bands = [[columns.lines[0]]]
    for before, line in pairwise(columns.lines):
        if any(before.middle < rule < line.middle for rule in columns.rules):
            bands.append([line])
        else:
            bands[-1].append(line)
    return bands


def _is_one_row(band: Sequence[WordLine], columns: Columns) -> bool:
    """Whether the lines between two rules are one row: some cell has one line only.

    In a table with rules above and below its head only, the first column must be such a cell.
    """
    counts: dict[int, int] = {}
    for line in band:
        for column in cells_of(line, columns):
            counts[column] = counts.get(column, 0) + 1
    inner = [rule for rule in columns.rules if columns.lines[0].middle < rule]
    if len(inner) < 1:
        return False
    if len(inner) < 3:
        return counts.get(0, 0) == 1 and len(counts) > 1
    return min(counts.values()) == 1


def _nearest(columns: Columns) -> float:
    """How far the nearest lines of one column stand apart."""
    nearest, above = float("inf"), dict[int, float]()
    for line in columns.lines:
        for column in cells_of(line, columns):
            pitch = line.middle - above.get(column, float("-inf"))
            if pitch > _OVERLAP * columns.em:
                nearest = min(nearest, pitch)
            above[column] = line.middle
    return nearest


def _rows_have_room(columns: Columns, nearest: float) -> bool:
    """Whether rows, first and last aside, stand farther apart than the lines inside them."""
    pitches = [b.middle - a.middle for a, b in pairwise(columns.lines)]
    return any(pitch > _LOOSE * nearest for pitch in pitches[1:-1])


def _goes_on(row: TextRow, line: WordLine, columns: Columns, roomy: bool, nearest: float) -> bool:
    """Whether a line belongs to the row above it."""
    pitch = line.middle - row.bottom
    if pitch < _OVERLAP * columns.em:
        return True
    cells = cells_of(line, columns)
    wrapped = all(
        _is_full(row.cells[column][-1], words[0], columns.spans[column])
        for column, words in cells.items()
        if column in row.cells
    )
    if roomy:
        shared = [line.middle - row.ends[column] for column in cells if column in row.ends]
        tight = min(_TIGHT * nearest, _LEADING * columns.em)
        return wrapped and bool(shared) and max(shared) <= tight
    return wrapped and 0 not in cells and all(column in row.cells for column in cells)


def _is_full(line: list[Word], following: Word, span: tuple[float, float]) -> bool:
    """Whether the next line's first word did not fit at the end of this one, however aligned."""
    left, right = span
    room = (right - left) - (line[-1].x1 - line[0].x0)
    return room < following.first_width + _SLACK * following.em
