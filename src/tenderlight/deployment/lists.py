"""Lists of places in a reading: rows of cells under a head, from tables and from flattened text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from tenderlight.deployment.columns import DEVICE, Head, column_of, find_head, label_key
from tenderlight.model import Block, Reading
from tenderlight.plain import simplify

TRIGGER = re.compile(
    "点位|经度|经纬度|坐标|布点|监控点|(?:安装|布设|架设|部署|装设|设置|具体|详细)(?:位置|地点|地址|场所)|"
    "(?:小区|场所|学校|路口|村庄?|单位)名称|位置"
)
"""A text without any of these words holds no list of places."""
MOST_ROWS = 20_000
"""Of one notice; a city's whole list has some thousand."""
_MOST_CELLS = 400_000
_APART = 60
"""So many characters may stand between the pages of one table."""
_EMPTY = 2
"""So many columns at the right edge of a page may have nothing but empty cells."""
_AROUND = 400
"""So many before a table may say that it is one of cameras."""
_GAP = re.compile(r"\t+|\u3000+|\s{2,}")
_ORDINAL = re.compile(r"序号?$|编号$|项号$")
_ORDINAL_ALONE = re.compile(r"(?<!\S)(?:序|[序编项]\s?号)(?!\S)")
"""The same, before a text is cut into cells."""
_REST = re.compile(
    r"备注|说明|编号|杆|立杆|取电|供电|网络|朝向|方向|高度|编码|ip|单位$|用途|阶段|期|现状|传输|距离|角度|建设方式|覆盖"
)
_MOST_COLUMNS = 20
_LONGEST_LABEL = 14


class Cell(NamedTuple):
    """What stands in one place of a table."""

    start: int
    end: int
    plain: str
    """Simplified, without white space."""


Row = tuple[Cell | None, ...]


class List(NamedTuple):
    """A head and the rows below it."""

    head: Head
    labels: Row
    rows: Sequence[Row]


def find_lists(reading: Reading) -> Iterator[List]:
    """All lists of places. `TRIGGER` says whether looking for them is worth while."""
    plain = simplify(reading.text)
    yield from _in_tables(reading, plain)
    yield from _in_lines(reading, plain)


def _in_tables(reading: Reading, plain: str) -> Iterator[List]:
    head: Head | None = None
    labels: Row = ()
    before = -1
    blocks = [b for b in reading.blocks if b.table is not None and not b.furniture]
    for _, members in groupby(blocks, key=lambda block: (block.part, block.table)):
        table = list(members)
        rows = _grid(plain, table)
        if not rows or not _goes_on(plain, before, table[0].start, head, rows[0]):
            head = None
        below: list[Row] = []
        for row in rows:
            if found := find_head(_words(row)):
                if head and below:
                    yield List(head, labels, below)
                head, labels, below = found, row, []
            elif head and not below and (both := _second_head(head, labels, row)):
                head, labels = both
            elif head:
                below.append(row)
        if head and below and _watches(plain, labels, below, table[0].start):
            yield List(head, labels, below)
        before = table[-1].end


def _second_head(head: Head, labels: Row, row: Row) -> tuple[Head, Row] | None:
    """Both rows of names as one: 球机 and 枪机 under 前端设备. None: the row is none of names."""
    place = head.places["place"]
    if (place < len(row) and row[place]) or not any(cell and column_of(cell.plain) for cell in row):
        return None
    merged = tuple(below or above for above, below in zip(labels, row, strict=False))
    found = find_head(_words(merged))
    return (found, merged) if found else None


def _words(row: Row) -> tuple[str, ...]:
    return tuple(cell.plain if cell else "" for cell in row)


def _goes_on(plain: str, before: int, start: int, head: Head | None, row: Row) -> bool:
    """Whether a table is the list's next page: as wide, no words between, no head."""
    if head is None or before < 0 or not head.width - _EMPTY <= len(row) <= head.width:
        return False
    between = plain[before:start]
    if len(between) > _APART or re.search(r"[:。、]", between):
        return False
    return sum(bool(column_of(word)) for word in _words(row)) < 2


