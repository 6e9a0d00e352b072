"""Items: the goods and services of a notice, row by row as its tables print them.

A table of items has a column of names and one of quantities, unit prices, brands or models. A row
合计 is no item, and a first column that spans rows is a category. Tables of suppliers, lots,
experts and places have names too, but none of the other columns.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tenderlight.fields.items_across import turn
from tenderlight.fields.items_cells import cell_at, parse_quantity
from tenderlight.fields.items_columns import Columns, find_columns, named_columns
from tenderlight.fields.items_labels import find_labelled_items
from tenderlight.fields.items_rows import Row, read_row
from tenderlight.fields.items_services import find_stacked_services
from tenderlight.fields.items_spaced import find_spaced_lists
from tenderlight.fields.items_stacked import find_stacked_rows
from tenderlight.fields.items_sums import settle_sums
from tenderlight.fields.money_amounts import unit_above
from tenderlight.fields.shapes import Cell, Grid, Layout
from tenderlight.model import Item, Problem, Reading

__all__ = ["find_items", "parse_quantity"]

_OF_OTHERS = re.compile(r"业绩|人员|设备一览|资格|评分|打分|证书")
_NUMERALS = r"[一二三四五六七八九十\d]{1,3}"
_LOT = re.compile(
    rf"(?:{_NUMERALS}[)、.]|\({_NUMERALS}\))?((?:第{_NUMERALS}(?:包|标段|标项|分包)|"
    rf"(?:采购包|合同包|分包|标段|标项|包组|标包|包)号?:?{_NUMERALS}(?![\d.])|{_NUMERALS}标段))"
)
_MOST_ITEMS = 5_000
"""A longer list is cut: no purchase names so many things."""
_APART = 60
"""So many characters may stand between the pages of one table: a number, a running title."""
_EMPTY = 2
"""So many columns at the right edge of a page may have nothing but empty cells."""
_LONGEST_HEADING = 80
_FEWEST = 3
"""The head and two rows: one row alone is not counted."""
_ORDINAL = re.compile(r"(?:序号|包号|标项|品目号|编号)$")

Rows = Sequence[Sequence[Cell | None]]


class Head(NamedTuple):
    """The row that names the columns, and what they hold."""

    columns: Columns
    cells: Sequence[Cell | None]


class Table(NamedTuple):
    """Rows that may be items, and what is known of them from above."""

    rows: Rows
    heads: Sequence[Columns | None]
    """For each row the columns that it names, if it is a head."""
    unit: str = ""
    lot: Cell | None = None
    head: Head | None = None
    """That of the page before, where this one goes on with its rows."""


def find_items(reading: Reading, layout: Layout) -> tuple[tuple[Item, ...], tuple[Problem, ...]]:
    """All rows of all tables of items, else what labels such as 标的名称 say.

    `| 双目相机 | 12 | 台 |` under `| 名称 | 数量 | 单位 |` gives one item of 12 台. With them, a
    problem for each row whose sums cannot all be right.
    """
    items: list[Item] = []
    seen: set[tuple[str, ...]] = set()
    numbers = _numbers(layout)
    for table in _tables(layout):
        rows = _item_rows(table, numbers)
        found = [item for row in rows if (item := read_row(reading, row)) is not None]
        names = tuple(item.name.value for item in found)
        if found and names not in seen:
            seen.add(names)
            items += found
    return settle_sums((items or find_labelled_items(reading, layout))[:_MOST_ITEMS])


def _numbers(layout: Layout) -> frozenset[str]:
    """The purchase's own numbers, as they are printed."""
    printed = (pair.value for pair in layout.of("project_number"))
    return frozenset(part for value in printed for part in re.split(r"[,，、;；\s]+", value[:200]))


