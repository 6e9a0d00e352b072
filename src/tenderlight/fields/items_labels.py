"""Items named by labels: `标的名称：离心机`, `品牌：…`, `规格型号：…`, `数量：1套`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from tenderlight.fields.items_columns import Column, column_of
from tenderlight.fields.items_rows import Row, read_row
from tenderlight.fields.shapes import Cell, Layout, Pair
from tenderlight.model import Item, Reading
from tenderlight.plain import simplify

_BARE = re.compile(r"^(?:名称|系统名称|品目名称|清单名称|服务名称|项目内容|内容名称)$")
"""A name of anything, but for a section that speaks of goods."""
_OF_GOODS = re.compile(r"标的信息|标的|货物信息|采购清单|货物清单|设备清单|供货清单")
_WON = re.compile(r"^(?:中标|成交|采购|主要)(?=标的)")
_LONGEST_NAME = 80
_LONGEST_VALUE = 200
_REACH = 10
"""What is further than so many labels behind a name is of something else."""
_NOT_NAMED = re.compile(r"详见|见附件|^\W+$|如下|招标文件|采购文件")


def find_labelled_items(reading: Reading, layout: Layout) -> list[Item]:
    """Items whose name stands behind a label of its own, with what the labels after it say.

    Each has a quantity or a model: a name alone is often that of the whole purchase.
    """
    items = []
    for record in _records(layout):
        columns: dict[Column, int] = {column: n for n, column in enumerate(record)}
        heads = [_cell(layout, pair.label_start, pair.start) for pair in record.values()]
        cells = [_cell(layout, pair.start, pair.end) for pair in record.values()]
        item = read_row(reading, Row(cells, heads, columns))
        if item is not None and (item.quantity or item.model):
            items.append(item)
    return items


def _records(layout: Layout) -> Iterator[dict[Column, Pair]]:
    """What belongs together: a name and what follows it until the next one."""
    record: dict[Column, Pair] = {}
    first = 0
    for number, pair in enumerate(layout.pairs):
        if pair.kind == "column" or len(pair.value) > _LONGEST_VALUE:
            continue
        column = _column(pair.label)
        if column == "name" and _is_name(layout, pair):
            yield from [record] if len(record) > 1 else []
            record, first = {column: pair}, number
        elif column == "name" or (record and number - first > _REACH):
            yield from [record] if len(record) > 1 else []
            record = {}
        elif record and column and column not in ("lot", "listed") and column not in record:
            record[column] = pair
    yield from [record] if len(record) > 1 else []


@lru_cache(maxsize=4096)
def _column(label: str) -> Column | None:
    return column_of(_WON.sub("", re.sub(r"[\s:：]", "", simplify(label))))


def _is_name(layout: Layout, pair: Pair) -> bool:
    if len(pair.value) > _LONGEST_NAME or _NOT_NAMED.search(pair.value):
        return False
    if _column(pair.value) is not None:
        return False  # the next name of a column: a table that has lost its cells
    bare = _BARE.match(pair.key)
    return not bare or bool(_OF_GOODS.search(" ".join(layout.headings(pair.section))))


def _cell(layout: Layout, start: int, end: int) -> Cell:
    return Cell(layout.text[start:end], start, end, "".join(layout.plain[start:end].split()))
