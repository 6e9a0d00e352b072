"""Tables that have lost their cells: one cell per line, or cells kept apart by wide spaces.

Both are recognised by a run of column names followed by rows of as many values.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from tenderlight.fields.flat_across import find_across
from tenderlight.fields.grids import find_headers, make_cell, names_correction
from tenderlight.fields.labels import field_of, plain_key
from tenderlight.fields.shapes import Cell, Grid, Line

_ORDINAL = frozenset({"ordinal", "lot", "rank"})
_MOST_COLUMNS = 16
_LONGEST_NAME = 40
_COUNT = re.compile(r"(?:第?[1一](?:[、.]|标段|标项|包|名)?|01|001)$")
_LETTERED = re.compile(r"[a-z]包?$")
"""A lot named by a letter: a notice of a single lot may begin with any of them."""
_NTH = re.compile(r"第[一二三四五六七八九十\d]{1,2}(?:名|(?:中标|成交)?候选人)$")
_HEADING = re.compile(
    r"[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)|\d{1,2}[.、]\s*[^\d\s.]"
)
_WIDE = re.compile(r"[\t\u3000]+|\s{2,}")
_ANY_SPACE = re.compile(r"\s+")


def find_flat_tables(text: str, plain: str, lines: Sequence[Line], number: int) -> list[Grid]:
    """All tables printed as lines; `number` is the first free `Grid.number`."""
    grids: list[Grid] = []
    index = 0
    free = [line for line in lines if line.block.table is None]
    while index < len(free):
        if across := find_across(text, plain, free, index):
            beside, after = across
            grids.append(_across(beside, number + len(grids), free[index], free[after - 1]))
            index = after
            continue
        found = _stacked(text, plain, free, index) or _spaced(text, plain, free, index)
        if found is None:
            index += 1
            continue
        kind, rows, after = found
        grids.append(
            Grid(
                number=number + len(grids),
                kind="lines" if kind == "lines" else "spaced",
                rows=rows,
                headers=(0,),
                start=free[index].start,
                end=free[after - 1].end,
                section=free[index].section,
            )
        )
        index = after
    return grids


def _across(
    rows: tuple[tuple[Cell | None, ...], ...], number: int, first: Line, last: Line
) -> Grid:
    return Grid(
        number=number,
        kind="spaced",
        rows=rows,
        start=first.start,
        end=last.end,
        section=first.section,
    )


Found = tuple[str, tuple[tuple[Cell | None, ...], ...], int]


def _stacked(text: str, plain: str, lines: Sequence[Line], index: int) -> Found | None:
    """n column names on n lines, then n values for every row."""
    width = _stacked_width(plain, lines, index)
    if width < 2:
        return None
    counted = _line_field(plain, lines[index]) in _ORDINAL
    rows = [_row(text, plain, lines[index : index + width])]
    corrects = counted and any(names_correction(cell.plain) for cell in rows[0] if cell)
    at = index + width
    while at + width <= len(lines):
        row = lines[at : at + width]
        ranks = counted and _NTH.match(plain, row[0].start, row[0].end)
        if not corrects and any(_ends_table(plain, line) for line in (row[1:] if ranks else row)):
            break
        if corrects and not _counts(plain, row[0]):
            break
        if counted and len(plain[row[0].start : row[0].end]) > 12:
            break
        rows.append(_row(text, plain, row))
        at += width
    return ("lines", tuple(rows), at) if len(rows) > 1 else None


def _counts(plain: str, line: Line) -> bool:
    return plain[line.start : line.end].isdigit()


def _stacked_width(plain: str, lines: Sequence[Line], index: int) -> int:
    """How many lines from here on are column names; 0 where no flattened table starts."""
    first = _line_field(plain, lines[index])
    if not first:
        return 0
    if first in _ORDINAL:
        for width in range(2, _MOST_COLUMNS + 1):
            if index + width >= len(lines):
                return 0
            line = lines[index + width]
            printed = plain[line.start : line.end]
            if _COUNT.match(printed) or (first == "lot" and _LETTERED.match(printed)):
                return width
            if not _may_be_name(plain, line):
                return 0
        return 0
    width = 1
    while index + width < len(lines) and width < _MOST_COLUMNS:
        if _line_field(plain, lines[index + width]) is None:
            break
        width += 1
    return width


def _line_field(plain: str, line: Line) -> str | None:
    """The field of a line that is nothing but a column name."""
    start, end = line.start, line.end
    if end - start > _LONGEST_NAME or plain[end - 1] == ":" or plain[start] == ":":
        return None
    return _name_field(plain[start:end])


@lru_cache(maxsize=1024)
def _name_field(name: str) -> str | None:
    """Cached because every line is asked as the 2nd, 3rd … column of the lines above it."""
    return None if ":" in name else field_of(plain_key(name))


def _may_be_name(plain: str, line: Line) -> bool:
    text = plain[line.start : line.end]
    return len(text) <= _LONGEST_NAME and ":" not in text and "。" not in text


def _ends_table(plain: str, line: Line) -> bool:
    text = plain[line.start : min(line.end, line.start + 40)]
    if _HEADING.match(text):
        return True
    label, colon, _ = text.partition(":")
    if colon:
        return field_of(plain_key(label)) is not None
    return bool(field_of(plain_key(plain[line.start : line.end][:40])))


def _row(text: str, plain: str, lines: Sequence[Line]) -> tuple[Cell | None, ...]:
    return tuple(make_cell(text, plain, line.start, line.end) for line in lines)


def _spaced(text: str, plain: str, lines: Sequence[Line], index: int) -> Found | None:
    """A line of column names kept apart by spaces, then lines of as many values."""
    line = lines[index]
    if line.end - line.start > 120 or ":" in plain[line.start : line.end]:
        return None
    if len(_ANY_SPACE.findall(text, line.start, line.end)) < 2:
        return None
    for space in (_WIDE, _ANY_SPACE):
        header = _tokens(text, plain, line, space)
        if len(header) < 3 or find_headers((header, header)) != (0,):
            continue
        rows = [header]
        at = index + 1
        while at < len(lines) and lines[at].end - lines[at].start <= 400:
            row = _tokens(text, plain, lines[at], space)
            if len(row) != len(header) or find_headers((row, row)) == (0,):
                break
            rows.append(row)
            at += 1
        if len(rows) > 1:
            return ("spaced", tuple(rows), at)
    return None


def _tokens(text: str, plain: str, line: Line, space: re.Pattern[str]) -> tuple[Cell, ...]:
    cells = []
    start = line.start
    for gap in space.finditer(text, line.start, line.end):
        if gap.start() > start:
            cells.append(make_cell(text, plain, start, gap.start()))
        start = gap.end()
    if start < line.end:
        cells.append(make_cell(text, plain, start, line.end))
    return tuple(cells)