def _tables(layout: Layout) -> Iterator[Table]:
    before: Grid | None = None
    head: Head | None = None
    for grid in layout.tables:
        if grid.kind != "table" or _OF_OTHERS.search(" ".join(layout.headings(grid.section))):
            continue
        if before is None or not _goes_on(layout, before, grid):
            head = None
        rows = turn(grid.rows)
        heads = [find_columns(row) for row in rows]
        if head is not None and not _continues(head, rows[0]):
            head = None
        if head or any(heads):
            yield Table(rows, heads, unit_above(layout, grid), _lot_above(layout, grid), head)
        for columns, row in zip(heads, rows, strict=True):
            head = Head(columns, row) if columns else head
        before = grid
    numbered = [grid for grid in layout.tables if _is_numbered(layout, grid)]
    numbered += find_spaced_lists(layout)
    for grid in numbered:
        yield Table(grid.rows, [find_columns(row) for row in grid.rows], unit_above(layout, grid))
    for stacked in (*find_stacked_rows(layout), *find_stacked_services(layout)):
        start = next(cell.start for row in stacked for cell in row if cell)
        if not any(grid.start <= start < grid.end for grid in numbered):
            yield Table(stacked, [find_columns(row) for row in stacked])


def _is_numbered(layout: Layout, grid: Grid) -> bool:
    """True for a table without cells whose rows all are whole, and counted 1, 2, 3 under 序号.

    Of cells one to a line only services are believed: a lost cell throws numbers out of step.
    """
    columns = find_columns(grid.rows[0]) if len(grid.rows) >= _FEWEST else None
    if columns is None or grid.kind == "table":
        return False
    if grid.kind == "lines" and "listed" not in columns:
        return False
    if _OF_OTHERS.search(" ".join(layout.headings(grid.section))):
        return False
    first = grid.rows[0][0]
    if first is None or not _ORDINAL.match(first.plain) or any(None in row for row in grid.rows):
        return False
    counted = [row[0].plain if row[0] else "" for row in grid.rows[1:]]
    return counted == [str(n) for n in range(1, len(counted) + 1)]


def _goes_on(layout: Layout, before: Grid, grid: Grid) -> bool:
    """True for a table as wide as the one before it, with hardly a word between the two."""
    if not before.rows or not grid.rows:
        return False
    if not 0 <= len(before.rows[0]) - len(grid.rows[0]) <= _EMPTY:
        return False
    between = layout.plain[before.end : grid.start]
    return len(between) < _APART and not re.search(r"[:。、,]", between)


def _continues(head: Head, row: Sequence[Cell | None]) -> bool:
    """True where a row has a number in the column of quantities, as no head and no note has."""
    cell = cell_at(row, head.columns.get("quantity"))
    return cell is not None and parse_quantity(cell.text)[0] is not None


def _lot_above(layout: Layout, grid: Grid) -> Cell | None:
    """`第一包：视频监控设备` in the line before the table."""
    end = max(grid.start - 1, 0)
    start = layout.plain.rfind("\n", 0, end) + 1
    if end - start > _LONGEST_HEADING:
        return None
    match = _LOT.match(layout.plain[start:end].strip())
    if match is None:
        return None
    at = layout.plain.index(match[1], start)
    return Cell(layout.text[at : at + len(match[1])], at, at + len(match[1]), match[1])


def _item_rows(table: Table, numbers: frozenset[str]) -> Iterator[Row]:
    """The rows below a row of names, each once."""
    head, lot = table.head, table.lot
    spans = Counter(cell.start for row in table.rows for cell in {c for c in row if c})
    shared = frozenset(start for start, rows in spans.items() if rows > 1)
    done: set[int] = set()
    for columns, cells in zip(table.heads, table.rows, strict=True):
        if columns:
            head = Head(columns, cells)
        elif head is None:
            continue
        elif (name := cell_at(cells, head.columns["name"])) is None:
            head = _with_second_row(head, cells)
        elif heading := _heading(cells):
            lot = heading if _LOT.match(heading.plain) else lot
        elif name.start not in done:
            done.add(name.start)
            yield Row(cells, head.cells, head.columns, table.unit, lot, shared, numbers)


def _with_second_row(head: Head, row: Sequence[Cell | None]) -> Head:
    """The names with those of a second row: 单价 and 总价 under 报价."""
    added = named_columns(row)
    if not added or any(cell and any(c.isdigit() for c in cell.plain) for cell in row):
        return head
    width = max(len(head.cells), len(row))
    cells = tuple(cell_at(row, place) or cell_at(head.cells, place) for place in range(width))
    return Head({**added, **head.columns}, cells)


def _heading(row: Sequence[Cell | None]) -> Cell | None:
    """The only cell of a row: a heading inside the table."""
    cells = {cell.start: cell for cell in row if cell and cell.plain}
    return next(iter(cells.values())) if len(cells) == 1 and len(row) > 1 else None
