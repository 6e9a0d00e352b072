"""Tables that no lines draw: words that stand in columns, row after row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from tenderlight.reading.grid import Cell
from tenderlight.reading.pages.grids import Grid, flat_edges
from tenderlight.reading.pages.gutters import Columns, find_columns
from tenderlight.reading.pages.page import Page
from tenderlight.reading.pages.prose_columns import ProseColumns, find_prose_columns
from tenderlight.reading.pages.text_rows import TextRow, cells_of, text_rows
from tenderlight.reading.pages.words import WordLine, word_lines

_LABEL = re.compile(r"^[^，。；：:]{2,16}[：:]")
_MARK = re.compile(
    r"^(?:[(（]?[\d一二三四五六七八九十]{1,3}(?:[.．]\d{1,3}){0,4}[)）、.．:：]?|第.{1,3}[章节条]"
    r"|附[件表录].{0,5}|[●■◆•√□☑·-])$"
)
_LISTED = re.compile(r"^(?:[(（]?[\d一二三四五六七八九十]{1,3}[)）、]|[●■◆•√□☑·])$")
"""What begins the paragraphs of a list, not the rows of a table."""
_ALIGNED = 1.5
"""Points by which the edges of a column's cells may differ."""
_FILLED = 0.55
"""The share of cells that must hold words."""
_RULED = 2
"""More lines drawn across than this are those of a table's rows."""
_PROSE = 14.0
"""Ems: two columns of full lines that are wider are prose in columns."""
_LINES = 4
"""Prose in columns has at least so many lines."""


class Aligned(NamedTuple):
    """What a page shows without drawing it."""

    tables: tuple[Grid, ...]
    columns: tuple[ProseColumns, ...]


def find_aligned(page: Page, grids: Sequence[Grid], before: float | None = None) -> Aligned:
    """The tables of a page outside its ruled ones, and its prose in columns, from top to bottom.

    Prose, labels with their values, lists with hanging numbers and tables of contents are none.
    `before` is where the right column of prose began on the page before.
    """
    lines = word_lines(
        character
        for character in page.characters
        if not _is_taken(character.x0, character.top, character.x1, character.bottom, grids)
    )
    prose = find_prose_columns(lines, before)
    lines = [line for line in lines if not any(_is_in(line, each.grid) for each in prose)]
    rules = [
        (edge.at, edge.start, edge.end)
        for edge in flat_edges(page.rulings)
        if not any(grid.ys[0] - 3 < edge.at < grid.ys[-1] + 3 for grid in grids)
    ]
    tables = []
    for columns in find_columns(lines, rules):
        rows = _without_labels(text_rows(columns), len(columns.spans))
        if is_table(columns, rows):
            tables.append(_grid(columns, rows))
    return Aligned(tuple(tables), prose)


def _is_in(line: WordLine, grid: Grid) -> bool:
    return grid.ys[0] < line.middle < grid.ys[-1]


def _is_taken(x0: float, top: float, x1: float, bottom: float, grids: Sequence[Grid]) -> bool:
    """Whether the middle of a box lies in a ruled table."""
    return any(grid.cell_at((x0 + x1) / 2, (top + bottom) / 2) is not None for grid in grids)


def is_table(columns: Columns, rows: Sequence[TextRow]) -> bool:
    """Whether words in columns are a table and not prose, labels, a list or contents."""
    width = len(columns.spans)
    ruled = len(columns.rules) > _RULED
    if len(rows) < 2 or (len(rows) < 3 and width < 3 and not ruled):
        return False
    if sum(len(row.cells) for row in rows) < _FILLED * len(rows) * width:
        return False
    if sum(len(row.cells) > 1 for row in rows) < 0.6 * len(rows):
        return False
    if _are_labels(rows) or _is_list(columns, rows) or _is_prose(columns):
        return False
    return ruled or _is_aligned(columns, rows)


def _without_labels(rows: list[TextRow], width: int) -> list[TextRow]:
    """The rows without labels that stand below a table and happen to keep to its columns."""
    labels = [bool(_LABEL.match("".join(_texts(row)))) for row in rows]
    while len(rows) > 2 and labels[len(rows) - 1] and len(rows[-1].cells) < width:
        if sum(labels) > 0.5 * len(labels):
            break
        rows = rows[:-1]
    return rows