def _watches(plain: str, labels: Row, rows: Sequence[Row], start: int) -> bool:
    """Whether the list is one of equipment that watches: its words, or those before it, say so."""
    if any(cell and DEVICE.search(cell.plain) for row in (labels, *rows[:20]) for cell in row):
        return True
    return bool(DEVICE.search(plain, max(0, start - _AROUND), start))


def _grid(plain: str, blocks: Sequence[Block]) -> list[Row]:
    """A table's rows with its spans expanded."""
    anchors = []
    for (row, column), members in groupby(blocks, key=lambda block: (block.row, block.column)):
        parts = list(members)
        if row is not None and column is not None:
            anchors.append((row, column, parts[0], _cell(plain, parts[0].start, parts[-1].end)))
    height = max((row + 1 for row, *_ in anchors), default=0)
    width = max((column + block.column_span for _, column, block, _ in anchors), default=0)
    if height * width > _MOST_CELLS:
        return []
    grid: list[list[Cell | None]] = [[None] * width for _ in range(height)]
    for row, column, block, cell in anchors:
        for r in range(row, min(row + block.row_span, height)):
            for c in range(column, min(column + block.column_span, width)):
                grid[r][c] = grid[r][c] or cell
    return [tuple(row) for row in grid]


def _cell(plain: str, start: int, end: int) -> Cell:
    text = plain[start:end]
    lead = len(text) - len(text.lstrip())
    return Cell(start + lead, start + len(text.rstrip()), "".join(text.split()))


def _in_lines(reading: Reading, plain: str) -> Iterator[List]:
    """Lists of which the cells are lines or kept apart by wide spaces: 1, 2, 3 begin the rows."""
    cells = _tokens(reading, plain) if _may_begin(reading, plain) else []
    index = 0
    while index < len(cells):
        width = _width(cells, index) if _ORDINAL.match(cells[index].plain) else 0
        head = find_head([cell.plain for cell in cells[index : index + width]]) if width else None
        rows = _numbered(cells, index + width, width) if head else []
        if head is None or not rows:
            index += 1
            continue
        labels = tuple(cells[index : index + width])
        if _watches(plain, labels, rows, cells[index].start):
            yield List(head, labels, rows)
        index += width * (1 + len(rows))


def _may_begin(reading: Reading, plain: str) -> bool:
    """Whether a line holds a cell that says 序号 alone: without one no list begins."""
    return any(
        block.table is None and _ORDINAL_ALONE.search(plain, block.start, block.end)
        for block in reading.blocks
    )


def _tokens(reading: Reading, plain: str) -> list[Cell]:
    cells: list[Cell] = []
    for block in reading.blocks:
        if block.table is not None or block.furniture:
            continue
        for line in re.finditer(r"[^\n]+", plain[block.start : block.end]):
            start = block.start + line.start()
            end = block.start + line.end()
            for gap in _GAP.finditer(reading.text, start, end):
                cells.append(_cell(plain, start, gap.start()))
                start = gap.end()
            cells.append(_cell(plain, start, end))
    return [cell for cell in cells if cell.plain]


def _width(cells: Sequence[Cell], index: int) -> int:
    """How many names of columns follow one another from a 序号 on."""
    width = 1
    for cell in cells[index + 1 : index + _MOST_COLUMNS]:
        word = cell.plain
        known = column_of(word) or _REST.search(label_key(word))
        if len(word) > _LONGEST_LABEL or not known or word[:1].isdigit():
            break
        width += 1
    return width


def _numbered(cells: Sequence[Cell], index: int, width: int) -> list[Row]:
    """Rows of that width that begin with 1, 2, 3 and so on."""
    rows: list[Row] = []
    while len(rows) < MOST_ROWS and index + width <= len(cells):
        if not re.fullmatch(rf"0*{len(rows) + 1}[.、]?", cells[index].plain):
            break
        rows.append(tuple(cells[index : index + width]))
        index += width
    return rows
