"""Cells and lines that announce what only some kinds of notices state, in words of any wording."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from itertools import islice, pairwise
from operator import attrgetter

from tenderlight.fields.grids import distinct
from tenderlight.fields.labels import field_of, plain_key
from tenderlight.fields.shapes import Cell, Grid, Layout, Line, Pair

_LONGEST = 24
_SENTENCE = re.compile(r"[,。;]|:(?=.)")
_WIDEST, _MOST_ROWS, _MOST_LINES = 8, 200, 2_000
"""A table of labels and values is narrow; a longer one lists things."""


def find_cell_pairs(layout: Layout, announces: Callable[[str], bool]) -> Iterator[Pair]:
    """Cells whose words announce something, each with the cell right of it as its value.

    Only where the layout knows neither as a label nor as a value of another one.
    """
    known = {pair.start for pair in layout.pairs}
    for grid in layout.tables:
        if grid.kind != "table":
            continue
        for row in islice(grid.rows, _MOST_ROWS):
            cells = distinct(row)
            if not 2 <= len(cells) <= _WIDEST:
                continue
            for label, value in pairwise(cells):
                if value.start in known or _names(value) is not None:
                    continue
                if _announces(label, announces) and not _announces(value, announces):
                    yield _pair(grid, label, value)


def find_line_pairs(layout: Layout, announces: Callable[[str], bool]) -> Iterator[Pair]:
    """Lines whose words announce something, each with the line below as its value.

    Only where the layout knows neither; the value ends before a label within its line.
    """
    known = {pair.start for pair in layout.pairs}
    for label, value in islice(pairwise(layout.lines), _MOST_LINES):
        if label.block.table is not None or value.block.table is not None:
            continue
        if label.end - label.start > _LONGEST or value.start in known:
            continue
        printed = layout.plain[label.start : label.end]
        if _SENTENCE.search(printed):
            continue
        key = plain_key(printed)
        below = plain_key(layout.plain[value.start : min(value.end, value.start + _LONGEST)])
        if announces(key) and not announces(below) and field_of(below) is None:
            yield _below(layout, key, label, value)


def _below(layout: Layout, key: str, label: Line, value: Line) -> Pair:
    inner = (pair.label_start for pair in _within(layout, value.start, value.end))
    printed = layout.text[value.start : min(inner, default=value.end)].rstrip(" ,，;；。")
    return Pair(
        label=layout.text[label.start : label.end].rstrip(":： "),
        key=key,
        value=printed,
        start=value.start,
        end=value.start + len(printed),
        label_start=label.start,
        kind="below",
        section=label.section,
    )


def _within(layout: Layout, start: int, end: int) -> Iterator[Pair]:
    number = bisect_left(layout.pairs, start, key=attrgetter("label_start"))
    while number < len(layout.pairs) and layout.pairs[number].label_start < end:
        yield layout.pairs[number]
        number += 1


def _names(cell: Cell) -> str | None:
    """The field that a cell names: then it is a label, or the name of a column."""
    return field_of(plain_key(cell.plain)) if len(cell.plain) <= _LONGEST else None


def _announces(cell: Cell, announces: Callable[[str], bool]) -> bool:
    return len(cell.plain) <= _LONGEST and announces(plain_key(cell.plain))


def _pair(grid: Grid, label: Cell, value: Cell) -> Pair:
    return Pair(
        label=label.text.strip().rstrip(":："),
        key=plain_key(label.plain),
        value=value.text,
        start=value.start,
        end=value.end,
        label_start=label.start,
        kind="cell",
        section=grid.section,
        table=grid.number,
    )
