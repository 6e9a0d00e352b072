"""The heads of tables of items that have lost their cells, and what may stand in their rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from tenderlight.fields.items_columns import Columns, column_key, column_of, find_columns
from tenderlight.fields.items_tokens import FITS, Token, as_cells, is_count
from tenderlight.fields.shapes import Layout

_MOST_COLUMNS = 14
_NAME = re.compile(r"[\u4e00-\u9fffa-z/()\[\]、.%\-]{1,32}$")
_ENDS = re.compile(
    r"[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)|合计|总计|注:|备注:"
)
_LABEL = re.compile(r"[^:]{2,12}:.")
_OTHER_NAMES = re.compile(
    r"备注|^是否|预算|用途|^简要|要求$|说明$|参数|描述|工期|交货|质保|限价|价格|金额|^序号?$|^[项编包]号$|^品目号$"
)
"""Names of columns that hold nothing of an item."""
_OFTEN_VALUES = ("设备", "产品", "货物", "服务", "标的", "物品", "品种")
_ORDINALS = ("序号", "项号", "编号", "品目号", "包号", "序", "标段")
_FIRST = re.compile(r"0*1$|第?一|a$")
_ORDINAL = re.compile(r"\d{1,4}(?:[-.]\d{1,3})?[.、]?$|[一二三四五六七八九十]{1,3}[.、]?$|[a-z]$")
_LONGEST_NAME = 14
_ENOUGH = 4
"""So many rows that fit show that a head is one."""


class Head(NamedTuple):
    """Where a table's names stand, and what they say."""

    first: int
    width: int
    columns: Columns
    counted: int
    """The column of quantities."""
    numbered: int
    """The column of 1, 2, 3; -1: none."""
    by_line: bool
    """True where every row is a line."""


def find_head(
    layout: Layout, tokens: Sequence[Token], index: int, names: Sequence[str]
) -> Head | None:
    """The head whose quantities are named at `index`, as wide as most rows fit it.

    `names` are those of the table before: where they come again its rows go on, 4 after 3.
    """
    left, right = index, index + 1
    while left > 0 and index - left < _MOST_COLUMNS and _NAME.match(tokens[left - 1].plain):
        left -= 1
    while (
        right < len(tokens) and right - index < _MOST_COLUMNS and _NAME.match(tokens[right].plain)
    ):
        right += 1
    heads = (
        head
        for first in range(left, index)
        for end in range(index + 1, right + 1)
        if (head := _head(layout, tokens, first, end, index, names)) is not None
    )
    fitting = [(_fitting(tokens, head), -head.width, head) for head in heads]
    best = max(fitting, key=lambda each: each[:2], default=None)
    return best[2] if best and best[0] else None


def _head(
    layout: Layout,
    tokens: Sequence[Token],
    first: int,
    end: int,
    index: int,
    names: Sequence[str],
) -> Head | None:
    """The head from `first` to `end`, if a row follows it there."""
    counted = index - first
    if end + counted >= len(tokens) or not is_count(tokens[end + counted].plain):
        return None
    if is_name(tokens[end].plain) or (first and is_name(tokens[first - 1].plain)):
        return None
    words = [column_key(token.plain) for token in tokens[first:end]]
    if any(word in _ORDINALS for word in words[1:]) and words[0] not in _ORDINALS:
        return None
    columns = find_columns(as_cells(layout, tokens[first:end]))
    if columns is None or columns.get("quantity") != counted:
        return None
    named = [n for n, word in enumerate(words) if word in _ORDINALS]
    numbered = next((n for n in named if words[n] in ("序号", "序")), named[0] if named else -1)
    if numbered >= 0 and not _FIRST.match(tokens[end + numbered].plain) and words != names:
        return None
    line = tokens[first].line
    if tokens[first + 1].line == line != tokens[end - 1].line:
        return None
    by_line = tokens[end - 1].line == line and (end == len(tokens) or tokens[end].line != line)
    return Head(first, end - first, columns, counted, numbered, by_line)


def is_name(plain: str) -> bool:
    """Whether a word is the name of a column, and hardly ever what stands in one."""
    key = column_key(plain)
    if ":" in plain or not _NAME.match(key):
        return False
    if _OTHER_NAMES.search(key):
        return len(key) <= _LONGEST_NAME
    return column_of(plain) is not None and plain not in _OFTEN_VALUES


def _fitting(tokens: Sequence[Token], head: Head) -> int:
    """How many whole rows follow one another below the head, of the first few."""
    at, fitting = head.first + head.width, 0
    while fitting < _ENOUGH and fits(tokens, at, head):
        at, fitting = at + head.width, fitting + 1
    if head.by_line and not fitting:  # its first line may lack cells
        lines = range(at + 1, min(at + _ENOUGH * head.width, len(tokens)))
        begin = (n for n in lines if tokens[n].line != tokens[n - 1].line)
        return int(any(fits(tokens, n, head) for n in begin))
    return fitting


def fits(tokens: Sequence[Token], at: int, head: Head) -> bool:
    """Whether in a row from here on each cell is of its column's kind."""
    row = tokens[at : at + head.width]
    if len(row) < head.width or is_over(row[0].plain, begins=True):
        return False
    if head.by_line and row[0].line != row[-1].line:
        return False
    if head.numbered >= 0 and not _ORDINAL.match(row[head.numbered].plain):
        return False
    if any(_ENDS.match(token.plain) for token in row[: head.counted + 1]):
        return False
    if any(is_over(row[n].plain) for n in head.columns.values()):
        return False
    return all(FITS[c](row[n].plain) for c, n in head.columns.items() if c in FITS)


def is_over(plain: str, begins: bool = False) -> bool:
    """Text that is no cell of a row; at its beginning also a label with its value."""
    if _ENDS.match(plain) or "。" in plain or column_of(plain) == "quantity":
        return True
    return begins and bool(_LABEL.match(plain))