def _texts(row: TextRow) -> list[str]:
    return [
        "".join(word.text for line in lines for word in line)
        for _, lines in sorted(row.cells.items())
    ]


def _are_labels(rows: Sequence[TextRow]) -> bool:
    """Labels with their values, and words set apart to fill a line: 采 购 人：某局.

    Labels in every cell of two columns are a table: what two parties sign.
    """
    paired = sum(all(map(_LABEL.match, _texts(row))) and len(row.cells) == 2 for row in rows)
    if len(rows) > 2 and paired > 0.8 * len(rows):
        return False
    labels = sum(bool(_LABEL.match("".join(_texts(row)))) for row in rows)
    spaced = sum(all(len(text) == 1 for text in _texts(row)[:-1]) for row in rows)
    return labels > 0.5 * len(rows) or (spaced > 0.5 * len(rows) and len(rows[0].cells) > 3)


def _is_list(columns: Columns, rows: Sequence[TextRow]) -> bool:
    """Numbers or marks before paragraphs, and headings with the numbers of their pages."""
    listed = sum(bool(_LISTED.match(_texts(row)[0])) for row in rows)
    if len(columns.spans) > 2 or listed > 0.6 * len(rows):
        return listed > 0.6 * len(rows)
    texts = [_texts(row) for row in rows if len(row.cells) == 2]
    marks = sum(bool(_MARK.match(first)) for first, _ in texts)
    pages = sum(last.isdecimal() for _, last in texts)
    return marks > 0.6 * len(texts) or (
        pages > 0.8 * len(texts) and _rises([last for _, last in texts])
    )


def _rises(numbers: Sequence[str]) -> bool:
    values = [int(number) for number in numbers if number.isdecimal()]
    return len(values) > 2 and all(one <= other for one, other in pairwise(values))


def _is_prose(columns: Columns) -> bool:
    """Two or three wide columns whose lines are mostly full."""
    wide = [right - left for left, right in columns.spans]
    if len(wide) > 3 or min(wide) < _PROSE * columns.em or len(columns.lines) < _LINES:
        return False
    full = lines = 0
    for line in columns.lines:
        for column, words in cells_of(line, columns).items():
            lines += 1
            full += wide[column] - (words[-1].x1 - words[0].x0) < 2 * columns.em
    return full > 0.6 * lines


def _is_aligned(columns: Columns, rows: Sequence[TextRow]) -> bool:
    """Whether the cells of each column begin, end or have their middle at one place."""
    bad = 0
    for column in range(len(columns.spans)):
        cells = [row.cells[column] for row in rows if column in row.cells]
        edges = [
            (min(line[0].x0 for line in cell), max(line[-1].x1 for line in cell)) for cell in cells
        ]
        ways = (
            [left for left, _ in edges],
            [right for _, right in edges],
            [(left + right) / 2 for left, right in edges],
        )
        bad += max(_agreeing(way) for way in ways) < 0.7 * len(edges)
    return bad == 0 or (bad == 1 and len(columns.spans) > 3)


def _agreeing(places: list[float]) -> int:
    """How many of some places are nearly the same."""
    places = sorted(places)
    return max(
        (sum(one <= other <= one + 2 * _ALIGNED for other in places) for one in places), default=0
    )


def _grid(columns: Columns, rows: Sequence[TextRow]) -> Grid:
    em = columns.em
    spans = columns.spans
    inner = [(left + right) / 2 for (_, left), (right, _) in pairwise(spans)]
    xs = (spans[0][0] - 1, *inner, spans[-1][1] + 1)
    between = [(one.bottom + other.top) / 2 for one, other in pairwise(rows)]
    ys = (rows[0].top - 0.7 * em, *between, rows[-1].bottom + 0.7 * em)
    cells = tuple(
        tuple(Cell(row, column, 1, 1) for column in range(len(spans))) for row in range(len(rows))
    )
    return Grid(xs, ys, cells, spans)
