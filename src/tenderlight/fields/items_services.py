"""Services in tables that have lost their cells: the first row below their names.

The forms of 2020 list them as 标的名称, 服务范围, 服务要求, 服务时间, 服务标准. Cells of such a
table are paragraphs, so where its second row begins nobody can tell.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tenderlight.fields.items_columns import find_columns
from tenderlight.fields.items_heads import is_name
from tenderlight.fields.items_tokens import FITS, Token, as_cells, find_tokens
from tenderlight.fields.shapes import Cell, Layout

_BEGINS = re.compile(r"服务范围$")
_HEADISH = re.compile(r"(?:名称|标的|范围|要求|时间|标准|期限|编号|编码|序号)$|^备注$")
_LONGEST_NAME = 100
_MOST_COLUMNS = 10


def find_stacked_services(layout: Layout) -> list[list[tuple[Cell | None, ...]]]:
    """Each head of such a table with the row below it, as far as its name."""
    if "服务范围" not in layout.plain:
        return []
    tokens = find_tokens(layout)
    tables = []
    for index, token in enumerate(tokens):
        if len(token.plain) < _MOST_COLUMNS and _BEGINS.search(token.plain):
            tables += _table_at(layout, tokens, index)
    return tables


def _table_at(
    layout: Layout, tokens: Sequence[Token], index: int
) -> list[list[tuple[Cell | None, ...]]]:
    first, end = index, index + 1
    while first > 0 and index - first < _MOST_COLUMNS and _is_head(tokens[first - 1].plain):
        first -= 1
    while end < len(tokens) and end - index < _MOST_COLUMNS and _is_head(tokens[end].plain):
        end += 1
    head = as_cells(layout, tokens[first:end])
    columns = find_columns(head)
    row = tokens[end : end + len(head)]
    if (
        columns is None
        or "listed" not in columns
        or columns["name"] >= min(index - first, len(row))
    ):
        return []
    name = row[columns["name"]].plain
    if tokens[first].plain == "序号" and row[0].plain != "1":
        return []
    if (
        columns["name"] == 0
        or len(name) > _LONGEST_NAME
        or not FITS["name"](name)
        or re.search("[。:]", name)
    ):
        return []
    cells = [token if n <= columns["name"] else None for n, token in enumerate(row)]
    return [[head, as_cells(layout, cells)]]


def _is_head(plain: str) -> bool:
    return len(plain) <= _MOST_COLUMNS and (is_name(plain) or bool(_HEADISH.search(plain)))
