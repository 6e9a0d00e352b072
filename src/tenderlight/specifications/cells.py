"""Requirements in tables: cells below a header such as 技术参数, or beside a label of that kind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from tenderlight.model import Block
from tenderlight.specifications.headed import Span
from tenderlight.specifications.headings import is_column, parse_heading

FEWEST = 40
"""Characters of a cell that holds requirements."""
_SCORES = re.compile(r"满分|滿分|[得扣打记]\d{0,2}分")
"""Criteria of an evaluation, which also speak of technical requirements."""
Place = tuple[int, int]


def find_cells(text: str, blocks: list[Block]) -> Iterator[Span]:
    """Long cells of every table, under the header or the label that says what they are."""
    in_tables = [block for block in blocks if block.table is not None]
    for _, own in groupby(in_tables, key=lambda block: (block.part, block.table)):
        yield from _of_table(text, list(own))


def _of_table(text: str, blocks: list[Block]) -> Iterator[Span]:
    cells: dict[Place, tuple[int, int]] = {}
    for block in blocks:
        place = (block.row or 0, block.column or 0)
        begun = cells.get(place)
        cells[place] = (begun[0], block.end) if begun else (block.start, block.end)
    long = {column for (_, column), (start, end) in cells.items() if end - start >= FEWEST}
    columns: dict[int, tuple[int, int]] = {}
    for (row, column), (start, end) in sorted(cells.items()) if long else ():
        if end - start < FEWEST:
            if column in long and is_column(text[start:end]):
                columns[column] = (start, end)
            continue
        heading = _label(text, cells.get((row, column - 1))) or columns.get(column)
        if heading is not None and not _SCORES.search(text, start, end):
            yield Span("cell", heading, start, end)


def _label(text: str, cell: tuple[int, int] | None) -> tuple[int, int] | None:
    """The cell to the left, where it is a label of requirements."""
    if cell is None or cell[1] - cell[0] >= FEWEST:
        return None
    heading = parse_heading(text[cell[0] : cell[1]].strip())
    return cell if heading is not None and heading.opens else None
