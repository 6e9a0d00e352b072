"""Tables of items that have lost their cells: one cell a line, or cells kept apart by wide spaces.

The first number stands as far behind the name of its column as there are columns.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from tenderlight.fields.grids import make_cell
from tenderlight.fields.items_cells import MEASURES
from tenderlight.fields.items_columns import column_of, find_columns
from tenderlight.fields.shapes import Cell, Layout

_MOST_COLUMNS = 14
_GAP = re.compile(r"\t{4,}|\u3000+|\s{4,}|(?<!\t)\t(?!\t)")
_TABS = re.compile(r"\t{4,}")
_NAME = re.compile(r"[\u4e00-\u9fffa-z/()\[\]、.%\-]{1,32}$")
_COUNTED = re.compile(r"\d[\d,]{0,9}(?:\.\d{1,4})?([^\d\s,.:。;元%年月日]{0,4})$")
_ENDS = re.compile(
    r"[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)|合计|总计|注:|备注:"
)
_ORDINALS = ("序号", "项号", "编号", "品目号", "包号", "序", "标段")
_FIRST = re.compile(r"0*1$|第?一|a$")
_MEASURED = re.compile(rf"\d[\d,]{{0,9}}(?:\.\d{{1,4}})?\(?[{MEASURES}]{{1,3}}\)?$")
_LONGEST_CELL = 60
_FEW_GAPS = 5


class Token(NamedTuple):
    """A cell that is left: its place, and its text without white space, simplified."""

    start: int
    end: int
    plain: str


Rows = list[tuple[Cell | None, ...]]


def find_stacked_rows(layout: Layout) -> list[list[tuple[Cell | None, ...]]]:
    """Such tables as rows of cells, the row of names first."""
    if "数量" not in layout.plain:
        return []
    tokens = _tokens(layout)
    texts = [token.plain for token in tokens]
    tables = []
    after = 0
    for index, text in enumerate(texts):
        if index < after or len(text) > 14 or column_of(text) != "quantity":
            continue
        if found := _table_at(texts, index):
            first, width = found
            rows = _rows(layout, tokens, first, width, index - first)
            after = first + width * len(rows)
            tables.append(rows)
    return tables


def _tokens(layout: Layout) -> list[Token]:
    tokens = []
    for line in layout.lines:
        if line.block.table is not None:
            continue
        start = line.start
        inside = _tabs_inside(layout.text[line.start : line.end])
        for gap in _GAP.finditer(layout.text, line.start, line.end):
            if gap[0].isspace() and 0 < gap[0].count("\t") < inside:
                continue
            tokens.append((start, gap.start()))
            start = gap.end()
        tokens.append((start, line.end))
    found = (Token(a, b, "".join(layout.plain[a:b].split())) for a, b in tokens)
    return [token for token in found if token.plain]


def _tabs_inside(line: str) -> int:
    """Fewer tabs than this break a line inside a cell: cells are kept apart by one number of them.

    Nine between cells and three or six inside one are the remains of an indented page.
    """
    runs = Counter(len(run) for run in _TABS.findall(line))
    usual, times = max(runs.items(), key=lambda run: (run[1], run[0]), default=(0, 0))
    return usual if times >= _FEW_GAPS else 0


def _table_at(texts: Sequence[str], index: int) -> tuple[int, int] | None:
    """First token and width of the table whose quantities are named at `index`."""
    start = index
    while start > 0 and index - start < _MOST_COLUMNS and _NAME.match(texts[start - 1]):
        if texts[start] in _ORDINALS and texts[start - 1] not in _ORDINALS:
            break
        start -= 1
    counted = range(index + 2, min(index + _MOST_COLUMNS + 1, len(texts)))
    matches = [(at, match) for at in counted if (match := _COUNTED.match(texts[at]))]
    measured = [at for at, match in matches if match.group(1)]
    for at in measured[:1] or [at for at, _ in matches]:
        firsts = range(start, start + 1 if texts[start] in _ORDINALS else index)
        for first in firsts:
            if _fits(texts, index, first, at):
                return first, at - index
    return None


def _fits(texts: Sequence[str], index: int, first: int, at: int) -> bool:
    """True if the names end where the first row begins, and no name stands in that row."""
    width = at - index
    header, row = texts[first : first + width], texts[first + width : at]
    if first + width <= index or not all(map(_NAME.match, header)):
        return False
    if header[0] in _ORDINALS and not (row and _FIRST.match(row[0])):
        return False
    return not any(column_of(cell) for cell in row)


def _rows(
    layout: Layout, tokens: Sequence[Token], first: int, width: int, counted: int
) -> list[tuple[Cell | None, ...]]:
    rows = [_cells(layout, tokens[first : first + width])]
    at = first + width
    measured: bool | None = None
    while at + width <= len(tokens):
        match = _COUNTED.match(tokens[at + counted].plain)
        if match is None or (measured and not match.group(1)):
            break
        if any(_ENDS.match(token.plain) for token in tokens[at : at + counted]):
            break
        measured = bool(match.group(1))
        rows.append(_cells(layout, tokens[at : at + width]))
        at += width
    return [*rows, *_short_rows(layout, tokens, at, rows[0], counted)]


def _short_rows(
    layout: Layout,
    tokens: Sequence[Token],
    at: int,
    head: tuple[Cell | None, ...],
    counted: int,
) -> list[tuple[Cell | None, ...]]:
    """Further rows of which cells are missing because they spanned rows or were empty.

    What stands from the name up to a number with its unit (`1台`) is in its columns; what is
    before and after them may be in any.
    """
    columns = find_columns(head)
    if columns is None or (before := counted - columns["name"]) <= 0:
        return []
    rows: list[tuple[Cell | None, ...]] = []
    while at < len(tokens):
        window = range(at + before, min(at + len(head) + 1, len(tokens)))
        found = next((n for n in window if _MEASURED.match(tokens[n].plain)), None)
        if found is None or _is_over(tokens[at : found + 1], tokens[found - before]):
            break
        blank = (None,) * columns["name"]
        kept = _cells(layout, tokens[found - before : found + 1])
        rows.append((*blank, *kept, *(None,) * (len(head) - counted - 1)))
        at = found + 1
    return rows


def _is_over(row: Sequence[Token], name: Token) -> bool:
    """True where text begins that is no row."""
    if not _NAME.match(name.plain) and not any("\u4e00" <= char <= "\u9fff" for char in name.plain):
        return True
    return any(len(token.plain) > _LONGEST_CELL or _ENDS.match(token.plain) for token in row)


def _cells(layout: Layout, tokens: Sequence[Token]) -> tuple[Cell | None, ...]:
    return tuple(make_cell(layout.text, layout.plain, token.start, token.end) for token in tokens)
