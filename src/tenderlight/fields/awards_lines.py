"""Awards in tables printed as lines: a row to a line, or names across and attributes down."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tenderlight.fields.awards_records import Printed, Record, in_grid, is_of_losers
from tenderlight.fields.awards_suppliers import is_organisation
from tenderlight.fields.awards_words import CANDIDATE, Role, find_role, named_rank
from tenderlight.fields.grids import make_cell
from tenderlight.fields.shapes import Cell, Grid, Layout, Line

_GAP = re.compile(r"\t+| {2,}|\u3000+")
_MOST_CELLS = 12
_MOST_ROWS = 40
_MOST_BLOCKS = 8
_LONGEST_LINE = 400
_LONGEST_LABEL = 28


def find_spaced(layout: Layout) -> list[Record]:
    """Records of rows whose cells are kept apart by tabs or wide spaces, two cells at least.

    `中标供应商　　中标金额（元）` above `甲城科技有限公司　　120000` is a table of two columns.
    """
    taken = [(grid.start, grid.end) for grid in layout.tables]
    free = [
        line
        for line in layout.lines
        if line.block.table is None and not any(s <= line.start < e for s, e in taken)
    ]
    records: list[Record] = []
    for rows in _runs([_cells(layout, line) for line in free]):
        if len(rows) > 1 and any(_names_supplier(cell) for row in rows for cell in row):
            records += in_grid(layout, _grid(layout, rows[:_MOST_ROWS]))
    return records


def _runs(lines: Sequence[tuple[Cell, ...]]) -> Iterator[list[tuple[Cell, ...]]]:
    """Rows one below the other of the same width, or short of the head's last cells."""
    rows: list[tuple[Cell, ...]] = []
    for cells in lines:
        alike = bool(rows) and (len(cells) == len(rows[-1]) or _is_short(rows[0], cells))
        if rows and not alike:
            yield rows
            rows = []
        if 1 < len(cells) <= _MOST_CELLS:
            rows.append(cells)
    if rows:
        yield rows


def _is_short(head: Sequence[Cell], cells: Sequence[Cell]) -> bool:
    """True for a row whose last cells are empty: its name and its price stand in their columns."""
    if not 1 < len(cells) < len(head) or not any(map(_names_supplier, head)):
        return False
    for name, cell in zip(head, cells, strict=False):
        role = find_role(name.plain) if len(name.plain) <= _LONGEST_LABEL else None
        kind = role.kind if role else ""
        if kind == "supplier" and not is_organisation(cell.plain):
            return False
        if kind == "price" and not any(char.isdigit() for char in cell.plain):
            return False
    return any(map(_names_supplier, head[: len(cells)]))


def _cells(layout: Layout, line: Line) -> tuple[Cell, ...]:
    long = line.end - line.start > _LONGEST_LINE
    if long or _GAP.search(layout.text, line.start, line.end) is None:
        return ()
    cells, start = [], line.start
    for gap in _GAP.finditer(layout.text, line.start, line.end):
        if gap.start() > start:
            cells.append(make_cell(layout.text, layout.plain, start, gap.start()))
        start = gap.end()
    if start < line.end:
        cells.append(make_cell(layout.text, layout.plain, start, line.end))
    return tuple(cells)


def _names_supplier(cell: Cell) -> bool:
    role = find_role(cell.plain) if len(cell.plain) <= _LONGEST_LABEL else None
    return role is not None and role.kind == "supplier"


def _grid(layout: Layout, rows: Sequence[tuple[Cell, ...]]) -> Grid:
    start = rows[0][0].start
    section = next((line.section for line in layout.lines if line.start == start), -1)
    return Grid(
        number=-1,
        kind="spaced",
        rows=tuple(rows),
        headers=(0,),
        start=start,
        end=rows[-1][-1].end,
        section=section,
    )


def find_across(layout: Layout) -> list[Record]:
    """Records of candidates that stand across a table whose cells have become lines.

    `投标人名称`, three names, `投标报价（元）`, three prices: each name has the price in its place.
    """
    lines = [line for line in layout.lines if line.block.table is None]
    texts = ["".join(layout.plain[line.start : line.end].split()) for line in lines]
    records: list[Record] = []
    for index, text in enumerate(texts):
        role = find_role(text) if len(text) <= _LONGEST_LABEL and text[-1:] != ":" else None
        if role is None or role.kind != "supplier":
            continue
        count = _count(texts, index + 1)
        around = " ".join(layout.headings(lines[index].section))
        if count > 1 and not is_of_losers(around):
            records += _across(lines, texts, index, count, role)
    return records


def _count(texts: Sequence[str], start: int) -> int:
    """How many names stand one below the other."""
    end = start
    while end < len(texts) and end - start < _MOST_CELLS and is_organisation(texts[end]):
        end += 1
    return end - start


def _across(
    lines: Sequence[Line], texts: Sequence[str], index: int, count: int, role: Role
) -> Iterator[Record]:
    prices = _prices(lines, texts, index + 1 + count, count)
    ranks = [named_rank(text) for text in texts[max(index - count, 0) : index]]
    ranked = len(ranks) == count and all(ranks)
    if not prices and not ranked:
        return
    for place in range(count):
        name = lines[index + 1 + place]
        yield Record(
            Printed(name.start, name.end),
            max(role.level, CANDIDATE) if ranked else role.level,
            prices[place] if prices else None,
            rank=ranks[place] if ranked else None,
            rule="across",
        )


def _prices(lines: Sequence[Line], texts: Sequence[str], start: int, count: int) -> list[Printed]:
    """The prices in the first block below that a price's label opens."""
    for at in range(start, start + _MOST_BLOCKS * (count + 1), count + 1):
        block = texts[at : at + 1 + count]
        if len(block) <= count or len(block[0]) > _LONGEST_LABEL:
            return []
        role = find_role(block[0])
        if role is not None and role.kind == "price":
            values = lines[at + 1 : at + 1 + count]
            return [Printed(v.start, v.end, block[0], role.level) for v in values]
        if role is not None or any(find_role(value) for value in block[1:]):
            return []
    return []
