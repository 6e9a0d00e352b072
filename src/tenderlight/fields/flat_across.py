"""Tables of candidates side by side that have lost their cells: labels at the left, names across.

`中标候选人名称 甲公司 乙公司` under `排名 第一名 第二名`: on one line each, or one cell per line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tenderlight.fields.grids import make_cell
from tenderlight.fields.labels import field_of, plain_key
from tenderlight.fields.shapes import Cell, Line

_NTH = re.compile(r"第[一二三四五]\s?(?:名|(?:中标|成交|中选)?候选(?:人|单位))$")
_HEADING = re.compile(r"[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)")
_WIDE = re.compile(r"[\t\u3000]+|\s{2,}")
_FEWEST, _MOST = 2, 8
_LONGEST_LABEL = 24

Rows = tuple[tuple[Cell, ...], ...]


def find_across(
    text: str, plain: str, lines: Sequence[Line], index: int
) -> tuple[Rows, int] | None:
    """The rows of a table that begins at a line, and the line behind it; None if none does."""
    line = lines[index]
    if plain.find("第", line.start, min(line.end, line.start + 200) + _LONGEST_LABEL) < 0:
        return None
    return _spaced(text, plain, lines, index) or _stacked(text, plain, lines, index)


def _spaced(text: str, plain: str, lines: Sequence[Line], index: int) -> tuple[Rows, int] | None:
    first = _cells(text, plain, lines[index])
    if not _FEWEST < len(first) <= _MOST or not _is_head([cell.plain for cell in first]):
        return None
    rows = [first]
    while index + len(rows) < len(lines):
        row = _cells(text, plain, lines[index + len(rows)])
        if len(row) != len(first) or not _may_be_label(row[0].plain):
            break
        rows.append(row)
    return (tuple(rows), index + len(rows)) if len(rows) > 1 else None


def _cells(text: str, plain: str, line: Line) -> tuple[Cell, ...]:
    if line.end - line.start > 400:
        return ()
    cells, start = [], line.start
    for gap in _WIDE.finditer(text, line.start, line.end):
        cells.append(make_cell(text, plain, start, gap.start()))
        start = gap.end()
    return (*cells, make_cell(text, plain, start, line.end))


def _stacked(text: str, plain: str, lines: Sequence[Line], index: int) -> tuple[Rows, int] | None:
    across = 0
    while across < _MOST and index + across + 1 < len(lines):
        line = lines[index + across + 1]
        if line.end - line.start > _LONGEST_LABEL or not _NTH.match(plain[line.start : line.end]):
            break
        across += 1
    width = across + 1
    head = [plain[line.start : line.end] for line in lines[index : index + width]]
    if across < _FEWEST or not _is_head(head):
        return None
    rows: list[tuple[Cell, ...]] = []
    at = index
    while at + width <= len(lines) and _may_be_label(plain[lines[at].start : lines[at].end]):
        row = lines[at : at + width]
        if rows and any(_ends_row(plain[line.start : line.end]) for line in row[1:]):
            break
        rows.append(tuple(make_cell(text, plain, line.start, line.end) for line in row))
        at += width
    return (tuple(rows), at) if len(rows) > 1 else None


def _is_head(names: Sequence[str]) -> bool:
    return field_of(plain_key(names[0][: 2 * _LONGEST_LABEL])) in ("rank", "supplier") and all(
        _NTH.match(name) for name in names[1:]
    )


def _may_be_label(name: str) -> bool:
    if len(name) > _LONGEST_LABEL or name[:1].isdigit() or _HEADING.match(name):
        return False
    return not any(mark in name for mark in ":。;")


def _ends_row(words: str) -> bool:
    """True for what is no cell of a row: another label, a heading, a sentence."""
    if ":" in words or "。" in words or _HEADING.match(words):
        return True
    return len(words) <= _LONGEST_LABEL and bool(field_of(plain_key(words)))
