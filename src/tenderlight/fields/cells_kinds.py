"""Cells of tables that announce what only some kinds of notices state, in words of any wording."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice, pairwise

from tenderlight.fields.grids import distinct
from tenderlight.fields.labels import field_of, plain_key
from tenderlight.fields.shapes import Cell, Grid, Layout, Pair

_LONGEST = 24
_WIDEST, _MOST_ROWS = 8, 200
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
