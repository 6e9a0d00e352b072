"""Under which headings rows of goods stand: a row of a title alone, a cell beside several rows, or
the line above the table.

`一、人脸识别子系统` is in force for the rows below it, up to the next heading of its level. One of
a lower level (`（一）前端`) leaves it in force.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from operator import attrgetter

import msgspec

from tenderlight.model import Block
from tenderlight.technologies.prepared import Prepared

MOST_ROWS = 2000
"""Rows of goods that are looked at: lists of more are price lists of a whole trade."""
LONGEST = 40
"""Characters of a heading; longer lines are sentences."""
BETWEEN = 24
"""Blocks between two rows of goods, or before a table's first one, that are looked at."""

_START = attrgetter("start")
_NUMBERED = re.compile(
    r"(?:(第?[一二三四五六七八九十]{1,3}(?:[、.章部包]|$|\s))|(\([一二三四五六七八九十]{1,3}\))"
    r"|(\d{1,2}(?:\.\d{1,2}){0,3}(?:[、.)]|$|\s))|([a-z]\d{0,2}[、.]))"
)
_ENDS = re.compile("(?:系统|子系统|平台|部分|前端|后端|设备|模块|工程|清单|终端|单元|类)[:]?$")
_NO_HEADING = re.compile("[合小总共][计价额]|^(?:备注|说明|注|序号|名称|项目名称|品目)|[。;,]|:.")
_UNNUMBERED = 9


class Group(msgspec.Struct, frozen=True):
    """A heading over rows of goods: where it is printed, and its level, 1 the highest."""

    start: int
    end: int
    level: int


def groups_of_items(notice: Prepared) -> dict[int, tuple[Group, ...]]:
    """For each item the headings it stands under, the nearest first; items under none are left out.

    Bounded: `MOST_ROWS` rows, and `BETWEEN` blocks before each.
    """
    blocks = notice.reading.blocks
    stack: list[Group] = []
    beside: list[tuple[int | None, int, Group]] = []
    found: dict[int, tuple[Group, ...]] = {}
    before = -1
    for start, _, item in notice.rows[:MOST_ROWS]:
        place = max(bisect.bisect_right(blocks, start, key=_START) - 1, 0)
        first = _first_of_its_row(blocks, place)
        if before < 0 or blocks[place].table != blocks[before].table:
            stack.clear()
        for group in _headings(notice, max(before + 1, first - BETWEEN), first):
            while stack and stack[-1].level >= group.level:
                stack.pop()
            stack.append(group)
        beside = _still_beside(beside, blocks[place]) + list(_beside(blocks[first:place]))
        nearest = (*(group for *_, group in reversed(beside)), *reversed(stack))
        if nearest:
            found[item] = nearest
        before = _last_of_its_row(blocks, place)
    return found


def _first_of_its_row(blocks: tuple[Block, ...], place: int) -> int:
    cell = blocks[place]
    first = place
    while cell.table is not None and first and place - first < BETWEEN:
        if (blocks[first - 1].table, blocks[first - 1].row) != (cell.table, cell.row):
            break
        first -= 1
    return first


def _last_of_its_row(blocks: tuple[Block, ...], place: int) -> int:
    cell = blocks[place]
    last = place
    while cell.table is not None and last + 1 < len(blocks) and last - place < BETWEEN:
        if (blocks[last + 1].table, blocks[last + 1].row) != (cell.table, cell.row):
            break
        last += 1
    return last


def _beside(cells: tuple[Block, ...]) -> Iterator[tuple[int | None, int, Group]]:
    """Cells left of a row's name that hold for the rows below as well, and up to which row."""
    for cell in cells:
        if cell.row_span > 1 and cell.row is not None and cell.end - cell.start <= LONGEST:
            last = cell.row + cell.row_span - 1
            yield cell.table, last, Group(cell.start, cell.end, _UNNUMBERED)


def _still_beside(
    beside: list[tuple[int | None, int, Group]], cell: Block
) -> list[tuple[int | None, int, Group]]:
    return [one for one in beside if one[0] == cell.table and (cell.row or 0) <= one[1]]


def _headings(notice: Prepared, first: int, last: int) -> Iterator[Group]:
    """Headings among some blocks: lines, and rows of a table that hold nothing but a title."""
    blocks = notice.reading.blocks
    place = first
    while place < last:
        end = min(_last_of_its_row(blocks, place) + 1, last)
        cells = [block for block in blocks[place:end] if block.end > block.start]
        group = _heading(notice.plain, cells)
        if group and not _is_a_name(notice, group):
            yield group
        place = max(end, place + 1)


def _is_a_name(notice: Prepared, group: Group) -> bool:
    """The purchase's own name stands over every row, and says nothing of any."""
    told = notice.plain[group.start : group.end].strip()
    return any(told in name or name in told for name in notice.names)


def _heading(plain: str, cells: list[Block]) -> Group | None:
    """A row of one title, or of its number and a title; None where it is something else."""
    if not cells or len(cells) > 2 or cells[-1].end - cells[0].start > LONGEST:
        return None
    told = plain[cells[0].start : cells[-1].end].replace("\n", " ").strip()
    number = _NUMBERED.match(told)
    if _NO_HEADING.search(told) or (len(cells) == 2 and not number):
        return None
    title = told[number.end() :] if number else told
    alone = cells[0].table is not None
    if len(title.strip()) < 2 or not (number or alone or _ENDS.search(title)):
        return None
    level = next(n for n in (1, 2, 3, 4) if number.group(n)) if number else _UNNUMBERED
    return Group(cells[0].start, cells[-1].end, level)
