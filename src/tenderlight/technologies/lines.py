"""The lines around a word: how they are marked as items, and which of them make one list."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from operator import attrgetter
from typing import NamedTuple

from tenderlight.model import Block, Reading

LONGEST = 2_000
"""Characters of a quotation: a page of a specification. A longer list is cut after a whole item."""
MOST_LINES = 120
"""Lines looked at to either side of a word."""
HEADING = 24
"""Characters of a line that may be the heading of a list."""
STYLES = (
    re.compile(r"第[\d一二三四五六七八九十]{1,3}[章节条部篇款]"),
    re.compile(r"[一二三四五六七八九十]{1,3}[、.]"),
    re.compile(r"[(（][一二三四五六七八九十]{1,3}[)）]"),
    re.compile(r"\d{1,2}[、.．](?!\d)"),
    re.compile(r"\d{1,2}\.\d{1,2}(?![\d.%亿万千百倍米寸秒])[、.．]?"),
    re.compile(r"\d{1,2}\.\d{1,2}\.\d{1,2}(?![\d.])[、.．]?"),
    re.compile(r"\d{1,2}(?:\.\d{1,2}){3,4}(?![\d.])[、.．]?"),
    re.compile(r"[(（]\d{1,2}[)）]"),
    re.compile(r"\d{1,2}[)）]"),
    re.compile(r"[①-⑳❶-❿]"),
    re.compile(r"[(（]?[A-Za-z][)）、.．](?![A-Za-z])"),
    re.compile(r"[-–—•●◆■▲★※◇○□·*√►➢]"),
    re.compile(r"(?:规则|模型|条件|情形|场景)[\d一二三四五六七八九十]{1,3}[:：、.]?"),
)
"""Ways to mark an item; the number in this row is the style's name."""
BULLETS = 11
_MAY_MARK = re.compile(r"[第一二三四五六七八九十(（\dA-Za-z①-⑳❶-❿规模条情场–—•●◆■▲★※◇○□·*√►➢-]")
"""What every mark begins with: most lines have none."""
_MAY_BEGIN = re.compile(rf"[\s★▲*#{_MAY_MARK.pattern[1:]}")
_STARRED = re.compile(r"[\s★▲*#]{0,4}")
_OPENS = re.compile(r":$|(?:如下|以下|下列|下表|如下表)[^。;]{0,20}[:。]?$")
"""A line that what follows belongs to."""
NAMED = re.compile(r"[^:。;,\n]{2,20}:")


class Line(NamedTuple):
    """A paragraph: its place, and how it is marked as an item (-1: it is not)."""

    start: int
    end: int
    style: int


def block_number(blocks: Sequence[Block], start: int) -> int:
    """The number of the block that a place lies in."""
    return max(bisect_right(blocks, start, key=attrgetter("start")) - 1, 0)


def same_flow(one: Block, other: Block) -> bool:
    """Whether two blocks are of one cell, or both of the running text of one document."""
    return (
        one.table == other.table
        and one.row == other.row
        and one.column == other.column
        and one.part == other.part
        and one.furniture == other.furniture
    )


def lines_around(reading: Reading, plain: str, index: int) -> tuple[list[Line], int]:
    """The paragraphs around a block, in its cell or in the running text; which one is its own."""
    blocks = reading.blocks
    first, last = index, index
    own = blocks[index]
    first_place, last_place = own.start - LONGEST, own.end + LONGEST
    while first and blocks[first - 1].end > first_place and same_flow(blocks[first - 1], own):
        first -= 1
    edge = len(blocks) - 1
    while last < edge and blocks[last + 1].start < last_place and same_flow(blocks[last + 1], own):
        last += 1
    first, last = max(first, index - MOST_LINES), min(last, index + MOST_LINES)
    lines: list[Line] = []
    at = 0
    for number in range(first, last + 1):
        block = blocks[number]
        style = _style(reading.text, plain, block.start, block.end)
        if lines and style < 0 and _broken(plain, lines[-1], block):
            lines[-1] = lines[-1]._replace(end=block.end)
        else:
            lines.append(Line(block.start, block.end, style))
        if number == index:
            at = len(lines) - 1
    return lines, at


def _broken(plain: str, line: Line, block: Block) -> bool:
    """Whether a line goes on in the next block: it ends in a comma, or long and with no mark."""
    if line.end == line.start or block.end - line.start > LONGEST:
        return False
    end = plain[line.end - 1]
    if end in ",、":
        return True
    if block.page is not None or line.end - line.start < 30 or end in "。;:!?)":
        return False
    if block.kind != "text" or NAMED.match(plain, block.start, block.end):
        return False
    return plain[block.end - 1 : block.end] in ("。", ";", ",")


def _style(text: str, plain: str, start: int, end: int) -> int:
    if not _MAY_BEGIN.match(text, start, end):
        return -1
    first, starred = start, False
    if (begun := _STARRED.match(text, start, end)) and begun.end() > start:
        first = begun.end()
        starred = not text[start:first].isspace()
    if not _MAY_MARK.match(text, first, end):
        return BULLETS if starred else -1
    for number, style in enumerate(STYLES):
        if style.match(text, first, end):
            return number
    return BULLETS if starred else -1


def is_open(plain: str, line: Line) -> bool:
    """Whether a line says that something follows that belongs to it."""
    return _OPENS.search(plain[max(line.end - 40, line.start) : line.end].rstrip()) is not None


def last_item(plain: str, lines: Sequence[Line], lead: int) -> int:
    """The number of the last line of the list below a line; the line's own where there is none."""
    if lead + 1 >= len(lines):
        return lead
    style, above = lines[lead + 1].style, lines[lead].style
    if 0 <= style <= above or (style < 0 and not is_open(plain, lines[lead])):
        return lead
    last = lead
    for number in range(lead + 1, len(lines)):
        line = lines[number]
        goes_on = number == lead + 1 or _unfinished(plain, lines[number - 1])
        if 0 <= line.style < style or 0 <= line.style <= above:
            break
        if line.style < 0 and not goes_on:
            break
        if style < 0 and line.style >= 0 and not goes_on:
            break
        last = number
    return last


def _unfinished(plain: str, line: Line) -> bool:
    return plain[max(line.end - 1, line.start) : line.end] in (";", ",", ":")


def lead_of(plain: str, lines: Sequence[Line], at: int) -> int | None:
    """The line above the list that a line is an item of; None where it is in no list."""
    style = lines[at].style
    for number in range(at - 1, -1, -1):
        line = lines[number]
        if style < 0:
            if is_open(plain, line):
                return number
            if not _unfinished(plain, line):
                return None
        elif line.style >= 0:
            if line.style < style:
                return number
        elif is_open(plain, line) or line.end - line.start <= HEADING:
            return number
        elif not _unfinished(plain, line):
            return None
    return None


def cell_around(blocks: Sequence[Block], index: int) -> tuple[int, int]:
    """From where to where the cell goes on that a block is of."""
    first = last = index
    while first and same_flow(blocks[first - 1], blocks[index]):
        first -= 1
    while last + 1 < len(blocks) and same_flow(blocks[last + 1], blocks[index]):
        last += 1
    return blocks[first].start, blocks[last].end
